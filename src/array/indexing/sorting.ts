import type { Dense } from "../dense.ts";
import { zerosDense } from "../dense.ts";
import { blocksOf } from "../layout/layout.ts";
import { reshaped } from "../layout/strided.ts";
import { sizeOf, toAxis } from "../shape.ts";
import { eachOrder, sortable } from "./order.ts";

/**
 * For every line along `axis` the places of its elements in sorted order, equal elements in the order they had.
 * Descending starts with NaN, and keeps the order of equals too.
 */
export function argsortDense(x: Dense, axis: number, descending: boolean): Dense {
  const out = zerosDense(x.shape, "int32");
  const to = out.storage.data;
  const blocks = blocksOf(x.shape, axis);
  eachOrder(sortable(x), blocks, descending, (base, order) => {
    for (let i = 0, at = base; i < blocks.n; i++, at += blocks.after) to[at] = order[i]!;
  });
  return out;
}

/** The elements of `x` with every line along `axis` in the order of its `keys`, equal ones in the order they had; or that backwards. */
export function sortedBy(x: Dense, keys: Int32Array, axis: number, backwards = false): Dense {
  const out = zerosDense(x.shape, x.dtype);
  const from = x.storage.data;
  const to = out.storage.data;
  const blocks = blocksOf(x.shape, axis);
  const { n, after } = blocks;
  eachOrder(keys, blocks, false, (base, order) => {
    for (let i = 0, at = base; i < n; i++, at += after) to[at] = from[base + order[backwards ? n - 1 - i : i]! * after]!;
  });
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
  return fn === "argsort" ? argsortDense(from, along, descending) : sortedBy(from, sortable(from), along, descending);
}
