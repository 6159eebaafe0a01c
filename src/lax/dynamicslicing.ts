/**
 * Parts of arrays at places that may be computed. A part that reaches beyond an axis is moved until it fits, as in JAX.
 */
import type { Given } from "../base/index.ts";
import { assertList, describe, inOrder, int, ShapeError } from "../base/index.ts";
import type { ArrayLike, NDArray } from "../array/index.ts";
import { asarray, expandDims, formatShape, toAxis } from "../array/index.ts";
import type { KeptOptions } from "./alongaxis.ts";
import { along } from "./alongaxis.ts";

/** A place: a number, or an array of one whole number. */
export type Place = number | ArrayLike;

function placeOf(place: Place, name: string): number {
  return int(typeof place === "number" ? place : asarray(place).item(), name);
}

/** Where a part of `size` begins that fits an axis of size `n`. */
function fitted(place: Place, size: number, n: number, name: string, allowNegative = true): number {
  const start = placeOf(place, name);
  return Math.min(Math.max(start < 0 && allowNegative ? start + n : start, 0), n - size);
}

/** The start along each axis of a part of `sizes`. */
function startsOf(x: NDArray, places: readonly Place[] | NDArray, sizes: readonly number[], fn: string): number[] {
  assertList(sizes, `lax.${fn}: "sliceSizes"`);
  const list = Array.isArray(places) ? (places as readonly Place[]) : (asarray(places as NDArray).tolist() as number[]);
  if (list.length !== x.ndim || sizes.length !== x.ndim || sizes.some((size, i) => !(size >= 0 && size <= x.shape[i]!)))
    throw new ShapeError(
      `lax.${fn}: expected a start and a size within shape ${formatShape(x.shape)} for each axis, ` +
        `got ${list.length} starts and sizes ${formatShape(sizes)}`,
    );
  return list.map((place, i) => fitted(place, sizes[i]!, x.shape[i]!, `lax.${fn}: start ${i}`));
}

/**
 * The part of `x` of sizes `sliceSizes` from `startIndices` on.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/slicing.py` (`dynamic_slice`).
 * @param startIndices one whole number an axis, a list or an array; a negative one counts from the end
 * @throws ShapeError if there is not one start and size an axis, or a size is greater than its axis
 * @example
 * lax.dynamicSlice([1, 2, 3, 4], [1], [2]).tolist() // => [2, 3]
 * lax.dynamicSlice([1, 2, 3, 4], [9], [2]).tolist() // => [3, 4]
 */
export function dynamicSlice(
  x: ArrayLike,
  ...places: Given<[startIndices: readonly Place[] | NDArray, sliceSizes: readonly number[]], "startIndices sliceSizes">
): NDArray;
export function dynamicSlice(): NDArray {
  return inOrder(dynamicSliceOf, arguments, 3, "lax.dynamicSlice operand startIndices sliceSizes");
}

function dynamicSliceOf(
  x: ArrayLike,
  startIndices: readonly Place[] | NDArray,
  sliceSizes: readonly number[],
): NDArray {
  const given = asarray(x);
  const starts = startsOf(given, startIndices, sliceSizes, "dynamicSlice");
  return given.slice(...starts.map((start, i) => `${start}:${start + sliceSizes[i]!}` as const));
}

/**
 * `x` with `update` written from `startIndices` on.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/slicing.py` (`dynamic_update_slice`).
 * @throws ShapeError as `dynamicSlice`, for the shape of `update`
 * @example
 * lax.dynamicUpdateSlice([1, 2, 3, 4], [8, 9], [1]).tolist() // => [1, 8, 9, 4]
 */
export function dynamicUpdateSlice(
  x: ArrayLike,
  ...places: Given<[update: ArrayLike, startIndices: readonly Place[] | NDArray], "update startIndices">
): NDArray;
export function dynamicUpdateSlice(): NDArray {
  return inOrder(dynamicUpdateSliceOf, arguments, 3, "lax.dynamicUpdateSlice operand update startIndices");
}

function dynamicUpdateSliceOf(x: ArrayLike, update: ArrayLike, startIndices: readonly Place[] | NDArray): NDArray {
  const [given, part] = [asarray(x), asarray(update)];
  const starts = startsOf(given, startIndices, part.shape, "dynamicUpdateSlice");
  if (given.ndim === 0) return part.astype(given.dtype);
  return given.at(...starts.map((start, i) => `${start}:${start + part.shape[i]!}` as const)).set(part);
}

/** An option of places along one axis. */
export interface NegativeOptions {
  /** Whether a negative place counts from the end; else it is the first. Default true. */
  readonly allowNegativeIndices?: boolean;
}

/**
 * `sliceSize` entries of `x` along an axis, from `startIndex` on.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/slicing.py` (`dynamic_slice_in_dim`).
 * @throws RangeError if there is no such axis; ShapeError if it is shorter
 * @example
 * lax.dynamicSliceInDim([1, 2, 3, 4], 1, 2).tolist() // => [2, 3]
 */
export function dynamicSliceInDim(
  x: ArrayLike,
  ...places: Given<
    [startIndex: Place, sliceSize: number],
    "startIndex sliceSize",
    [axis: number],
    NegativeOptions & { readonly axis?: number }
  >
): NDArray;
export function dynamicSliceInDim(): NDArray {
  return inOrder(
    dynamicSliceInDimOf,
    arguments,
    4,
    "lax.dynamicSliceInDim operand startIndex sliceSize axis | * allowNegativeIndices:b",
  );
}

function dynamicSliceInDimOf(
  x: ArrayLike,
  startIndex: Place,
  sliceSize: number,
  axis = 0,
  { allowNegativeIndices = true }: NegativeOptions = {},
): NDArray {
  const given = asarray(x);
  const at = toAxis(axis, given.ndim, 'lax.dynamicSliceInDim: "axis"');
  const size = int(sliceSize, 'lax.dynamicSliceInDim: "sliceSize"');
  const n = given.shape[at]!;
  if (size < 0 || size > n)
    throw new ShapeError(`lax.dynamicSliceInDim: "sliceSize" expected 0 to ${n}, got ${describe(sliceSize)}`);
  const start = fitted(startIndex, size, n, 'lax.dynamicSliceInDim: "startIndex"', allowNegativeIndices);
  return given.slice(...along(at, `${start}:${start + size}` as const));
}

/**
 * `x` with `update` written along an axis from `startIndex` on.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/slicing.py` (`dynamic_update_slice_in_dim`).
 * @throws RangeError if there is no such axis; ShapeError if `update` does not fit
 * @example
 * lax.dynamicUpdateSliceInDim([1, 2, 3], [9], 1, 0).tolist() // => [1, 9, 3]
 */
export function dynamicUpdateSliceInDim(
  x: ArrayLike,
  ...places: Given<[update: ArrayLike, startIndex: Place, axis: number], "update startIndex axis">
): NDArray;
export function dynamicUpdateSliceInDim(): NDArray {
  return inOrder(dynamicUpdateSliceInDimOf, arguments, 4, "lax.dynamicUpdateSliceInDim operand update startIndex axis");
}

function dynamicUpdateSliceInDimOf(x: ArrayLike, update: ArrayLike, startIndex: Place, axis: number): NDArray {
  const given = asarray(x);
  const at = toAxis(axis, given.ndim, 'lax.dynamicUpdateSliceInDim: "axis"');
  return dynamicUpdateSlice(
    given,
    update,
    given.shape.map((_, i) => (i === at ? startIndex : 0)),
  );
}

/**
 * The entry of `x` at an index along an axis.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/slicing.py` (`dynamic_index_in_dim`).
 * @param keepdims whether the axis stays, with size 1. Default true
 * @example
 * lax.dynamicIndexInDim([[1, 2], [3, 4]], 1, 0, false).tolist() // => [3, 4]
 */
export function dynamicIndexInDim(
  x: ArrayLike,
  ...places: Given<
    [index: Place],
    "index",
    [axis: number, keepdims: boolean],
    NegativeOptions & { readonly axis?: number; readonly keepdims?: boolean }
  >
): NDArray;
export function dynamicIndexInDim(): NDArray {
  return inOrder(
    dynamicIndexInDimOf,
    arguments,
    3,
    "lax.dynamicIndexInDim operand index axis | keepdims:b * allowNegativeIndices:b",
  );
}

function dynamicIndexInDimOf(
  x: ArrayLike,
  index: Place,
  axis = 0,
  { keepdims = true, ...options }: KeptOptions & NegativeOptions = {},
): NDArray {
  const part = dynamicSliceInDimOf(x, index, 1, axis, options);
  return keepdims ? part : part.squeeze(axis);
}

/**
 * `x` with the entry at an index along an axis replaced.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/slicing.py` (`dynamic_update_index_in_dim`).
 * @param update without the axis, or with size 1 there
 * @example
 * lax.dynamicUpdateIndexInDim([[1, 2], [3, 4]], [8, 9], 1, 0).tolist() // => [[1, 2], [8, 9]]
 */
export function dynamicUpdateIndexInDim(
  x: ArrayLike,
  ...places: Given<[update: ArrayLike, index: Place, axis: number], "update index axis">
): NDArray;
export function dynamicUpdateIndexInDim(): NDArray {
  return inOrder(dynamicUpdateIndexInDimOf, arguments, 4, "lax.dynamicUpdateIndexInDim operand update index axis");
}

function dynamicUpdateIndexInDimOf(x: ArrayLike, update: ArrayLike, index: Place, axis: number): NDArray {
  const [given, part] = [asarray(x), asarray(update)];
  const at = toAxis(axis, given.ndim, 'lax.dynamicUpdateIndexInDim: "axis"');
  return dynamicUpdateSliceInDim(given, part.ndim === given.ndim ? part : expandDims(part, at), index, at);
}
