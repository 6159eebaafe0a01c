// expect: All batches went in as one call. Each batch is a call of its own, and moves the running mean once.
import { nnx, type NDArray } from "flaxen";

export function normalize(batches: NDArray, test: NDArray, momentum: number) {
  const norm = new nnx.BatchNorm(test.shape.at(-1)!, { momentum, rngs: new nnx.Rngs(0) });
  norm(batches);
  norm.eval();
  return norm(test);
}
