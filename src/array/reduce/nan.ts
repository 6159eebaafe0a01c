/** The reductions that leave NaN out. Each takes an array, then its axes, by position or in options, as `sum` does. */
import type { ArrayLike, Axes, ReduceOptions } from "../../data/index.ts";
import { isFloat, scalarData } from "../../data/index.ts";
import { isnan, where } from "../elementwise/comparison.ts";
import { asNDArray, NDArray } from "../ndarray.ts";

/** `x` with `value` in place of NaN, and where NaN is. */
function filled(x: ArrayLike, value: number, fn: string): [filled: NDArray, missing: NDArray] {
  const given = asNDArray(x, `${fn}: "x"`);
  const missing = isnan(given);
  return [isFloat(given.dtype) ? where(missing, new NDArray(scalarData(given.dtype, value)), given) : given, missing];
}

/**
 * `sum` of what is not NaN; 0 of NaN alone.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nansum`).
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * nansum([1, NaN, 2]).item() // => 3
 */
export function nansum(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return filled(x, 0, "nansum")[0].sum(axis, options);
}

/**
 * `prod` of what is not NaN; 1 of NaN alone.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanprod`).
 * @throws RangeError if an axis is out of bounds or comes twice
 * @example
 * nanprod([3, NaN, 2]).item() // => 6
 */
export function nanprod(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return filled(x, 1, "nanprod")[0].prod(axis, options);
}

/**
 * `mean` of what is not NaN, float32: `nansum` over how many there are; NaN of NaN alone.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanmean`).
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
 * `max` of what is not NaN; NaN of NaN alone.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanmax`).
 * @throws RangeError if there is nothing to reduce, or an axis is out of bounds or comes twice
 * @example
 * nanmax([1, NaN, 2]).item() // => 2
 */
export function nanmax(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  return extreme("max", x, axis, options);
}

/**
 * `min` of what is not NaN; NaN of NaN alone.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanmin`).
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
