// expect: The relu is missing between convolution and pooling.
import { nnx, int, type NDArray } from "flaxen";

export function convForward(seed: number, x: NDArray, features: number) {
  const conv = new nnx.Conv(x.shape.at(-1)!, int(features), [3, 3], { rngs: new nnx.Rngs(int(seed)) });
  return nnx.avgPool(conv(x), [2, 2], { strides: [2, 2] });
}
