import { int, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../convert.ts";
import { toData } from "../convert.ts";
import type { ArrayData } from "../arraydata.ts";
import { assertConcrete, castData, arrayData } from "../arraydata.ts";
import { isFloat } from "../dtype.ts";
import { flipStrides, stridesOf } from "../manipulation/strided.ts";
import type { Shape } from "../shape.ts";
import { broadcastShapes, formatShape, sizeOf } from "../shape.ts";
import type { SliceText } from "./slicing.ts";
import { toRange } from "./slicing.ts";

/**
 * An index of one axis: a whole number (negative from the end); a slice as text, `"1:3"`, `"::-1"`; `"..."` for all
 * axes not named; `null` for a new axis of size 1; an array of whole numbers; or a bool array, which stands for as many
 * axes as it has and selects the elements where it is true.
 */
export type Index = number | null | "..." | SliceText | ArrayLike;

/** An axis of the result along which elements are `stride` apart in the array. */
export interface Stepped {
  readonly size: number;
  readonly stride: number;
}

/** An axis of size `n` that an array of indices reads. */
export interface Chosen {
  readonly places: ArrayData;
  readonly n: number;
  readonly stride: number;
}

/**
 * An index resolved against the shape of an array: it says which elements, by their linear index, make up the result.
 * The axes of the result are those of `before`, then those of `chosenShape`, then those of `after`.
 */
export interface IndexPlan {
  /** The linear index that all strides start from; NaN if a number is out of bounds. */
  readonly offset: number;
  readonly before: readonly Stepped[];
  readonly after: readonly Stepped[];
  /** The axes that arrays of indices read; the arrays broadcast to `chosenShape`. */
  readonly chosen: readonly Chosen[];
  readonly chosenShape: Shape;
  readonly shape: Shape;
  /** Whether indices out of bounds are clamped; else they name no element. */
  readonly clamp: boolean;
}

/** The plan that reads the elements from `offset` on with `strides`. */
export function stridedPlan(shape: Shape, strides: readonly number[], offset: number): IndexPlan {
  const before = shape.map((size, axis) => ({ size, stride: strides[axis]! }));
  return { offset, before, after: [], chosen: [], chosenShape: [], shape, clamp: true };
}

/** The plan that reads the elements backwards along `axes`. */
export function flipPlan(shape: Shape, axes: readonly number[]): IndexPlan {
  const { strides, offset } = flipStrides(shape, axes);
  return stridedPlan(shape, strides, offset);
}

/**
 * Resolves `items` against `shape`.
 *
 * @throws ShapeError for more axes than there are; TypeError for what is not an index; RangeError if an axis has no
 * elements
 */
export function planIndex(items: readonly Index[], shape: Shape, fn: string, clamp: boolean): IndexPlan {
  const parts = expand(items, shape, fn);
  const strides = stridesOf(shape);
  const axes: Stepped[] = [];
  const chosen: Chosen[] = [];
  const advanced = parts.some((part) => typeof part === "object" && part !== null);
  let offset = 0;
  let axis = 0;
  let first = 0;
  parts.forEach((part) => {
    if (part === null) {
      axes.push({ size: 1, stride: 0 });
      return;
    }
    const n = shape[axis]!;
    const stride = strides[axis++]!;
    if (typeof part === "string") {
      const { start, step, count } = toRange(part, n, `${fn}: "index"`);
      if (count > 0) offset += start * stride;
      axes.push({ size: count, stride: step * stride });
      return;
    }
    if (typeof part === "number" && !advanced) {
      const place = resolveIndex(part, n, clamp);
      if (n === 0) throw emptyAxisError(part, shape, fn);
      offset = place < 0 ? NaN : offset + place * stride;
      return;
    }
    const places = typeof part === "number" ? scalarIndex(part) : part;
    if (chosen.length === 0) first = axes.length;
    chosen.push({ places, n, stride });
  });
  const chosenShape = chosen.reduce<Shape>((common, { places }) => broadcastShapes(common, places.shape, fn), []);
  // The axes of the arrays go where they are if they are adjacent, else to the front.
  const split = separated(parts) ? 0 : first;
  const [before, after] = [axes.slice(0, split), axes.slice(split)];
  const result = [...before.map((a) => a.size), ...chosenShape, ...after.map((a) => a.size)];
  if (clamp && chosen.some(({ n }) => n === 0) && sizeOf(result) > 0)
    throw new RangeError(`${fn}: "index" expected an axis with elements, got shape ${formatShape(shape)}`);
  return { offset, before, after, chosen, chosenShape, shape: result, clamp };
}

/** Whether a slice or a new axis separates the numbers and arrays of an index. */
function separated(parts: readonly Part[]): boolean {
  const at = parts.flatMap((part, i) => (typeof part === "string" || part === null ? [] : [i]));
  return at.length > 0 && at[at.length - 1]! - at[0]! !== at.length - 1;
}

function scalarIndex(place: number): ArrayData {
  return arrayData([], "int32", Int32Array.of(place));
}

/** The position in an axis of size `n`. An index out of bounds is clamped, or -1 without `clamp`. */
export function resolveIndex(place: number, n: number, clamp: boolean): number {
  const at = place < 0 ? place + n : place;
  if (at >= 0 && at < n) return at;
  return clamp ? Math.min(Math.max(at, 0), n - 1) : -1;
}

type Part = number | null | string | ArrayData;

/** The index with "..." expanded, bool arrays as indices, and a full slice for every axis that is not named. */
function expand(items: readonly Index[], shape: Shape, fn: string): Part[] {
  const parts: Part[] = [];
  let ellipsis = -1;
  let named = 0;
  for (const item of items) {
    if (item === "...") {
      if (ellipsis >= 0) throw new TypeError(`${fn}: "index" expected one "..." at most, got two`);
      ellipsis = parts.length;
    } else if (item === null || typeof item === "string") {
      parts.push(item as Part);
      if (item !== null) named++;
    } else if (typeof item === "number" || typeof item === "bigint") {
      parts.push(int(item, `${fn}: "index"`));
      named++;
    } else {
      const places = toData(item, `${fn}: "index"`);
      const list =
        places.dtype === "bool"
          ? maskIndices(places, shape, named, ellipsis, fn)
          : [wholeIndices(places, item, `${fn}: "index"`)];
      parts.push(...list);
      named += list.length;
    }
  }
  const missing = shape.length - named;
  if (missing < 0) throw tooManyAxesError(named, shape, fn);
  parts.splice(ellipsis < 0 ? parts.length : ellipsis, 0, ...Array.from({ length: missing }, () => ":"));
  return parts;
}

/**
 * `x` as an array of indices.
 *
 * @throws TypeError if it holds fractions
 */
export function indicesOf(x: ArrayLike, name: string): ArrayData {
  return wholeIndices(toData(x, name), x, name);
}

/** JavaScript numbers are floats, but a list of whole ones is a list of indices. */
function wholeIndices(x: ArrayData, given: unknown, name: string): ArrayData {
  if (!isFloat(x.dtype)) return x;
  if ((Array.isArray(given) || typeof given === "number") && x.storage.data.every((v) => Number.isInteger(v)))
    return castData(x, "int32");
  const got = `${x.dtype}${formatShape(x.shape)}`;
  throw new TypeError(`${name} expected whole numbers, got ${got}. Cast with .astype("int32")`);
}

/** The indices where a bool array is true, for the axes that it stands for. */
function maskIndices(mask: ArrayData, shape: Shape, axis: number, ellipsis: number, fn: string): ArrayData[] {
  // After "..." axes count from the end, which works for one mask at the end only.
  const start = ellipsis < 0 ? axis : shape.length - mask.shape.length;
  if (mask.shape.length === 0 || mask.shape.some((n, i) => n !== shape[start + i])) throw maskError(mask, shape, fn);
  return trueIndices(mask);
}

/**
 * The indices where a bool array is true, row-major: an array for each axis.
 *
 * @throws TypeError if it has no values
 */
export function trueIndices(mask: ArrayData): ArrayData[] {
  assertConcrete(mask);
  const { data } = mask.storage;
  const room = new Int32Array(data.length);
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    room[count] = i;
    count += Number(data[i] !== 0);
  }
  const found = room.slice(0, count);
  const strides = stridesOf(mask.shape);
  return mask.shape.map((n, axis) => {
    const stride = strides[axis]!;
    const places = mask.shape.length === 1 ? found : found.map((at) => Math.floor(at / stride) % n);
    return arrayData([count], "int32", places);
  });
}

function emptyAxisError(place: number, shape: Shape, fn: string): RangeError {
  const got = `got shape ${formatShape(shape)}`;
  return new RangeError(`${fn}: "index" expected an axis with elements for ${place}, ${got}`);
}

function tooManyAxesError(named: number, shape: Shape, fn: string): ShapeError {
  const expected = `expected at most ${shape.length} axes for shape ${formatShape(shape)}`;
  return new ShapeError(`${fn}: "index" ${expected}, got ${named}`);
}

function maskError(mask: ArrayData, shape: Shape, fn: string): ShapeError {
  const expected = `expected a bool array with the sizes of its axes of ${formatShape(shape)}`;
  return new ShapeError(`${fn}: "index" ${expected}, got ${formatShape(mask.shape)}`);
}
