import type { ArrayData } from "../arraydata.ts";
import { zerosData } from "../arraydata.ts";
import { blocksOf, flipData } from "../layout/layout.ts";
import { reshaped } from "../layout/strided.ts";
import { sizeOf, toAxis } from "../shape.ts";
import { ASCENDING, DESCENDING, orderData, sortable } from "./order.ts";

/** The elements of every line along `axis` at the places `index` has for it: `index` has `x`'s shape save along `axis`. */
export function pickAlong(x: ArrayData, index: ArrayData, axis: number): ArrayData {
  const out = zerosData(index.shape, x.dtype);
  const to = out.storage.data;
  const from = x.storage.data;
  const places = index.storage.data;
  const { n, after } = blocksOf(x.shape, axis);
  const m = index.shape[axis]!;
  for (let base = 0, at = 0; at < to.length; base += n * after) {
    for (let i = 0; i < m; i++) for (let j = 0; j < after; j++, at++) to[at] = from[base + places[at]! * after + j]!;
  }
  return out;
}

/** How `sort` and `argsort` sort. */
export interface SortOptions {
  /** The axis to sort along, the last by default; `null` sorts all elements in a row. */
  readonly axis?: number | null;
  /** From the greatest, default false. */
  readonly descending?: boolean;
}

/**
 * `sort`, or the places it takes the elements from. Descending places start with NaN too, but keep equal elements in the
 * order they had.
 */
export function sortData(
  x: ArrayData,
  { axis = -1, descending = false }: SortOptions,
  fn: "sort" | "argsort",
): ArrayData {
  const from = axis === null ? reshaped(x, [sizeOf(x.shape)]) : x;
  const along = toAxis(axis ?? 0, from.shape.length, `${fn}: "axis"`);
  const sorts = fn === "sort";
  const order = orderData(sortable(from), from.shape, along, descending && !sorts ? DESCENDING : ASCENDING);
  if (!sorts) return order;
  const sorted = pickAlong(from, order, along);
  return descending ? flipData(sorted, [along]) : sorted;
}
