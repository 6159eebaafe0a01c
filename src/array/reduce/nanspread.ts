/** Variances and places of extremes that leave out NaN. */
import type { Places } from "../../base/index.ts";
import { describe, inOrder } from "../../base/index.ts";
import type { ArrayLike, Axes, DType } from "../../data/index.ts";
import { isFloat } from "../../data/index.ts";
import { isnan, where } from "../elementwise/comparison.ts";
import { floating, sqrt } from "../elementwise/elementary.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray, checkFloat } from "../ndarray.ts";
import type { NanVarianceOptions } from "./masked.ts";
import { varianceMasked } from "./masked.ts";
import type { ArgOptions } from "./reductions.ts";

type VariancePlaces = Places<
  [
    axis: Axes,
    dtype: DType | null,
    out: null,
    ddof: number,
    keepdims: boolean,
    where: ArrayLike | null,
    mean: ArrayLike | null,
  ],
  NanVarianceOptions
>;

/**
 * `var` of the elements that are not NaN; NaN where there are no more than `ddof`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanvar`).
 * @example
 * nanvar([1, NaN, 3]).item() // => 1
 */
export function nanvar(x: ArrayLike, ...places: VariancePlaces): NDArray;
export function nanvar(): NDArray {
  return inOrder(nanvarOf, arguments, 2, "nanvar a axis | dtype:d out:0 ddof keepdims:b where mean");
}

function nanvarOf(x: ArrayLike, axis?: Axes, options: NanVarianceOptions = {}): NDArray {
  const { ddof = 0 } = options;
  if (!Number.isFinite(ddof)) throw new TypeError(`nanvar: "ddof" expected a finite number, got ${describe(ddof)}`);
  const dtype = options.dtype ? checkFloat(options.dtype, "nanvar") : floating(x, 'nanvar: "x"').dtype;
  const given = asNDArray(x, 'nanvar: "x"').astype("float32");
  const missing = isnan(given);
  const counted = where(missing, false, options.where ?? true);
  return varianceMasked(where(missing, 0, given), axis, { ...options, dtype: null, where: counted }, "nanvar").astype(
    dtype,
  );
}

/**
 * `std` of the elements that are not NaN; NaN where there are no more than `ddof`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanstd`).
 * @example
 * nanstd([1, NaN, 3]).item() // => 1
 */
export function nanstd(x: ArrayLike, ...places: VariancePlaces): NDArray;
export function nanstd(): NDArray {
  return inOrder(nanstdOf, arguments, 2, "nanstd a axis | dtype:d out:0 ddof keepdims:b where mean");
}

function nanstdOf(x: ArrayLike, axis?: Axes, options?: NanVarianceOptions): NDArray {
  checkFloat(options?.dtype ?? "float32", "nanstd");
  return sqrt(nanvar(x, axis, options));
}

/**
 * The index of the greatest element that is not NaN, int32; -1 where all are.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`nanargmax`).
 * @param axis one axis; the flattened array if left out
 * @example
 * nanargmax([1, NaN, 3]).item() // => 2
 */
export function nanargmax(
  x: ArrayLike,
  ...places: Places<
    [axis: number | null, out: null, keepdims: NonNullable<ArgOptions["keepdims"]> | null],
    ArgOptions & { readonly axis?: number | null }
  >
): NDArray;
export function nanargmax(): NDArray {
  return inOrder(nanargmaxOf, arguments, 2, "nanargmax a axis | out:0 keepdims");
}

function nanargmaxOf(x: ArrayLike, axis?: number | null, options: ArgOptions = {}): NDArray {
  const given = asNDArray(x, 'nanargmax: "x"');
  const { keepdims = false } = options;
  const along = axis ?? options.axis ?? null;
  if (!isFloat(given.dtype)) return given.argmax(along, { keepdims });
  const missing = isnan(given);
  const found = where(missing, -Infinity, given).argmax(along, { keepdims });
  return where(missing.all({ axis: along, keepdims }), -1, found);
}

/**
 * The index of the least element that is not NaN, int32; -1 where all are.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`nanargmin`).
 * @param axis one axis; the flattened array if left out
 * @example
 * nanargmin([NaN, 1, 3]).item() // => 1
 */
export function nanargmin(
  x: ArrayLike,
  ...places: Places<
    [axis: number | null, out: null, keepdims: NonNullable<ArgOptions["keepdims"]> | null],
    ArgOptions & { readonly axis?: number | null }
  >
): NDArray;
export function nanargmin(): NDArray {
  return inOrder(nanargminOf, arguments, 2, "nanargmin a axis | out:0 keepdims");
}

function nanargminOf(x: ArrayLike, axis?: number | null, options: ArgOptions = {}): NDArray {
  const given = asNDArray(x, 'nanargmin: "x"');
  const { keepdims = false } = options;
  const along = axis ?? options.axis ?? null;
  if (!isFloat(given.dtype)) return given.argmin(along, { keepdims });
  const missing = isnan(given);
  const found = where(missing, Infinity, given).argmin(along, { keepdims });
  return where(missing.all({ axis: along, keepdims }), -1, found);
}
