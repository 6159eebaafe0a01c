import { nnx, type NDArray } from "flaxen";

export function normalize(batches: NDArray, test: NDArray, momentum: number) {
  const norm = new nnx.BatchNorm(test.shape.at(-1)!, { momentum, rngs: new nnx.Rngs(0) });
  // Show it the batches, then use it.
  return norm(test);
}
