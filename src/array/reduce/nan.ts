/** Reductions that leave out NaN. Each takes an array, then its axes, by position or in options, like `sum`. */
import type { Places } from "../../base/index.ts";
import { inOrder } from "../../base/index.ts";
import type { ArrayLike, Axes, DType } from "../../data/index.ts";
import { isFloat, scalarData } from "../../data/index.ts";
import { isnan, where } from "../elementwise/comparison.ts";
import { asNDArray, NDArray } from "../ndarray.ts";
import { ALL, MAX, MIN, PROD, SUM } from "../operations/reductions.ts";
import type { MaskedOptions } from "./masked.ts";
import { reduceMasked } from "./masked.ts";

/** `x` with NaN replaced by `value`, and where it was NaN. */
function filled(x: ArrayLike, value: number, fn: string): [filled: NDArray, missing: NDArray] {
  const given = asNDArray(x, `${fn}: "x"`);
  const missing = isnan(given);
  return [isFloat(given.dtype) ? where(missing, new NDArray(scalarData(given.dtype, value)), given) : given, missing];
}

/**
 * `sum` of the elements that are not NaN; 0 if all are.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nansum`).
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * nansum([1, NaN, 2]).item() // => 3
 */
export function nansum(
  x: ArrayLike,
  ...places: Places<
    [axis: Axes, dtype: DType | null, out: null, keepdims: boolean, initial: number | null, where: ArrayLike | null],
    MaskedOptions
  >
): NDArray;
export function nansum(): NDArray {
  return inOrder(nansumOf, arguments, 2, "nansum a axis | dtype:d out:0 keepdims:b initial where");
}

function nansumOf(x: ArrayLike, axis?: Axes, options?: MaskedOptions): NDArray {
  return reduceMasked(SUM, filled(x, 0, "nansum")[0], axis, options);
}

/**
 * `prod` of the elements that are not NaN; 1 if all are.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanprod`).
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * nanprod([3, NaN, 2]).item() // => 6
 */
export function nanprod(
  x: ArrayLike,
  ...places: Places<
    [axis: Axes, dtype: DType | null, out: null, keepdims: boolean, initial: number | null, where: ArrayLike | null],
    MaskedOptions
  >
): NDArray;
export function nanprod(): NDArray {
  return inOrder(nanprodOf, arguments, 2, "nanprod a axis | dtype:d out:0 keepdims:b initial where");
}

function nanprodOf(x: ArrayLike, axis?: Axes, options?: MaskedOptions): NDArray {
  return reduceMasked(PROD, filled(x, 1, "nanprod")[0], axis, options);
}

/**
 * `mean` of the elements that are not NaN, float32: `nansum` over their number. NaN if all are.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanmean`).
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * nanmean([1, NaN, 2]).item() // => 1.5
 */
export function nanmean(
  x: ArrayLike,
  ...places: Places<
    [axis: Axes, dtype: DType | null, out: null, keepdims: boolean, where: ArrayLike | null],
    MaskedOptions
  >
): NDArray;
export function nanmean(): NDArray {
  return inOrder(nanmeanOf, arguments, 2, "nanmean a axis | dtype:d out:0 keepdims:b where");
}

function nanmeanOf(x: ArrayLike, axis?: Axes, options?: MaskedOptions): NDArray {
  const [there, missing] = filled(x, 0, "nanmean");
  const total = reduceMasked(SUM, there, axis, options);
  const count = reduceMasked(SUM, missing.eq(0), axis, { ...options, dtype: null });
  const mean = total.div(count.astype(isFloat(total.dtype) ? total.dtype : "float32"));
  return options?.dtype ? mean.astype(options.dtype) : mean;
}

/**
 * `max` of the elements that are not NaN; NaN if all are.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanmax`).
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if there is nothing to reduce, or an axis is out of bounds or comes twice
 * @example
 * nanmax([1, NaN, 2]).item() // => 2
 */
export function nanmax(
  x: ArrayLike,
  ...places: Places<
    [axis: Axes, out: null, keepdims: boolean, initial: number | null, where: ArrayLike | null],
    MaskedOptions
  >
): NDArray;
export function nanmax(): NDArray {
  return inOrder(nanmaxOf, arguments, 2, "nanmax a axis | out:0 keepdims:b initial where");
}

function nanmaxOf(x: ArrayLike, axis?: Axes, options?: MaskedOptions): NDArray {
  return extreme("max", x, axis, options);
}

/**
 * `min` of the elements that are not NaN; NaN if all are.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanmin`).
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws RangeError if there is nothing to reduce, or an axis is out of bounds or comes twice
 * @example
 * nanmin([1, NaN, 2]).item() // => 1
 */
export function nanmin(
  x: ArrayLike,
  ...places: Places<
    [axis: Axes, out: null, keepdims: boolean, initial: number | null, where: ArrayLike | null],
    MaskedOptions
  >
): NDArray;
export function nanmin(): NDArray {
  return inOrder(nanminOf, arguments, 2, "nanmin a axis | out:0 keepdims:b initial where");
}

function nanminOf(x: ArrayLike, axis?: Axes, options?: MaskedOptions): NDArray {
  return extreme("min", x, axis, options);
}

function extreme(
  kind: "max" | "min",
  x: ArrayLike,
  axis: Axes | undefined,
  options: MaskedOptions | undefined,
): NDArray {
  const [there, missing] = filled(x, kind === "max" ? -Infinity : Infinity, `nan${kind}`);
  const found = reduceMasked(kind === "max" ? MAX : MIN, there, axis, options);
  const all = reduceMasked(ALL, missing, axis, { ...options, initial: null });
  return isFloat(there.dtype) && (options?.initial ?? undefined) === undefined ? where(all, NaN, found) : found;
}
