import { flush } from "../../base/index.ts";
import type { Dense } from "../dense.ts";
import { floatsOf, zerosDense } from "../dense.ts";
import type { TypedArray } from "../dtype.ts";
import { isFloat } from "../dtype.ts";
import { blocksOf, flipDense } from "../layout/layout.ts";
import { reshaped } from "../layout/strided.ts";
import { sizeOf, toAxis } from "../shape.ts";

/** Ascending; zeros of either sign are equal, and NaN is the greatest. */
export function compare(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return a === b ? 0 : (a === a ? 0 : 1) - (b === b ? 0 : 1);
}

/** The numbers to sort by: subnormals count as zeros. */
function sortable(x: Dense): TypedArray {
  return isFloat(x.dtype) ? floatsOf(x).map((v) => flush(v)) : x.storage.data;
}

/** The numbers to rank by: -0 is less than 0, and NaN the greatest whatever its sign, which engines and processors differ in. */
export function rankable(x: Dense): TypedArray {
  if (!isFloat(x.dtype)) return x.storage.data;
  const floats = floatsOf(x);
  return new Int32Array(floats.buffer, floats.byteOffset, floats.length).map((word) => ((word & 0x7fffffff) > 0x7f800000 ? 0x7fffffff : word < 0 ? word ^ 0x7fffffff : word));
}

/**
 * For every line along `axis` the places of its elements in sorted order, equal elements in the order they had.
 * Descending starts with NaN, and keeps the order of equals too.
 */
export function argsortDense(x: Dense, axis: number, descending: boolean, values = sortable(x)): Dense {
  const out = zerosDense(x.shape, "int32");
  const to = out.storage.data;
  const { before, n, after } = blocksOf(x.shape, axis);
  const sign = descending ? -1 : 1;
  const line = new Int32Array(to.length === 0 ? 0 : n);
  for (let start = 0; start < before * after && line.length > 0; start++) {
    const base = Math.floor(start / after) * n * after + (start % after);
    for (let i = 0; i < n; i++) line[i] = i;
    line.sort((a, b) => sign * compare(values[base + a * after]!, values[base + b * after]!) || a - b);
    for (let i = 0; i < n; i++) to[base + i * after] = line[i]!;
  }
  return out;
}

/** The elements of every line along `axis` at the places `index` has for it: `index` has `x`'s shape save along `axis`. */
export function pickAlong(x: Dense, index: Dense, axis: number): Dense {
  const out = zerosDense(index.shape, x.dtype);
  const to = out.storage.data;
  const from = x.storage.data;
  const places = index.storage.data;
  const { n, after } = blocksOf(x.shape, axis);
  const m = index.shape[axis]!;
  for (let i = 0; i < to.length; i++) to[i] = from[(Math.floor(i / (m * after)) * n + places[i]!) * after + (i % after)]!;
  return out;
}

/** How `sort` and `argsort` sort. */
export interface SortOptions {
  /** The axis to sort along, the last by default; `null` sorts all elements in a row. */
  readonly axis?: number | null;
  /** From the greatest, default false. */
  readonly descending?: boolean;
}

/** `sort`, or the places it takes the elements from. */
export function sortDense(x: Dense, { axis = -1, descending = false }: SortOptions, fn: "sort" | "argsort"): Dense {
  const from = axis === null ? reshaped(x, [sizeOf(x.shape)]) : x;
  const along = toAxis(axis ?? 0, from.shape.length, `${fn}: "axis"`);
  if (fn === "argsort") return argsortDense(from, along, descending);
  const sorted = pickAlong(from, argsortDense(from, along, false), along);
  return descending ? flipDense(sorted, [along]) : sorted;
}
