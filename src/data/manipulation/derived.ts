import type { Storage } from "../access.ts";
import { isImmutable, outsideRegions } from "../access.ts";
import type { ArrayData } from "../arraydata.ts";
import { WidenedStorage, widenedData } from "../widened.ts";
import { keepsOrder, permuted } from "./strided.ts";

/**
 * `permuted` for a weight that is used many times. The reordered copy is cached from its second use on, while the
 * weight's elements are alive and immutable.
 */
export function permutedWeight(x: ArrayData, axes: readonly number[]): ArrayData {
  const { shape, storage } = x;
  if (storage instanceof WidenedStorage)
    return widenedData(permutedWeight({ shape, dtype: storage.format, storage: storage.source }, axes));
  return keepsOrder(x.shape, axes)
    ? permuted(x, axes)
    : derived(x, `axes ${axes.join()} of ${x.shape.join()}`, () => permuted(x, axes));
}

/** Cache: storage -> description -> derived array. null: seen once, not cached yet. */
const kept = new WeakMap<Storage, Map<string, ArrayData | null>>();

/**
 * The result of `make` for the elements of `x`, cached from the second time on. A storage whose elements were exposed
 * may change at any time, so its results are never cached; nor are those of a region's arrays, which end with it.
 */
export function derived(x: ArrayData, what: string, make: () => ArrayData): ArrayData {
  const { storage } = x;
  if (!isImmutable(storage)) {
    kept.delete(storage);
    return make();
  }
  let made = kept.get(storage);
  if (made === undefined) kept.set(storage, (made = new Map()));
  const found = made.get(what);
  if (found) return found;
  const result = outsideRegions(make);
  made.set(what, found === undefined ? null : result);
  return result;
}
