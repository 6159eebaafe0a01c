import { hasBrand } from "../base/index.ts";
import type { Storage } from "../data/index.ts";
import { allocation, DATA, holding, keep, plainOf, Region, share } from "../data/index.ts";
import type { NDArray } from "./ndarray.ts";

export { BufferPool } from "../data/index.ts";

/** A region of arrays: see `Region`. */
export class ArrayRegion extends Region {
  /**
   * Lets an array, if it is of this region, stay: see `Region.leave`.
   *
   * @param holder the Variable whose value it is
   */
  leaveArray(x: NDArray, holder?: object): void {
    const storage = storageOf(x);
    if (storage !== undefined) this.leave(storage, holder);
  }
}

/** `value`, which is now that of `holder`, a Variable, in place of `before`. Its arrays outlive all regions. */
export function valueFor<T>(holder: object, value: T, before: unknown): T {
  const region = allocation.region as Region | undefined;
  if (region === undefined) return value;
  const [next, old] = [storageIn(value), storageIn(before)];
  if (next === undefined) keepAll(value);
  else region.settle(next, holder);
  if (old !== undefined && old !== next) region.retire(old, holder);
  return value;
}

/** `value`, that of a Variable, for whoever asks. Outside of regions it may be kept, so that others have it too. */
export function seen<T>(value: T): T {
  return holding.on && allocation.region === undefined ? unheld(value) : value;
}

/** `value`, which nobody holds alone from now on. */
export function unheld<T>(value: T): T {
  const storage = holding.on ? storageIn(value) : undefined;
  if (storage !== undefined) share(storage);
  return value;
}

/** The value itself, whose arrays, in lists and plain objects too, outlive all regions. */
export function outliving<T>(value: T): T {
  if (allocation.region !== undefined) keepAll(value);
  return value;
}

function keepAll(value: unknown): void {
  if (hasBrand(value, "NDArray")) {
    const storage = storageOf(value as NDArray);
    if (storage === undefined) return;
    share(storage);
    keep(storage);
  } else if (typeof value === "object" && value !== null) {
    if (Array.isArray(value)) value.forEach(keepAll);
    else if (!hasBrand(value, "Key")) Object.values(value).forEach(keepAll);
  }
}

function storageIn(value: unknown): Storage | undefined {
  return hasBrand(value, "NDArray") ? storageOf(value as NDArray) : undefined;
}

/** The elements of an array that has some of its own. One of a row store has none until it is read. */
function storageOf(x: NDArray): Storage | undefined {
  return Object.hasOwn(x, DATA) ? plainOf(x[DATA]).storage : undefined;
}
