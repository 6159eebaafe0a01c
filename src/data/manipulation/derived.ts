import type { ArrayData, Storage } from "../arraydata.ts";
import { keepsOrder, permuted } from "./strided.ts";

/**
 * `permuted` for a weight that comes again and again: the reordered copy is kept from its second use on, for as long
 * as the weight's elements live and nobody can write to them.
 */
export function permutedWeight(x: ArrayData, axes: readonly number[]): ArrayData {
  return keepsOrder(x.shape, axes)
    ? permuted(x, axes)
    : derived(x, `axes ${axes.join()} of ${x.shape.join()}`, () => permuted(x, axes));
}

/** What was made of each storage, by what was made; null where it was made once and not kept. */
const kept = new WeakMap<Storage, Map<string, ArrayData | null>>();

/**
 * What `make` makes of the elements of `x`, kept from the second time on.
 *
 * A storage whose elements were handed out may change at any time: what is made of it is made afresh.
 */
export function derived(x: ArrayData, what: string, make: () => ArrayData): ArrayData {
  const { storage } = x;
  if (storage.exposed) {
    kept.delete(storage);
    return make();
  }
  let made = kept.get(storage);
  if (made === undefined) kept.set(storage, (made = new Map()));
  const found = made.get(what);
  if (found) return found;
  const result = make();
  made.set(what, found === undefined ? null : result);
  return result;
}
