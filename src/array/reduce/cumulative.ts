/** Sums and products from the first element to each, in the words of the array API standard, and without NaN. */
import type { Places } from "../../base/index.ts";
import { inOrder, ShapeError } from "../../base/index.ts";
import type { ArrayLike, DType } from "../../data/index.ts";
import { formatShape, isFloat, toAxis, withSize } from "../../data/index.ts";
import { full } from "../creation/arrays.ts";
import { isnan, where } from "../elementwise/comparison.ts";
import { concatenate } from "../manipulation/joining.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { cumprod, cumsum } from "./reductions.ts";

/** The options of `cumulativeSum` and `cumulativeProd`. */
export interface CumulativeOptions {
  /** May be left out for one axis only. */
  readonly axis?: number | null;
  /** Default: that of `x`; a sum of integers or bools is int32 or uint32, a product of bools int32. */
  readonly dtype?: DType;
  /** Whether the sum or product of no elements comes first. Default false. */
  readonly includeInitial?: boolean;
}

/**
 * The sums of all elements up to each along an axis.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`cumulative_sum`).
 * @throws ShapeError for a scalar, or if `axis` is left out for more than one axis
 * @example
 * cumulativeSum([1, 2, 3], { includeInitial: true }).tolist() // => [0, 1, 3, 6]
 */
export function cumulativeSum(x: ArrayLike, ...places: Places<[], CumulativeOptions>): NDArray;
export function cumulativeSum(): NDArray {
  return inOrder(cumulativeSumOf, arguments, 1, "cumulativeSum x | * axis dtype:d includeInitial:b");
}

function cumulativeSumOf(x: ArrayLike, options: CumulativeOptions = {}): NDArray {
  return cumulative(x, options, "cumulativeSum", (terms, axis) => cumsum(terms.astype(sumDType(terms)), axis), 0);
}

/**
 * The products of all elements up to each along an axis.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`cumulative_prod`).
 * @throws ShapeError for a scalar, or if `axis` is left out for more than one axis
 * @example
 * cumulativeProd([[1, 2, 3]], { axis: 1 }).tolist() // => [[1, 2, 6]]
 */
export function cumulativeProd(x: ArrayLike, ...places: Places<[], CumulativeOptions>): NDArray;
export function cumulativeProd(): NDArray {
  return inOrder(cumulativeProdOf, arguments, 1, "cumulativeProd x | * axis dtype:d includeInitial:b");
}

function cumulativeProdOf(x: ArrayLike, options: CumulativeOptions = {}): NDArray {
  return cumulative(x, options, "cumulativeProd", cumprod, 1);
}

function cumulative(
  x: ArrayLike,
  { axis = null, dtype, includeInitial = false }: CumulativeOptions,
  fn: string,
  accumulate: (x: NDArray, axis: number) => NDArray,
  initial: number,
): NDArray {
  const given = asNDArray(x, `${fn}: "x"`);
  if (given.ndim === 0 || (axis === null && given.ndim > 1)) throw axisError(fn, given);
  const along = toAxis(axis ?? 0, given.ndim, `${fn}: "axis"`);
  const terms = accumulate(given.astype(dtype ?? given.dtype), along);
  const out = dtype === undefined ? terms : terms.astype(dtype);
  return includeInitial ? concatenate([full(withSize(out.shape, along, 1), initial, out.dtype), out], along) : out;
}

/** The dtype of a sum: small integers become 32 bits wide. */
function sumDType({ dtype }: NDArray): DType {
  if (isFloat(dtype)) return dtype;
  return dtype.startsWith("u") ? "uint32" : "int32";
}

function axisError(fn: string, { ndim, shape }: NDArray): ShapeError {
  return ndim === 0
    ? new ShapeError(`${fn}: "x" expected at least one axis, got a scalar`)
    : new ShapeError(`${fn}: "axis" expected an axis for shape ${formatShape(shape)}, got none`);
}

/**
 * `cumsum` with NaN taken for 0.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nancumsum`).
 * @example
 * nancumsum([1, NaN, 3]).tolist() // => [1, 1, 4]
 */
export function nancumsum(
  x: ArrayLike,
  ...places: Places<
    [axis: number | null, dtype: DType | null, out: null],
    { readonly axis?: number | null; readonly dtype?: DType | null; readonly out?: null }
  >
): NDArray;
export function nancumsum(): NDArray {
  return inOrder(nancumsumOf, arguments, 3, "nancumsum a axis dtype:d | out:0");
}

function nancumsumOf(x: ArrayLike, axis: number | null = null, dtype?: DType): NDArray {
  return cumsum(withoutNaN(x, 0, "nancumsum"), { axis, dtype: dtype ?? null });
}

/**
 * `cumprod` with NaN taken for 1.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nancumprod`).
 * @example
 * nancumprod([2, NaN, 3]).tolist() // => [2, 2, 6]
 */
export function nancumprod(
  x: ArrayLike,
  ...places: Places<
    [axis: number | null, dtype: DType | null, out: null],
    { readonly axis?: number | null; readonly dtype?: DType | null; readonly out?: null }
  >
): NDArray;
export function nancumprod(): NDArray {
  return inOrder(nancumprodOf, arguments, 3, "nancumprod a axis dtype:d | out:0");
}

function nancumprodOf(x: ArrayLike, axis: number | null = null, dtype?: DType): NDArray {
  return cumprod(withoutNaN(x, 1, "nancumprod"), { axis, dtype: dtype ?? null });
}

function withoutNaN(x: ArrayLike, value: number, fn: string): NDArray {
  const given = asNDArray(x, `${fn}: "x"`);
  return isFloat(given.dtype) ? where(isnan(given), value, given) : given;
}
