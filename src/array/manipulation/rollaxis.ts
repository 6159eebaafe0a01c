/** An axis moved before another. */
import type { Given } from "../../base/index.ts";
import { describe, inOrder, int } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { toAxis } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { moveaxis } from "./shapes.ts";

/**
 * `x` with an axis moved before another.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`rollaxis`).
 * @param start the axis before which `axis` comes to stand. Default 0
 * @throws RangeError if there is no such axis
 * @example
 * rollaxis(jnp.zeros([2, 3, 4]), 2).shape // => [4, 2, 3]
 */
export function rollaxis(
  x: ArrayLike,
  ...places: Given<[axis: number], "axis", [start: number], { readonly start?: number }>
): NDArray;
export function rollaxis(): NDArray {
  return inOrder(rollaxisOf, arguments, 3, "rollaxis a axis start");
}

function rollaxisOf(x: ArrayLike, axis: number, start = 0): NDArray {
  const given = asNDArray(x, 'rollaxis: "x"');
  const from = toAxis(axis, given.ndim, 'rollaxis: "axis"');
  const wanted = int(start, 'rollaxis: "start"');
  if (wanted < -given.ndim || wanted > given.ndim)
    throw new RangeError(`rollaxis: "start" expected -${given.ndim} to ${given.ndim}, got ${describe(start)}`);
  const before = wanted < 0 ? wanted + given.ndim : wanted;
  return moveaxis(given, from, before > from ? before - 1 : before);
}
