/** Variances and places of extremes that leave out NaN. */
import { describe } from "../../base/index.ts";
import type { ArrayLike, Axes } from "../../data/index.ts";
import { isFloat, toReduceOptions } from "../../data/index.ts";
import { square } from "../elementwise/arithmetic.ts";
import { isnan, where } from "../elementwise/comparison.ts";
import { floating, sqrt } from "../elementwise/elementary.ts";
import type { NDArray, VarianceOptions } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { nanmean } from "./nan.ts";
import type { ArgOptions } from "./reductions.ts";

/**
 * `var` of the elements that are not NaN; NaN where there are no more than `ddof`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanvar`).
 * @example
 * nanvar([1, NaN, 3]).item() // => 1
 */
export function nanvar(x: ArrayLike, axis?: Axes | VarianceOptions, options: VarianceOptions = {}): NDArray {
  const { axis: axes = null, keepdims = false, ddof = 0 } = toReduceOptions(axis, options);
  if (typeof ddof !== "number" || !Number.isFinite(ddof))
    throw new TypeError(`nanvar: "ddof" expected a finite number, got ${describe(ddof)}`);
  const given = floating(x, 'nanvar: "x"');
  const missing = isnan(given);
  const centred = where(missing, 0, given.sub(nanmean(given, { axis: axes, keepdims: true })));
  const divisor = missing.eq(0).sum({ axis: axes, keepdims }).sub(ddof);
  const total = square(centred).sum({ axis: axes, keepdims });
  const isThere = divisor.gt(0);
  return where(isThere, total.div(where(isThere, divisor, 1).astype(total.dtype)), NaN);
}

/**
 * `std` of the elements that are not NaN; NaN where there are no more than `ddof`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanstd`).
 * @example
 * nanstd([1, NaN, 3]).item() // => 1
 */
export function nanstd(x: ArrayLike, axis?: Axes | VarianceOptions, options?: VarianceOptions): NDArray {
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
export function nanargmax(x: ArrayLike, axis?: number | null | ArgOptions, options: ArgOptions = {}): NDArray {
  const given = asNDArray(x, 'nanargmax: "x"');
  const { axis: along = null, keepdims = false } = toReduceOptions(axis, options) as ArgOptions;
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
export function nanargmin(x: ArrayLike, axis?: number | null | ArgOptions, options: ArgOptions = {}): NDArray {
  const given = asNDArray(x, 'nanargmin: "x"');
  const { axis: along = null, keepdims = false } = toReduceOptions(axis, options) as ArgOptions;
  if (!isFloat(given.dtype)) return given.argmin(along, { keepdims });
  const missing = isnan(given);
  const found = where(missing, Infinity, given).argmin(along, { keepdims });
  return where(missing.all({ axis: along, keepdims }), -1, found);
}
