import type { ArrayData } from "../arraydata.ts";
import { zerosData } from "../arraydata.ts";
import { withSize } from "../manipulation/shapes.ts";
import { ASCENDING, DESCENDING, orderData, rankable, selector, sortable } from "./order.ts";

/** How `sort` and `argsort` sort. */
export interface SortOptions {
  /** The axis to sort along, the last by default; `null` sorts all elements in a row. */
  readonly axis?: number | null;
  /** From the greatest, default false. */
  readonly descending?: boolean;
}

/** An order of the elements along an axis. */
export interface Order {
  readonly axis: number;
  readonly descending: boolean;
}

/** The places of the elements in order along `axis`, int32, equal elements in the order they have; NaN is the greatest. */
export function argsortData({ axis, descending }: Order, x: ArrayData): ArrayData {
  return orderData(sortable(x), x.shape, axis, descending ? DESCENDING : ASCENDING);
}

/** The places of the `k` greatest elements along the last axis, greatest first, of equal ones the first; int32. */
export function topKData(k: number, x: ArrayData): ArrayData {
  const axis = x.shape.length - 1;
  const n = x.shape[axis]!;
  const keys = rankable(x);
  const out = zerosData(withSize(x.shape, axis, k), "int32");
  const to = out.storage.data;
  const select = selector(keys.length === 0 ? 0 : n, k);
  for (let start = 0, at = 0; at < to.length; start += n) {
    const places = select(keys, start);
    for (let i = 0; i < k; i++) to[at++] = places[i]!;
  }
  return out;
}
