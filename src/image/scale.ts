import type { Given } from "../base/index.ts";
import { describe, inOrder, ShapeError } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import {
  abs,
  arange,
  asarray,
  divide,
  formatShape,
  isFloat,
  logicalAnd,
  maximum,
  moveaxis,
  toAxes,
  toShape,
  where,
} from "../array/index.ts";
import type { Kernel, ScaleMethod } from "./kernels.ts";
import { kernelOf } from "./kernels.ts";

/** Weights smaller than this in sum count as none. */
const SMALLEST_SUM = 1000 * 2 ** -23;

/** The weights [inputs, outputs] of the pixels along an axis. */
function weightsOf(
  inputs: number,
  outputs: number,
  scale: NDArray,
  translation: NDArray,
  kernel: Kernel,
  antialias: boolean,
): NDArray {
  const inverse = divide(1, scale);
  // A smaller image is low-pass filtered, so that nothing is left out.
  const width = antialias ? maximum(inverse, 1) : 1;
  const centres = arange(outputs).astype("float32").add(0.5).mul(inverse).sub(translation.mul(inverse)).sub(0.5);
  const distance = abs(centres.sub(arange(inputs).astype("float32").reshape([-1, 1]))).div(width);
  const weights = kernel(distance);
  const total = weights.sum(0, { keepdims: true });
  const isThere = abs(total).gt(SMALLEST_SUM);
  const shares = where(isThere, weights.div(where(isThere, total, 1)), 0);
  return where(logicalAnd(centres.ge(-0.5), centres.le(inputs - 0.5)), shares, 0);
}

/** `x` with pixels along axes computed from others, one axis after the other. */
export function scaled(
  x: NDArray,
  axes: readonly number[],
  sizes: readonly number[],
  scale: NDArray,
  translation: NDArray,
  kernel: Kernel,
  antialias: boolean,
): NDArray {
  let out = x;
  for (const [i, axis] of axes.entries()) {
    const weights = weightsOf(x.shape[axis]!, sizes[i]!, scale.slice(i), translation.slice(i), kernel, antialias);
    out = moveaxis(moveaxis(out, axis, -1).matmul(weights.astype(x.dtype)), -1, axis);
  }
  return out;
}

/** `image` as floats, and the shape wanted. */
export function imageOf(image: ArrayLike, shape: ShapeLike, fn: string): [image: NDArray, shape: readonly number[]] {
  const given = asarray(image);
  const sizes = toShape(shape, `image.${fn}: "shape"`);
  if (sizes.length !== given.ndim)
    throw new ShapeError(
      `image.${fn}: "shape" expected ${given.ndim} sizes for shape ${formatShape(given.shape)}, ` +
        `got ${formatShape(sizes)}`,
    );
  return [given, sizes];
}

/**
 * An image scaled and moved along some axes: the pixel at x comes to stand at scale * x + translation. What comes from
 * beyond the edges is 0.
 *
 * Source: JAX 0.10.2 `jax/_src/image/scale.py` (`scale_and_translate`), up to the order of sums.
 * @param shape the shape of the result, which has the image's sizes along the other axes
 * @param spatialDims the axes
 * @param scale the factor along each
 * @param translation the distance along each
 * @param options `antialias`: whether to filter where the image becomes smaller. Default true
 * @throws ShapeError if the sizes or lists do not fit; TypeError for another method
 * @example
 * image.scaleAndTranslate([1, 2, 3], [3], [0], [1], [1], "linear").tolist() // => [0, 1, 2]
 */
export function scaleAndTranslate(
  image: ArrayLike,
  ...places: Given<
    [shape: ShapeLike, spatialDims: readonly number[], scale: ArrayLike, translation: ArrayLike, method: ScaleMethod],
    "shape spatialDims scale translation method",
    [antialias: boolean],
    { readonly antialias?: boolean }
  >
): NDArray;
export function scaleAndTranslate(): NDArray {
  return inOrder(
    scaleAndTranslateOf,
    arguments,
    6,
    "image.scaleAndTranslate image shape spatialDims scale translation method | antialias:b precision:p",
  );
}

function scaleAndTranslateOf(
  image: ArrayLike,
  shape: ShapeLike,
  spatialDims: readonly number[],
  scale: ArrayLike,
  translation: ArrayLike,
  method: ScaleMethod,
  { antialias = true }: { readonly antialias?: boolean } = {},
): NDArray {
  const [given, sizes] = imageOf(image, shape, "scaleAndTranslate");
  const kernel = kernelOf(method, "scaleAndTranslate");
  const axes = toAxes(spatialDims, given.ndim, 'image.scaleAndTranslate: "spatialDims"');
  const [factors, distances] = [scale, translation].map((list) => asarray(list, "float32").flatten()) as [
    NDArray,
    NDArray,
  ];
  if (
    factors.size !== axes.length ||
    distances.size !== axes.length ||
    sizes.some((n, i) => !axes.includes(i) && n !== given.shape[i])
  )
    throw new ShapeError(
      `image.scaleAndTranslate: expected a scale and a translation for each of ${axes.length} axes, and the image's ` +
        `sizes along the others, got ${factors.size}, ${distances.size} and ${describe(shape)}`,
    );
  const float = isFloat(given.dtype) ? given : given.astype("float32");
  const wanted = axes.map((axis) => sizes[axis]!);
  return scaled(float, axes, wanted, factors, distances, kernel, antialias);
}
