import type { ArrayData } from "../array/index.ts";
import { arrayData, rankable, selector, takeData, toAxis } from "../array/index.ts";

/**
 * An axis counted from 0.
 *
 * @throws RangeError if an array of `ndim` axes does not have it
 */
export function axisOf(axis: unknown, ndim: number, fn: string): number {
  return toAxis(axis, ndim, `random.${fn}: "axis"`);
}

/** The slices of `x` at `indices` of `axis`; the shape of `indices` takes the place of the axis. */
export function takeAxis(x: ArrayData, indices: ArrayData, axis: number): ArrayData {
  return {
    ...takeData(axis, x, { ...indices, shape: [indices.storage.data.length] }),
    shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)],
  };
}

/** The indices of the `count` largest of `scores`, largest first, of equal ones the first; NaN counts as the largest. */
export function largest(scores: Float32Array, count: number): Int32Array {
  return selector(scores.length, count)(rankable(arrayData([scores.length], "float32", scores)), 0).subarray(0, count);
}
