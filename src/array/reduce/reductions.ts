/**
 * The reductions. Each takes an array, then its axes, by position or in options: `sum(x)`, `sum(x, 0)`,
 * `sum(x, [0, 2], { keepdims: true })`, `sum(x, { axis: 0 })`.
 */
import type { Places } from "../../base/index.ts";
import { ordered } from "../../base/index.ts";
import type { ArrayLike, Axes, DType, ReduceOptions } from "../../data/index.ts";
import type { NDArray, VarianceOptions } from "../ndarray.ts";
import { accumulate, reduce, std as stdOf, variance as varianceOf } from "../ndarray.ts";
import {
  ALL,
  ANY,
  ARGMAX,
  ARGMIN,
  COUNT_NONZERO,
  CUMPROD,
  CUMSUM,
  LOGSUMEXP,
  MAX,
  MEAN,
  MIN,
  PROD,
  SUM,
} from "../operations/reductions.ts";

/**
 * The sum over axes; 0 of no elements. Floats keep their dtype. Signed integers and bool give int32, unsigned ones
 * uint32; both wrap.
 *
 * The order is that of `Kernels.sumF32`: term k of the reduced axes, row-major, goes to partial sum k mod 16. Then the
 * 16 are added pairwise (p + 8, p + 4, p + 2, p + 1). Subnormals are kept.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py`.
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * sum([[1, 2], [3, 4]], 0).tolist() // => [4, 6]
 * sum([[1, 2], [3, 4]], { axis: 1, keepdims: true }).tolist() // => [[3], [7]]
 */
export function sum(
  x: ArrayLike,
  ...places: Places<[axis: Axes, dtype: DType, out: null, keepdims: boolean], ReduceOptions>
): NDArray;
export function sum(x: ArrayLike, axis?: unknown, options?: unknown): NDArray {
  const args = ordered<typeof sum>(arguments, 2, "sum a axis | out:0 keepdims:b");
  if (args !== undefined) return sum(...args);
  return reduce(SUM, x, axis as Axes, options as ReduceOptions);
}

/**
 * The mean over axes, float32: `sum` over the number of elements. NaN of no elements.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py`.
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * mean([[1, 2], [3, 5]], 1).tolist() // => [1.5, 4]
 */
export function mean(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return reduce(MEAN, x, axis, options);
}

/**
 * The variance over axes, float32: the mean of (x - mean)^2. Each operation is rounded, sums are in the order of `sum`.
 * NaN where the divisor is not above 0. It is `jnp.var` in Python and here.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py`.
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false, and
 * `ddof`: the divisor is the number of elements less this, default 0
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * jnp.var([1, 2, 3, 4]).item() // => 1.25
 * jnp.var([1, 2, 3, 4], { ddof: 1 }).item() // => 1.6666666
 */
export function variance(x: ArrayLike, axis?: Axes | VarianceOptions, options?: VarianceOptions): NDArray {
  return varianceOf(x, axis, options);
}

/**
 * The standard deviation over axes, float32: the square root of `var`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py`.
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false, and `ddof`
 * as in `var`
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * std([1, 3]).item() // => 1
 */
export function std(x: ArrayLike, axis?: Axes | VarianceOptions, options?: VarianceOptions): NDArray {
  return stdOf(x, axis, options);
}

/**
 * The product over axes, ascending, one accumulator that starts at 1. The dtypes are those of `sum`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py`.
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * prod([2, 3, 4]).item() // => 24
 */
export function prod(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return reduce(PROD, x, axis, options);
}

/**
 * The maximum over axes. A NaN wins, 0 is above -0, and a subnormal gives a zero of its sign.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py`.
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if there is nothing to reduce, or an axis is out of bounds or comes twice
 * @example
 * max([[1, 5], [7, 2]], 0).tolist() // => [7, 5]
 */
export function max(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return reduce(MAX, x, axis, options);
}

/**
 * The minimum over axes. A NaN wins, -0 is below 0, and a subnormal gives a zero of its sign.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py`.
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if there is nothing to reduce, or an axis is out of bounds or comes twice
 * @example
 * min([[1, 5], [7, 2]], 0).tolist() // => [1, 2]
 */
export function min(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return reduce(MIN, x, axis, options);
}

/**
 * Whether any element over axes is not 0, bool. NaN is not 0.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py`.
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * any([[0, 0], [0, 2]], 1).tolist() // => [false, true]
 */
export function any(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return reduce(ANY, x, axis, options);
}

/**
 * Whether all elements over axes are not 0, bool; true of no elements.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py`.
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * all([[1, 0], [1, 2]], 1).tolist() // => [false, true]
 */
export function all(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return reduce(ALL, x, axis, options);
}

/**
 * The number of elements over axes that are not 0, int32.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py`.
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * countNonzero([0, 3, -1]).item() // => 2
 */
export function countNonzero(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return reduce(COUNT_NONZERO, x, axis, options);
}

/**
 * The logarithm of the sum of e^x over axes: log(sum(exp(x - max))) + max, the sum in the order of `sum`. 16-bit floats
 * are rounded at every step, integers give float32. -Infinity of no elements, or of -Infinity alone.
 *
 * Source: JAX 0.10.2 `jax/_src/ops/special.py` (`logsumexp`).
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * logsumexp([0, 0]).item() // => 0.6931472
 * logsumexp([[1000, 1000]], 1).tolist() // => [1000.69318]
 */
export function logsumexp(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return reduce(LOGSUMEXP, x, axis, options);
}

/** The options of `argmax` and `argmin`. */
export interface ArgOptions {
  /** One axis; the flattened array if left out. */
  readonly axis?: number | null;
  readonly keepdims?: boolean;
}

/**
 * The index of the first maximum along an axis, int32. The first NaN wins.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`argmax`).
 * @param axis the flattened array if left out. Options may stand here
 * @throws RangeError if there is nothing to search, or the axis is out of bounds
 * @example
 * argmax([[1, 5], [7, 2]], 1).tolist() // => [1, 0]
 */
export function argmax(x: ArrayLike, axis?: number | null | ArgOptions, options?: ArgOptions): NDArray {
  return reduce(ARGMAX, x, axis, options);
}

/**
 * The index of the first minimum along an axis, int32. The first NaN wins.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`argmin`).
 * @param axis the flattened array if left out. Options may stand here
 * @throws RangeError if there is nothing to search, or the axis is out of bounds
 * @example
 * argmin([3, 1, 2]).item() // => 1
 */
export function argmin(x: ArrayLike, axis?: number | null | ArgOptions, options?: ArgOptions): NDArray {
  return reduce(ARGMIN, x, axis, options);
}

/**
 * The cumulative sum along an axis: ascending, one accumulator for 1,024 terms of floats. The next block begins anew,
 * and what the blocks before it add up to is added. Dtypes stay, bool becomes int32, integers wrap.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`cumsum`), which sums in another order.
 * @param axis the flattened array if left out
 * @throws RangeError if the axis is out of bounds
 * @example
 * cumsum([1, 2, 3]).tolist() // => [1, 3, 6]
 */
export function cumsum(x: ArrayLike, axis?: number | null): NDArray {
  return accumulate(CUMSUM, x, axis);
}

/**
 * The cumulative product along an axis: ascending, one accumulator. Dtypes stay, bool becomes int32, integers wrap.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`cumprod`), which multiplies in another order.
 * @param axis the flattened array if left out
 * @throws RangeError if the axis is out of bounds
 * @example
 * cumprod([[1, 2], [3, 4]], 1).tolist() // => [[1, 2], [3, 12]]
 */
export function cumprod(x: ArrayLike, axis?: number | null): NDArray {
  return accumulate(CUMPROD, x, axis);
}
