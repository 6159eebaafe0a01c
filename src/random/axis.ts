import type { Dense } from "../array/index.ts";
import { pickDense, toAxis } from "../array/index.ts";

/**
 * An axis counted from 0.
 *
 * @throws RangeError if an array of `ndim` axes does not have it
 */
export function axisOf(axis: unknown, ndim: number, fn: string): number {
  return toAxis(axis, ndim, `random.${fn}: "axis"`);
}

/** The slices of `x` at `indices` of `axis`; the shape of `indices` takes the place of the axis. */
export function takeAxis(x: Dense, indices: Dense, axis: number): Dense {
  return { ...pickDense(x, indices.storage.data, axis), shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)] };
}

/** The indices of the `count` largest of `scores`, largest first, of equal ones the first; NaN counts as the largest. */
export function largest(scores: Float32Array, count: number): Int32Array {
  const order = Int32Array.from(scores, (_, i) => i);
  order.sort((a, b) => rank(scores[b]!) - rank(scores[a]!) || a - b);
  return order.subarray(0, count);
}

const real = new Float32Array(1);
const word = new Int32Array(real.buffer);

/** Integers in the order of the floats, NaN above all and -0 below 0. */
function rank(x: number): number {
  if (x !== x) return 2 ** 31;
  real[0] = x;
  return word[0]! >= 0 ? word[0]! : -(word[0]! & 0x7fffffff) - 1;
}
