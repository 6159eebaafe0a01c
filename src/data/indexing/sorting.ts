import type { ArrayData } from "../arraydata.ts";
import { zerosData } from "../arraydata.ts";
import { withSize } from "../manipulation/shapes.ts";
import { ASCENDING, DESCENDING, orderData, selectLargest, sortable } from "./order.ts";

/** How `sort` and `argsort` sort. */
export interface SortOptions {
  /** The axis to sort along, the last by default; `null` sorts the flattened array. */
  readonly axis?: number | null;
  /** Largest first, default false. */
  readonly descending?: boolean;
}

/** An order of the elements along an axis. */
export interface Order {
  readonly axis: number;
  readonly descending: boolean;
}

/** The indices of the elements in order along `axis`, int32. Equal elements keep their order; NaN is the largest. */
export function argsortData({ axis, descending }: Order, x: ArrayData): ArrayData {
  return orderData(sortable(x), x.shape, axis, descending ? DESCENDING : ASCENDING);
}

/**
 * The indices of the `k` largest elements along the last axis, int32, largest first. Equal elements keep their order.
 */
export function topKData(k: number, x: ArrayData): ArrayData {
  const axis = x.shape.length - 1;
  const n = x.shape[axis]!;
  const out = zerosData(withSize(x.shape, axis, k), "int32");
  selectLargest(x, n, k, out.storage.data as Int32Array);
  return out;
}
