// expect: The test rows were normalised by their own mean and variance. Call eval() before them.
import { nnx, type NDArray } from "flaxen";

export function normalize(batches: NDArray, test: NDArray, momentum: number) {
  const norm = new nnx.BatchNorm(test.shape.at(-1)!, { momentum, rngs: new nnx.Rngs(0) });
  for (let i = 0; i < batches.shape[0]!; i++) norm(batches.slice(i));
  return norm(test);
}
