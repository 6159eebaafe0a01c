// expect: The layer has learned nothing from the batches: its mean is still 0 and its variance 1. Call it with every batch first, in training mode.
import { nnx, type NDArray } from "flaxen";

export function normalize(batches: NDArray, test: NDArray, momentum: number) {
  const norm = new nnx.BatchNorm(test.shape.at(-1)!, { momentum, rngs: new nnx.Rngs(0) });
  norm.eval();
  for (let i = 0; i < batches.shape[0]!; i++) norm(batches.slice(i));
  return norm(test);
}
