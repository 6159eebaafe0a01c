/** Reductions that leave out NaN. Each takes an array, then its axes, by position or in options, like `sum`. */
import type { ArrayLike, Axes, ReduceOptions } from "../../data/index.ts";
import { isFloat, scalarData } from "../../data/index.ts";
import { isnan, where } from "../elementwise/comparison.ts";
import { asNDArray, NDArray } from "../ndarray.ts";

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
export function nansum(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return filled(x, 0, "nansum")[0].sum(axis, options);
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
export function nanprod(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return filled(x, 1, "nanprod")[0].prod(axis, options);
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
export function nanmean(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  const [there, missing] = filled(x, 0, "nanmean");
  const total = there.sum(axis, options);
  return total.div(
    missing
      .eq(0)
      .sum(axis, options)
      .astype(isFloat(total.dtype) ? total.dtype : "float32"),
  );
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
export function nanmax(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
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
export function nanmin(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return extreme("min", x, axis, options);
}

function extreme(
  kind: "max" | "min",
  x: ArrayLike,
  axis: Axes | ReduceOptions | undefined,
  options: ReduceOptions | undefined,
): NDArray {
  const [there, missing] = filled(x, kind === "max" ? -Infinity : Infinity, `nan${kind}`);
  const found = there[kind](axis, options);
  return isFloat(there.dtype) ? where(missing.all(axis, options), NaN, found) : found;
}
