/**
 * Parts of arrays at places that may be computed. A part that reaches beyond an axis is
 * moved until it fits, as in JAX.
 */
import type { Given } from "../base/index.ts";
import { assertList, describe, inOrder, int, ShapeError } from "../base/index.ts";
import type { ArrayLike, NDArray } from "../array/index.ts";
import { asarray, castTo, expandDims, formatShape, full, toAxis } from "../array/index.ts";

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

/** An option of one place along an axis. */
interface KeptOptions {
  /** Whether the result keeps the axis, with size 1. Default true. */
  readonly keepdims?: boolean;
}

/** An index of `axis` alone. */
function along<I>(axis: number, index: I): (":" | I)[] {
  return [...Array.from({ length: axis }, () => ":" as const), index];
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

/**
 * The part of `x` from `startIndices` to `limitIndices`, by steps.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/slicing.py` (`slice`).
 * @throws ShapeError if there is not one start and end an axis, or they are not within it
 * @example
 * lax.slice([1, 2, 3, 4, 5], [0], [5], [2]).tolist() // => [1, 3, 5]
 */
export function slice(
  x: ArrayLike,
  ...places: Given<
    [startIndices: readonly number[], limitIndices: readonly number[]],
    "startIndices limitIndices",
    [strides: readonly number[] | null],
    { readonly strides?: readonly number[] | null }
  >
): NDArray;
export function slice(): NDArray {
  return inOrder(sliceOf, arguments, 4, "lax.slice operand startIndices limitIndices strides");
}

function sliceOf(
  x: ArrayLike,
  startIndices: readonly number[],
  limitIndices: readonly number[],
  strides: readonly number[] | null = null,
): NDArray {
  assertList(startIndices, 'lax.slice: "startIndices"');
  assertList(limitIndices, 'lax.slice: "limitIndices"');
  const given = asarray(x);
  const { shape } = given;
  const fits = shape.every((n, i) => {
    const [start, end, step] = [startIndices[i]!, limitIndices[i]!, strides?.[i] ?? 1];
    return start >= 0 && start <= end && end <= n && step >= 1;
  });
  if (startIndices.length !== shape.length || limitIndices.length !== shape.length || !fits)
    throw new ShapeError(
      `lax.slice: expected a start and an end within shape ${formatShape(shape)} for each axis, ` +
        `got ${formatShape(startIndices)} and ${formatShape(limitIndices)}`,
    );
  return given.slice(
    ...shape.map((_, i) => `${startIndices[i]!}:${limitIndices[i]!}:${strides?.[i] ?? 1}` as `${number}:${number}`),
  );
}

/**
 * The entries of `x` along an axis from `startIndex` to `limitIndex`, by steps.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/slicing.py` (`slice_in_dim`).
 * @param startIndex `null` is the start, a negative one counts from the end
 * @example
 * lax.sliceInDim([1, 2, 3, 4], 1, null).tolist() // => [2, 3, 4]
 */
export function sliceInDim(
  x: ArrayLike,
  ...places: Given<
    [startIndex: number | null, limitIndex: number | null],
    "startIndex limitIndex",
    [stride: number, axis: number],
    { readonly stride?: number; readonly axis?: number }
  >
): NDArray;
export function sliceInDim(): NDArray {
  return inOrder(sliceInDimOf, arguments, 5, "lax.sliceInDim operand startIndex limitIndex stride axis");
}

function sliceInDimOf(
  x: ArrayLike,
  startIndex: number | null,
  limitIndex: number | null,
  stride = 1,
  axis = 0,
): NDArray {
  const given = asarray(x);
  const at = toAxis(axis, given.ndim, 'lax.sliceInDim: "axis"');
  const step = int(stride, 'lax.sliceInDim: "stride"');
  return given.slice(
    ...along(at, `${startIndex ?? 0}:${limitIndex ?? given.shape[at]!}:${step}` as `${number}:${number}`),
  );
}

/**
 * The entry of `x` at an index along an axis, which must be there.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/slicing.py` (`index_in_dim`).
 * @throws RangeError if there is no such entry
 * @example
 * lax.indexInDim([[1, 2], [3, 4]], -1, 0, false).tolist() // => [3, 4]
 */
export function indexInDim(
  x: ArrayLike,
  ...places: Given<
    [index: number],
    "index",
    [axis: number, keepdims: boolean],
    { readonly axis?: number; readonly keepdims?: boolean }
  >
): NDArray;
export function indexInDim(): NDArray {
  return inOrder(indexInDimOf, arguments, 3, "lax.indexInDim operand index axis | keepdims:b");
}

function indexInDimOf(x: ArrayLike, index: number, axis = 0, { keepdims = true }: KeptOptions = {}): NDArray {
  const given = asarray(x);
  const at = toAxis(axis, given.ndim, 'lax.indexInDim: "axis"');
  return dynamicIndexInDim(given, toAxis(index, given.shape[at]!, 'lax.indexInDim: "index"'), at, keepdims);
}

/** How much is put before, after and between the entries of an axis. */
type Padding = readonly [low: number, high: number, interior: number];

/**
 * `x` with a value before, after and between the entries of each axis; negative amounts before and after cut away.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/lax.py` (`pad`).
 * @param paddingConfig for each axis how many before, after and between
 * @throws ShapeError if there is not one triple an axis
 * @example
 * lax.pad([1, 2], 0, [[1, 0, 1]]).tolist() // => [0, 1, 0, 2]
 */
export function pad(
  x: ArrayLike,
  ...places: Given<[paddingValue: ArrayLike, paddingConfig: readonly Padding[]], "paddingValue paddingConfig">
): NDArray;
export function pad(): NDArray {
  return inOrder(padOf, arguments, 3, "lax.pad operand paddingValue paddingConfig");
}

function padOf(x: ArrayLike, paddingValue: ArrayLike, paddingConfig: readonly Padding[]): NDArray {
  assertList(paddingConfig, 'lax.pad: "paddingConfig"');
  let out = asarray(x);
  if (paddingConfig.length !== out.ndim)
    throw new ShapeError(`lax.pad: "paddingConfig" expected ${out.ndim} triples, got ${paddingConfig.length}`);
  for (const [axis, [low, high, interior]] of paddingConfig.entries()) {
    const n = out.shape[axis]!;
    const spread = n === 0 ? 0 : n + (n - 1) * interior;
    const start = Math.max(low, 0);
    const shape = out.shape.map((size, i) => (i === axis ? start + spread + Math.max(high, 0) : size));
    const blank = full(shape, castTo(paddingValue, out.dtype, 'lax.pad: "paddingValue"'));
    if (n > 0)
      out = blank.at(...along(axis, `${start}:${start + spread}:${interior + 1}` as `${number}:${number}`)).set(out);
    else out = blank;
    const cut = `${Math.max(-low, 0)}:${shape[axis]! - Math.max(-high, 0)}` as const;
    if (low < 0 || high < 0) out = out.slice(...along(axis, cut));
  }
  return out;
}
