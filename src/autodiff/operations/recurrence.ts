import type { ArrayData, NDArray, Operation } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import { recurrenceData } from "../../data/index.ts";

/** Along an axis, ascending: `y[i] = b[i] + a[i] * y[i - 1]`. */
export const RECURRENCE: Operation<number, [a: ArrayData, b: ArrayData]> = {
  name: "recurrence",
  forward: recurrenceData,
};

/** `y[i] = b[i] + a[i] * y[i - 1]` along `axis`, ascending; the first element is that of `b`. */
export function recurrence(a: NDArray, b: NDArray, axis: number): NDArray {
  return apply(RECURRENCE, axis, a[DATA], b[DATA]);
}
