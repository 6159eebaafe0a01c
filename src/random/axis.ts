import type { NDArray, Shape } from "../array/index.ts";
import { apply, arrayData, DATA, rankable, selector, TAKE, toAxis } from "../array/index.ts";

/**
 * An axis counted from 0.
 *
 * @throws RangeError if an array of `ndim` axes does not have it
 */
export function axisOf(axis: unknown, ndim: number, fn: string): number {
  return toAxis(axis, ndim, `random.${fn}: "axis"`);
}

/** The slices of `x` at `indices` of `axis`; `shape`, of as many elements, takes the place of the axis. */
export function takeAxis(x: NDArray, indices: Int32Array, shape: Shape, axis: number): NDArray {
  const taken = apply(TAKE, axis, x[DATA], arrayData([indices.length], "int32", indices));
  return shape.length === 1 ? taken : taken.reshape([...x.shape.slice(0, axis), ...shape, ...x.shape.slice(axis + 1)]);
}

/** The indices of the `count` largest of `scores`, largest first, of equal ones the first; NaN counts as the largest. */
export function largest(scores: Float32Array, count: number): Int32Array {
  return selector(scores.length, count)(rankable(arrayData([scores.length], "float32", scores)), 0).subarray(0, count);
}
