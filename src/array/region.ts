import { hasBrand } from "../base/index.ts";
import type { Storage } from "../data/index.ts";
import { allocation, DATA, keep, plainOf, Region } from "../data/index.ts";
import type { NDArray } from "./ndarray.ts";

export { BufferPool } from "../data/index.ts";

/** A region of arrays: see `Region`. */
export class ArrayRegion extends Region {
  /** Lets an array, if it is of this region, stay: see `Region.leave`. */
  leaveArray(x: NDArray): void {
    const storage = storageOf(x);
    if (storage !== undefined) this.leave(storage);
  }
}

/** The value itself, whose arrays, in lists and plain objects too, outlive all regions. */
export function outliving<T>(value: T): T {
  if (allocation.region !== undefined) keepAll(value);
  return value;
}

function keepAll(value: unknown): void {
  if (hasBrand(value, "NDArray")) {
    const storage = storageOf(value as NDArray);
    if (storage !== undefined) keep(storage);
  } else if (typeof value === "object" && value !== null) {
    if (Array.isArray(value)) value.forEach(keepAll);
    else if (!hasBrand(value, "Key")) Object.values(value).forEach(keepAll);
  }
}

/** The elements of an array that has some of its own. One of a row store has none until it is read. */
function storageOf(x: NDArray): Storage | undefined {
  return Object.hasOwn(x, DATA) ? plainOf(x[DATA]).storage : undefined;
}
