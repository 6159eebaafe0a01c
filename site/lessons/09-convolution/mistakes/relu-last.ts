// expect: The relu comes after the pooling. It belongs before it: negative numbers must not enter the means.
import { nnx, int, type NDArray } from "flaxen";

export function convForward(seed: number, x: NDArray, features: number) {
  const conv = new nnx.Conv(x.shape.at(-1)!, int(features), [3, 3], { rngs: new nnx.Rngs(int(seed)) });
  return nnx.relu(nnx.avgPool(conv(x), [2, 2], { strides: [2, 2] }));
}
