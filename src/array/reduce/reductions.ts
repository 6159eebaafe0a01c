/**
 * The reductions. Each takes an array, then its axes, by position or in options: `sum(x)`, `sum(x, 0)`,
 * `sum(x, [0, 2], { keepdims: true })`, `sum(x, { axis: 0 })`.
 */
import type { Places } from "../../base/index.ts";
import { inOrder } from "../../base/index.ts";
import type { ArrayLike, Axes, DType, ReduceOptions } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { accumulate, asNDArray, reduce } from "../ndarray.ts";
import { sqrt } from "../elementwise/elementary.ts";
import type { MaskedOptions, MaskedVarianceOptions } from "./masked.ts";
import { reduceMasked, varianceMasked } from "./masked.ts";
import {
  ALL,
  ANY,
  ARGMAX,
  ARGMIN,
  COUNT_NONZERO,
  CUMPROD,
  CUMSUM,
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
  ...places: Places<
    [
      axis: Axes,
      dtype: DType | null,
      out: null,
      keepdims: boolean,
      initial: ArrayLike | null,
      where: ArrayLike | null,
      promoteIntegers: boolean,
    ],
    MaskedOptions
  >
): NDArray;
export function sum(): NDArray {
  return inOrder(sumOf, arguments, 2, "sum a axis | dtype:d out:0 keepdims:b initial where promoteIntegers:b");
}

function sumOf(x: ArrayLike, axis?: Axes, options?: MaskedOptions): NDArray {
  return reduceMasked(SUM, x, axis, options);
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
export function mean(
  x: ArrayLike,
  ...places: Places<[axis: Axes, dtype: DType | null, out: null, keepdims: boolean], MaskedOptions>
): NDArray;
export function mean(): NDArray {
  return inOrder(meanOf, arguments, 2, "mean a axis | dtype:d out:0 keepdims:b * where");
}

function meanOf(x: ArrayLike, axis?: Axes, options?: MaskedOptions): NDArray {
  return reduceMasked(MEAN, x, axis, options);
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
export function variance(
  x: ArrayLike,
  ...places: Places<
    [axis: Axes, dtype: DType | null, out: null, ddof: number, keepdims: boolean],
    MaskedVarianceOptions
  >
): NDArray;
export function variance(): NDArray {
  return inOrder(varianceOf, arguments, 2, "var a axis | dtype:d out:0 ddof:n keepdims:b * where");
}

function varianceOf(x: ArrayLike, axis?: Axes, options?: MaskedVarianceOptions): NDArray {
  return varianceMasked(x, axis, options);
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
export function std(
  x: ArrayLike,
  ...places: Places<
    [axis: Axes, dtype: DType | null, out: null, ddof: number, keepdims: boolean],
    MaskedVarianceOptions
  >
): NDArray;
export function std(): NDArray {
  return inOrder(stdOf, arguments, 2, "std a axis | dtype:d out:0 ddof:n keepdims:b * where");
}

function stdOf(x: ArrayLike, axis?: Axes, options?: MaskedVarianceOptions): NDArray {
  return sqrt(varianceMasked(x, axis, options, "std"));
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
export function prod(
  x: ArrayLike,
  ...places: Places<
    [
      axis: Axes,
      dtype: DType | null,
      out: null,
      keepdims: boolean,
      initial: ArrayLike | null,
      where: ArrayLike | null,
      promoteIntegers: boolean,
    ],
    MaskedOptions
  >
): NDArray;
export function prod(): NDArray {
  return inOrder(prodOf, arguments, 2, "prod a axis | dtype:d out:0 keepdims:b initial where promoteIntegers:b");
}

function prodOf(x: ArrayLike, axis?: Axes, options?: MaskedOptions): NDArray {
  return reduceMasked(PROD, x, axis, options);
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
export function max(
  x: ArrayLike,
  ...places: Places<
    [axis: Axes, out: null, keepdims: boolean, initial: ArrayLike | null, where: ArrayLike | null],
    MaskedOptions
  >
): NDArray;
export function max(): NDArray {
  return inOrder(maxOf, arguments, 2, "max a axis | out:0 keepdims:b initial where");
}

function maxOf(x: ArrayLike, axis?: Axes, options?: MaskedOptions): NDArray {
  return reduceMasked(MAX, x, axis, options);
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
export function min(
  x: ArrayLike,
  ...places: Places<
    [axis: Axes, out: null, keepdims: boolean, initial: ArrayLike | null, where: ArrayLike | null],
    MaskedOptions
  >
): NDArray;
export function min(): NDArray {
  return inOrder(minOf, arguments, 2, "min a axis | out:0 keepdims:b initial where");
}

function minOf(x: ArrayLike, axis?: Axes, options?: MaskedOptions): NDArray {
  return reduceMasked(MIN, x, axis, options);
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
export function any(
  x: ArrayLike,
  ...places: Places<[axis: Axes, out: null, keepdims: boolean], MaskedOptions>
): NDArray;
export function any(): NDArray {
  return inOrder(anyOf, arguments, 2, "any a axis | out:0 keepdims:b * where");
}

function anyOf(x: ArrayLike, axis?: Axes, options?: MaskedOptions): NDArray {
  return reduceMasked(ANY, x, axis, options);
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
export function all(
  x: ArrayLike,
  ...places: Places<[axis: Axes, out: null, keepdims: boolean], MaskedOptions>
): NDArray;
export function all(): NDArray {
  return inOrder(allOf, arguments, 2, "all a axis | out:0 keepdims:b * where");
}

function allOf(x: ArrayLike, axis?: Axes, options?: MaskedOptions): NDArray {
  return reduceMasked(ALL, x, axis, options);
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
export function countNonzero(x: ArrayLike, ...places: Places<[axis: Axes, keepdims: boolean], ReduceOptions>): NDArray;
export function countNonzero(): NDArray {
  return inOrder(countNonzeroOf, arguments, 2, "countNonzero a axis | keepdims:b");
}

function countNonzeroOf(x: ArrayLike, axis?: Axes, options?: ReduceOptions): NDArray {
  return reduce(COUNT_NONZERO, x, axis, options);
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
export function argmax(
  x: ArrayLike,
  ...places: Places<[axis: number | null, out: null, keepdims: boolean | null], ArgOptions>
): NDArray;
export function argmax(): NDArray {
  return inOrder(argmaxOf, arguments, 2, "argmax a axis | out:0 keepdims:b");
}

function argmaxOf(x: ArrayLike, axis?: number | null, options?: ArgOptions): NDArray {
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
export function argmin(
  x: ArrayLike,
  ...places: Places<[axis: number | null, out: null, keepdims: boolean | null], ArgOptions>
): NDArray;
export function argmin(): NDArray {
  return inOrder(argminOf, arguments, 2, "argmin a axis | out:0 keepdims:b");
}

function argminOf(x: ArrayLike, axis?: number | null, options?: ArgOptions): NDArray {
  return reduce(ARGMIN, x, axis, options);
}

/** What `cumsum` and `cumprod` take besides the array. */
export interface CumulativeOptions {
  /** The flattened array if left out. */
  readonly axis?: number | null;
  /** What is computed in, and the dtype of the result. */
  readonly dtype?: DType | null;
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
export function cumsum(
  x: ArrayLike,
  ...places: Places<[axis: number | null, dtype: DType | null, out: null], CumulativeOptions>
): NDArray;
export function cumsum(): NDArray {
  return inOrder(cumsumOf, arguments, 3, "cumsum a axis dtype:d | out:0");
}

function cumsumOf(x: ArrayLike, axis?: number | null, dtype?: DType): NDArray {
  if (dtype === undefined) return accumulate(CUMSUM, x, axis);
  return accumulate(CUMSUM, asNDArray(x, 'cumsum: "x"').astype(dtype), axis).astype(dtype);
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
export function cumprod(
  x: ArrayLike,
  ...places: Places<[axis: number | null, dtype: DType | null, out: null], CumulativeOptions>
): NDArray;
export function cumprod(): NDArray {
  return inOrder(cumprodOf, arguments, 3, "cumprod a axis dtype:d | out:0");
}

function cumprodOf(x: ArrayLike, axis?: number | null, dtype?: DType): NDArray {
  if (dtype === undefined) return accumulate(CUMPROD, x, axis);
  return accumulate(CUMPROD, asNDArray(x, 'cumprod: "x"').astype(dtype), axis).astype(dtype);
}
