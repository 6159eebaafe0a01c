import type { Given, Places } from "../../base/index.ts";
import { describe, inOrder, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, DType, AxisLike } from "../../data/index.ts";
import {
  checkJoin,
  formatShape,
  sameShape,
  stridedPlan,
  stridesOf,
  toAxis,
  toCounts,
  toShape,
  withSize,
} from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, applyAll, asNDArray, rawOf } from "../ndarray.ts";
import { GATHER } from "../operations/indexing.ts";
import { CONCATENATE } from "../operations/manipulation.ts";
import { weakly } from "../scalar.ts";
import { broadcastTo } from "./shapes.ts";

function partsOf(arrays: readonly ArrayLike[] | ArrayLike, fn: string, dtype?: DType): NDArray[] {
  const list = Array.isArray(arrays)
    ? (arrays as ArrayLike[])
    : asNDArray(arrays as ArrayLike, `${fn}: "arrays"`).unstack();
  if (list.length === 0) throw new RangeError(`${fn}: "arrays" expected at least one array, got none`);
  const parts = weakly(list, (i) => `${fn}: "arrays[${i}]"`);
  return dtype === undefined ? parts : parts.map((part) => part.astype(dtype));
}

function join(parts: readonly NDArray[], axis: number, fn: string): NDArray {
  const data = parts.map(rawOf);
  checkJoin(data, axis, fn);
  return applyAll(CONCATENATE, axis, data);
}

/** Where arrays are joined, and in which dtype: default what they promote to. */
export interface JoinOptions {
  readonly axis?: number | null;
  readonly dtype?: DType | null;
}

/**
 * The arrays joined along `axis`, in the dtype they promote to.
 *
 * @param axis default the first; `null` joins the flattened arrays
 * @throws ShapeError if their shapes differ along another axis; RangeError if there are none, or no such axis
 * @example
 * concatenate([[1, 2], [3]]).tolist() // => [1, 2, 3]
 * concatenate([[[1], [2]], [[3], [4]]], 1).tolist() // => [[1, 3], [2, 4]]
 */
export function concatenate(
  arrays: readonly ArrayLike[],
  ...places: Places<[axis: number | null, dtype: DType], JoinOptions>
): NDArray;
export function concatenate(): NDArray {
  return inOrder(concatenateOf, arguments, 3, "concatenate arrays axis dtype:d");
}

function concatenateOf(arrays: readonly ArrayLike[], axis: number | null = 0, dtype?: DType): NDArray {
  const parts = partsOf(arrays, "concatenate", dtype).map((part) => (axis === null ? part.flatten() : part));
  return join(parts, toAxis(axis ?? 0, parts[0]!.ndim, 'concatenate: "axis"'), "concatenate");
}

/**
 * The arrays, all of one shape, joined along a new axis.
 *
 * @param axis the new axis, of the result; default the first
 * @throws ShapeError if their shapes differ; RangeError if there are none, or no such axis
 * @example
 * stack([[1, 2], [3, 4]]).tolist() // => [[1, 2], [3, 4]]
 * stack([[1, 2], [3, 4]], 1).tolist() // => [[1, 3], [2, 4]]
 */
export function stack(
  arrays: readonly ArrayLike[],
  ...places: Places<[axis: number, out: null, dtype: DType], JoinOptions>
): NDArray;
export function stack(): NDArray {
  return inOrder(stackOf, arguments, 2, "stack arrays axis | out:0 dtype:d");
}

function stackOf(arrays: readonly ArrayLike[], axis = 0, { dtype }: { readonly dtype?: DType } = {}): NDArray {
  const parts = partsOf(arrays, "stack", dtype);
  const { shape } = parts[0]!;
  const at = toAxis(axis, shape.length + 1, 'stack: "axis"');
  const other = parts.find((part) => !sameShape(part.shape, shape));
  if (other) throw stackError(parts[0]!, other);
  const wide = [...shape.slice(0, at), 1, ...shape.slice(at)];
  return join(
    parts.map((part) => part.reshape(wide)),
    at,
    "stack",
  );
}

function stackError(first: NDArray, other: NDArray): ShapeError {
  const got = `got ${formatShape(first.shape)} and ${formatShape(other.shape)}`;
  return new ShapeError(`stack: "arrays" expected arrays of one shape, ${got}`);
}

/**
 * The arrays joined along the second axis; arrays with one axis along that one.
 *
 * @throws as `concatenate`
 * @example
 * hstack([[[1], [2]], [[3], [4]]]).tolist() // => [[1, 3], [2, 4]]
 */
export function hstack(
  arrays: readonly ArrayLike[],
  ...places: Places<[dtype: DType], { readonly dtype?: DType }>
): NDArray;
export function hstack(): NDArray {
  return inOrder(hstackOf, arguments, 2, "hstack tup dtype:d");
}

function hstackOf(arrays: readonly ArrayLike[], dtype?: DType): NDArray {
  const parts = partsOf(arrays, "hstack", dtype).map((part) => (part.ndim === 0 ? part.reshape([1]) : part));
  return join(parts, parts[0]!.ndim === 1 ? 0 : 1, "hstack");
}

/**
 * The arrays joined along the first axis; arrays [n] are rows.
 *
 * @throws as `concatenate`
 * @example
 * vstack([[1, 2], [3, 4]]).tolist() // => [[1, 2], [3, 4]]
 */
export function vstack(
  arrays: readonly ArrayLike[],
  ...places: Places<[dtype: DType], { readonly dtype?: DType }>
): NDArray;
export function vstack(): NDArray {
  return inOrder(vstackOf, arguments, 2, "vstack tup dtype:d");
}

function vstackOf(arrays: readonly ArrayLike[], dtype?: DType): NDArray {
  const parts = partsOf(arrays, "vstack", dtype).map((part) => (part.ndim < 2 ? part.reshape([1, part.size]) : part));
  return join(parts, 0, "vstack");
}

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

/**
 * `x` repeated as a whole.
 *
 * @param reps how often along each axis; along the last axes if there are fewer
 * @throws RangeError if a count is negative
 * @example
 * tile([1, 2], 2).tolist() // => [1, 2, 1, 2]
 * tile([1, 2], [2, 1]).tolist() // => [[1, 2], [1, 2]]
 */
export function tile(x: ArrayLike, ...places: Given<[reps: AxisLike], "reps">): NDArray;
export function tile(): NDArray {
  return inOrder(tileOf, arguments, 2, "tile A reps");
}

function tileOf(x: ArrayLike, reps: AxisLike): NDArray {
  const from = asNDArray(x, 'tile: "x"');
  const counts = toCounts(reps, 'tile: "reps"');
  const rank = Math.max(counts.length, from.ndim);
  const times = [...ones(rank - counts.length), ...counts];
  const sizes = [...ones(rank - from.ndim), ...from.shape];
  const shape = toShape(
    sizes.map((size, axis) => size * times[axis]!),
    'tile: "reps"',
  );
  // A new axis before each is broadcast.
  const apart = from.reshape(sizes.flatMap((size) => [1, size]));
  return broadcastTo(
    apart,
    sizes.flatMap((size, axis) => [times[axis]!, size]),
  ).reshape(shape);
}

function ones(length: number): number[] {
  return Array.from({ length }, () => 1);
}

/**
 * Each element of `x` repeated.
 *
 * @param repeats how often: one count, or one for each index of the axis
 * @param axis the flattened array if left out
 * @throws ShapeError if there are not as many counts as elements; RangeError if one is negative
 * @example
 * repeat([1, 2], 2).tolist() // => [1, 1, 2, 2]
 * repeat([[1, 2]], [2, 1], 1).tolist() // => [[1, 1, 2]]
 */
export function repeat(
  x: ArrayLike,
  ...places: Given<[repeats: AxisLike], "repeats", [axis: number], { readonly axis?: number }>
): NDArray;
export function repeat(): NDArray {
  return inOrder(repeatOf, arguments, 3, "repeat a repeats axis");
}

function repeatOf(x: ArrayLike, repeats: AxisLike, axis?: number): NDArray {
  return asNDArray(x, 'repeat: "x"').repeat(repeats, axis);
}
