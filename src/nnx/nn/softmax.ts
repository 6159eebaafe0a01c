/** The functions of jax.nn that work along an axis. */
import type { Places } from "../../base/index.ts";
import type { ArrayLike, Axes, NDArray } from "../../array/index.ts";
import {
  floating,
  formatShape,
  glu as gluAlong,
  logSoftmax as logSoftmaxOver,
  meanWhere,
  normalize,
  reducedAxes,
  softmax as softmaxOver,
  toAxis,
  varianceWhere,
  viewArray,
  where,
} from "../../array/index.ts";
import { describe, inOrder, ShapeError } from "../../base/index.ts";

export { logsumexp, oneHot } from "../../array/index.ts";

/** What `softmax` and `logSoftmax` take besides the array. */
export interface SoftmaxOptions {
  /** Default the last. */
  readonly axis?: Axes;
  /** Which elements count: those where it is not 0. The others give 0, or -Infinity for the logarithm. */
  readonly where?: ArrayLike | null;
}

/**
 * e^x over the sum of e^x along `axis` (default the last), float32: e^(x - max) times the reciprocal of the sum, which
 * is taken in the order of `numpy.sum`. All -Infinity, a NaN or +Infinity give NaN, as in JAX; of nothing it is
 * nothing.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`softmax`), up to the order of the sum.
 * @throws RangeError if an axis is out of bounds or given twice
 * @example
 * nnx.softmax([0, 0, 0, 0]).tolist() // => [0.25, 0.25, 0.25, 0.25]
 */
export function softmax(
  x: ArrayLike,
  ...places: Places<[axis: Axes, where: ArrayLike | null], SoftmaxOptions>
): NDArray;
export function softmax(): NDArray {
  return inOrder(softmaxOf, arguments, 3, "nnx.softmax x axis where:x");
}

function softmaxOf(x: ArrayLike, axis: Axes = -1, mask?: ArrayLike): NDArray {
  const from = viewArray(x, 'nnx.softmax: "x"');
  const axes = reducedAxes(axis, from.ndim, "nnx.softmax");
  return mask === undefined ? softmaxOver(from, axes) : where(mask, softmaxOver(where(mask, from, -Infinity), axes), 0);
}

/**
 * The logarithm of `softmax`, float32: (x - max) - log(sum(e^(x - max))), the sum in the order of `numpy.sum`.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`log_softmax`), up to the order of the sum.
 * @throws RangeError if an axis is out of bounds or given twice
 * @example
 * nnx.logSoftmax([0, 0]).tolist() // => [-0.6931472, -0.6931472]
 */
export function logSoftmax(
  x: ArrayLike,
  ...places: Places<[axis: Axes, where: ArrayLike | null], SoftmaxOptions>
): NDArray;
export function logSoftmax(): NDArray {
  return inOrder(logSoftmaxOf, arguments, 3, "nnx.logSoftmax x axis where:x");
}

function logSoftmaxOf(x: ArrayLike, axis: Axes = -1, mask?: ArrayLike): NDArray {
  const from = viewArray(x, 'nnx.logSoftmax: "x"');
  const axes = reducedAxes(axis, from.ndim, "nnx.logSoftmax");
  return mask === undefined
    ? logSoftmaxOver(from, axes)
    : where(mask, logSoftmaxOver(where(mask, from, -Infinity), axes), -Infinity);
}

/** What `standardize` takes besides the array. */
export interface StandardizeOptions {
  /** Default the last. */
  readonly axis?: Axes;
  /** Which elements count for the mean and the variance: those where it is not 0. */
  readonly where?: ArrayLike | null;
  readonly mean?: ArrayLike;
  readonly variance?: ArrayLike;
  /** Added to the variance. Default 1e-5. */
  readonly epsilon?: number;
}

/**
 * (x - mean) * (1 / sqrt(variance + epsilon)) along `axis` (default the last), float32. What is not given is that of
 * the elements: the variance as max(0, E[x^2] - mean^2), sums in the order of `numpy.sum`.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`standardize`, algorithm "fast"), up to the order of the sums.
 * @throws RangeError if an axis is out of bounds or given twice; ShapeError if `mean` or `variance` does not broadcast
 * @example
 * nnx.standardize([1, 3], -1, { epsilon: 0 }).tolist() // => [-1, 1]
 */
export function standardize(
  x: ArrayLike,
  ...places: Places<
    [axis: Axes, mean: ArrayLike | null, variance: ArrayLike | null, epsilon: number, where: ArrayLike | null],
    StandardizeOptions
  >
): NDArray;
export function standardize(): NDArray {
  return inOrder(standardizeOf, arguments, 2, "nnx.standardize x axis | mean:x variance:x epsilon where:x");
}

function standardizeOf(
  x: ArrayLike,
  axis: Axes = -1,
  { mean, variance, epsilon = 1e-5, where: given }: StandardizeOptions = {},
): NDArray {
  const from = floating(x, 'nnx.standardize: "x"');
  const axes = reducedAxes(axis, from.ndim, "nnx.standardize");
  const mask = given === undefined || given === null ? undefined : viewArray(given, 'nnx.standardize: "where"');
  const center = mean === undefined ? meanWhere(from, mask, axes) : viewArray(mean, 'nnx.standardize: "mean"');
  const spread =
    variance === undefined
      ? varianceWhere(from, center, mask, { axes, fast: true })
      : viewArray(variance, 'nnx.standardize: "variance"');
  return normalize(from, center, spread, undefined, undefined, { epsilon: Number(epsilon) });
}

/**
 * The gated linear unit: the first half of `x` along `axis` times the sigmoid of the second half.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`glu`), bit for bit.
 * @throws ShapeError if the size of the axis is odd
 * @example
 * nnx.glu([3, 4, 0, 0]).tolist() // => [1.5, 2]
 */
export function glu(x: ArrayLike, ...places: Places<[axis: number], { readonly axis?: number }>): NDArray;
export function glu(): NDArray {
  return inOrder(gluOf, arguments, 2, "nnx.glu x axis");
}

function gluOf(x: ArrayLike, axis = -1): NDArray {
  const from = viewArray(x, 'nnx.glu: "x"');
  const along = toAxis(axis, from.ndim, 'nnx.glu: "axis"');
  if (from.shape[along]! % 2 !== 0) throw oddSizeError(axis, from);
  return gluAlong(from, along);
}

function oddSizeError(axis: number, { shape }: NDArray): ShapeError {
  return new ShapeError(
    `nnx.glu: "x" expected an even size along axis ${describe(axis)}, got shape ${formatShape(shape)}`,
  );
}
