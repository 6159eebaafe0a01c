// expect: The window moved one step at a time. Give avgPool strides: [2, 2], and it halves the image.
import { nnx, int, type NDArray } from "flaxen";

export function convForward(seed: number, x: NDArray, features: number) {
  const conv = new nnx.Conv(x.shape.at(-1)!, int(features), [3, 3], { rngs: new nnx.Rngs(int(seed)) });
  return nnx.avgPool(nnx.relu(conv(x)), [2, 2]);
}
