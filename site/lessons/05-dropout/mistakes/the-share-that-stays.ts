// expect: The rate is the share that becomes zero, not the share that stays.
import { nnx, int, type NDArray } from "flaxen";

export function dropoutForward(seed: number, x: NDArray, rate: number, training: boolean) {
  const dropout = new nnx.Dropout(1 - rate, { rngs: new nnx.Rngs({ dropout: int(seed) }) });
  if (!training) dropout.eval();
  return dropout(x);
}
