import { describe } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { emptyData, encodeElement } from "../arraydata.ts";
import type { DType } from "../dtype.ts";
import { isFloat, RANGE } from "../dtype.ts";
import { blocksOf } from "../manipulation/blocks.ts";
import { wrapIndex } from "../manipulation/wrapindex.ts";
import { withSize } from "../manipulation/shapes.ts";
import { copyRow, rawPair } from "../manipulation/copying.ts";

/** What an index out of bounds gives: a fill value, the nearest element, or the element counted cyclically. */
export type TakeMode = "fill" | "clip" | "wrap";

/** Where and how `take` takes. */
export interface TakeOptions {
  /** The axis to take along; the flattened array without. */
  readonly axis?: number | null;
  /**
   * What an index out of bounds gives. Default `"fill"`: NaN, the minimum of a signed integer dtype, the maximum of an
   * unsigned one, or true.
   */
  readonly mode?: TakeMode;
}

/** The position of `index` in an axis of size `n`, or -1 if it is out of bounds. */
function indexIn(index: number, n: number, mode: TakeMode): number {
  if (mode === "clip") return Math.min(Math.max(index, 0), n - 1);
  if (mode === "wrap") return wrapIndex(index, n);
  const at = index < 0 ? index + n : index;
  return at >= 0 && at < n ? at : -1;
}

/** Indices of an axis of size `n` as positions in it, int32; -1 for those that are out of bounds. */
export function indicesIn(indices: ArrayData, n: number, mode: TakeMode): ArrayData {
  const places = emptyData(indices.shape, "int32");
  const [from, to] = [indices.storage.data, places.storage.data];
  for (let i = 0; i < to.length; i++) to[i] = indexIn(from[i]!, n, mode);
  return places;
}

/** Indices of an axis of size `n` of which the negative ones count from the end, as places from the start. */
export function fromStart(indices: ArrayData, n: number): ArrayData {
  const counted = emptyData(indices.shape, "int32");
  const [from, to] = [indices.storage.data, counted.storage.data];
  for (let i = 0; i < to.length; i++) to[i] = from[i]! < 0 ? from[i]! + n : from[i]!;
  return counted;
}

/** @throws TypeError if `mode` is not a mode */
export function checkMode(mode: unknown, fn: string): TakeMode {
  if (mode === "fill" || mode === "clip" || mode === "wrap") return mode;
  throw new TypeError(`${fn}: "mode" expected "fill", "clip" or "wrap", got ${describe(mode)}`);
}

/** JAX's fill value: NaN, the minimum of a signed integer dtype, the maximum of an unsigned one, or true. */
function missing(dtype: DType): number {
  if (isFloat(dtype)) return encodeElement(dtype, NaN);
  if (dtype === "bool") return 1;
  const [low, high] = RANGE[dtype as keyof typeof RANGE];
  return low < 0 ? low : high;
}

/** The slices `index` [n] of `axis`, in that order. Every index is within the axis, or -1 for the fill value. */
export function takeData(axis: number, x: ArrayData, index: ArrayData): ArrayData {
  const places = index.storage.data;
  const out = emptyData(withSize(x.shape, axis, index.shape[0]!), x.dtype);
  const { before, n, after } = blocksOf(x.shape, axis);
  const [from, to] = rawPair(x, out, after);
  let at = 0;
  for (let block = 0; block < before && to.length > 0; block++) {
    for (let i = 0; i < places.length; i++, at += after) {
      const place = places[i]!;
      const start = (block * n + place) * after;
      if (place < 0) out.storage.data.fill(missing(x.dtype), at, at + after);
      else if (after === 1) to[at] = from[start]!;
      else copyRow(from, start, 1, to, at, after);
    }
  }
  return out;
}

/**
 * The elements of every line along `axis` at the positions in `index`, or the fill value for -1. `index` has the shape
 * of `x` except along `axis`.
 */
export function takeAlongData(axis: number, x: ArrayData, index: ArrayData): ArrayData {
  const out = emptyData(index.shape, x.dtype);
  const to = out.storage.data;
  const from = x.storage.data;
  const places = index.storage.data;
  const { n, after } = blocksOf(x.shape, axis);
  const m = index.shape[axis]!;
  const fill = missing(x.dtype);
  for (let base = 0, at = 0; at < to.length; base += n * after) {
    if (after === 1) {
      for (const end = at + m; at < end; at++) {
        const place = places[at]!;
        to[at] = place < 0 ? fill : from[base + place]!;
      }
    } else
      for (let i = 0; i < m; i++)
        for (let j = 0; j < after; j++, at++) {
          const place = places[at]!;
          to[at] = place < 0 ? fill : from[base + place * after + j]!;
        }
  }
  return out;
}
