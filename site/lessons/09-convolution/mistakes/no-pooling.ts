// expect: Height and width are those of x: the pooling is missing.
import { nnx, int, type NDArray } from "flaxen";

export function convForward(seed: number, x: NDArray, features: number) {
  const conv = new nnx.Conv(x.shape.at(-1)!, int(features), [3, 3], { rngs: new nnx.Rngs(int(seed)) });
  return nnx.relu(conv(x));
}
