// expect: Dropout is on in inference too. dropout.eval() turns it off.
import { nnx, int, type NDArray } from "flaxen";

export function dropoutForward(seed: number, x: NDArray, rate: number, _training: boolean) {
  const dropout = new nnx.Dropout(rate, { rngs: new nnx.Rngs({ dropout: int(seed) }) });
  return dropout(x);
}
