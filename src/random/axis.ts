import type { NDArray, Shape } from "../array/index.ts";
import { apply, arrayData, DATA, selectLargest, TAKE, toAxis } from "../array/index.ts";

/**
 * An axis counted from 0.
 *
 * @throws RangeError if an array of `ndim` axes does not have it
 */
export function axisOf(axis: unknown, ndim: number, fn: string): number {
  return toAxis(axis, ndim, `random.${fn}: "axis"`);
}

/** The slices of `x` at `indices` along `axis`. `shape`, of as many elements, replaces the axis. */
export function takeAxis(x: NDArray, indices: Int32Array, shape: Shape, axis: number): NDArray {
  const taken = apply(TAKE, axis, x[DATA], arrayData([indices.length], "int32", indices));
  return shape.length === 1 ? taken : taken.reshape([...x.shape.slice(0, axis), ...shape, ...x.shape.slice(axis + 1)]);
}

/** The indices of the `count` largest of `scores`, largest first. Equal scores keep their order; NaN is the largest. */
export function largest(scores: Float32Array, count: number): Int32Array {
  const places = new Int32Array(count);
  selectLargest(arrayData([scores.length], "float32", scores), scores.length, count, places);
  return places;
}
