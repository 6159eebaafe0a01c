/** Arrays cut into parts along an axis. */
import type { Given, Places } from "../../base/index.ts";
import { describe, inOrder, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, AxisLike } from "../../data/index.ts";
import { formatShape, stridedPlan, stridesOf, toAxis, withSize } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, asNDArray, rawOf } from "../ndarray.ts";
import { GATHER } from "../operations/indexing.ts";

function cut(x: NDArray, bounds: readonly number[], axis: number): NDArray[] {
  const strides = stridesOf(x.shape);
  const n = x.shape[axis]!;
  const place = (at: number): number => Math.min(Math.max(at < 0 ? at + n : at, 0), n);
  return bounds.slice(1).map((end, i) => {
    const start = place(bounds[i]!);
    const size = Math.max(0, place(end) - start);
    const offset = size > 0 ? start * strides[axis]! : 0;
    return apply(GATHER, stridedPlan(withSize(x.shape, axis, size), strides, offset), rawOf(x));
  });
}

/**
 * `x` cut along an axis.
 *
 * @param indicesOrSections the number of equal parts, or the indices before which to cut
 * @param axis default the first
 * @throws ShapeError if the parts are not equal; RangeError if there are none, or no such axis
 * @example
 * jnp.split([1, 2, 3, 4], 2).map((part) => part.tolist()) // => [[1, 2], [3, 4]]
 * jnp.split([1, 2, 3, 4], [1, 3]).map((part) => part.tolist()) // => [[1], [2, 3], [4]]
 */
export function split(
  x: ArrayLike,
  ...places: Given<[indicesOrSections: AxisLike], "indicesOrSections", [axis: number], { readonly axis?: number }>
): NDArray[];
export function split(): NDArray[] {
  return inOrder(splitOf, arguments, 3, "split ary indicesOrSections axis");
}

function splitOf(x: ArrayLike, indicesOrSections: AxisLike, axis = 0): NDArray[] {
  return parted(x, indicesOrSections, axis, "split");
}

/**
 * Like `split`, but the parts need not be equal: the first ones may be longer by one.
 *
 * @throws RangeError if there are no parts, or no such axis
 * @example
 * arraySplit([1, 2, 3], 2).map((part) => part.tolist()) // => [[1, 2], [3]]
 */
export function arraySplit(
  x: ArrayLike,
  ...places: Given<[indicesOrSections: AxisLike], "indicesOrSections", [axis: number], { readonly axis?: number }>
): NDArray[];
export function arraySplit(): NDArray[] {
  return inOrder(arraySplitOf, arguments, 3, "arraySplit ary indicesOrSections axis");
}

function arraySplitOf(x: ArrayLike, indicesOrSections: AxisLike, axis = 0): NDArray[] {
  return parted(x, indicesOrSections, axis, "arraySplit");
}

function parted(x: ArrayLike, indicesOrSections: AxisLike, axis: number, fn: "split" | "arraySplit"): NDArray[] {
  const from = asNDArray(x, `${fn}: "x"`);
  const along = toAxis(axis, from.ndim, `${fn}: "axis"`);
  const n = from.shape[along]!;
  const name = `${fn}: "indicesOrSections"`;
  if (Array.isArray(indicesOrSections))
    return cut(from, [0, ...indicesOrSections.map((place) => int(place, name)), n], along);
  const count = int(indicesOrSections, name);
  if (count < 1) throw new RangeError(`${name} expected at least 1, got ${describe(indicesOrSections)}`);
  if (fn === "split" && n % count !== 0) throw sectionError(from, along, count);
  const [size, longer] = [Math.floor(n / count), n % count];
  return cut(
    from,
    Array.from({ length: count + 1 }, (_, i) => i * size + Math.min(i, longer)),
    along,
  );
}

function sectionError(x: NDArray, axis: number, count: number): ShapeError {
  const expected = `expected a divisor of ${x.shape[axis]}, axis ${axis} of shape ${formatShape(x.shape)}`;
  return new ShapeError(`split: "indicesOrSections" ${expected}, got ${count}. arraySplit makes unequal parts`);
}

/**
 * The slices of `x` along an axis, an array each, without that axis.
 *
 * @param axis default the first
 * @throws RangeError if there is no such axis
 * @example
 * unstack([[1, 2], [3, 4]]).map((row) => row.tolist()) // => [[1, 2], [3, 4]]
 */
export function unstack(x: ArrayLike, ...places: Places<[axis: number], { readonly axis?: number }>): NDArray[];
export function unstack(): NDArray[] {
  return inOrder(unstackOf, arguments, 2, "unstack x axis");
}

function unstackOf(x: ArrayLike, axis = 0): NDArray[] {
  return asNDArray(x, 'unstack: "x"').unstack(axis);
}
