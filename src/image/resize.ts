import type { Given } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { asarray, isFloat, zerosLike } from "../array/index.ts";
import type { ResizeMethod } from "./kernels.ts";
import { kernelOf } from "./kernels.ts";
import { imageOf, scaled } from "./scale.ts";

const { floor, fround } = Math;

/** The pixels nearest to the centres of others. */
function nearest(image: NDArray, shape: readonly number[]): NDArray {
  let out = image;
  for (const [axis, n] of shape.entries()) {
    const m = image.shape[axis]!;
    if (m === n) continue;
    const places = Int32Array.from({ length: n }, (_, i) => floor(fround(fround(fround(i + 0.5) * m) / n)));
    out = out.take(places, { axis, mode: "clip" });
  }
  return out;
}

/**
 * An image in another size. Axes whose size does not change stay as they are.
 *
 * Source: JAX 0.10.2 `jax/_src/image/scale.py` (`resize`), up to the order of sums; "nearest" bit for bit.
 * @param shape one size an axis of the image
 * @param method "nearest" keeps the dtype; "linear" ("bilinear"), "cubic" ("bicubic"), "lanczos3" and "lanczos5" give
 * floats
 * @param options `antialias`: whether to filter where the image becomes smaller. Default true
 * @throws ShapeError for another number of sizes; TypeError for another method
 * @example
 * image.resize([[1, 2], [3, 4]], [2, 4], "nearest").tolist() // => [[1, 1, 2, 2], [3, 3, 4, 4]]
 * image.resize([0, 1], [4], "bilinear").tolist() // => [0, 0.25, 0.75, 1]
 */
export function resize(
  image: ArrayLike,
  ...places: Given<
    [shape: ShapeLike, method: ResizeMethod],
    "shape method",
    [antialias: boolean],
    { readonly antialias?: boolean }
  >
): NDArray;
export function resize(): NDArray {
  return inOrder(resizeOf, arguments, 3, "image.resize image shape method | antialias:b precision:p");
}

function resizeOf(
  image: ArrayLike,
  shape: ShapeLike,
  method: ResizeMethod,
  { antialias = true }: { readonly antialias?: boolean } = {},
): NDArray {
  const [given, sizes] = imageOf(image, shape, "resize");
  if (method === "nearest") return nearest(given, sizes);
  const kernel = kernelOf(method, "resize");
  const float = isFloat(given.dtype) ? given : given.astype("float32");
  const axes = sizes.flatMap((n, axis) => (n === given.shape[axis] ? [] : [axis]));
  const wanted = axes.map((axis) => sizes[axis]!);
  const scale = axes.map((axis) => (sizes[axis] === 0 ? 1 : sizes[axis]! / given.shape[axis]!));
  const factors = asarray(scale, "float32");
  return scaled(float, axes, wanted, factors, zerosLike(factors), kernel, antialias);
}
