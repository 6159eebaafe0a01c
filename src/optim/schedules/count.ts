import type { ArrayLike, NDArray } from "../../array/index.ts";
import { asarray } from "../../array/index.ts";
import { describe } from "../../base/index.ts";

/** How many steps were done, as an array: a whole number is an int32, as the counts in states are. */
export function toCount(fn: string, count: ArrayLike): NDArray {
  if (typeof count !== "number") return asarray(count);
  if (Number.isNaN(count)) throw new TypeError(`optax.${fn}: "count" expected a number, got ${describe(count)}`);
  return Number.isInteger(count) ? asarray(count, "int32") : asarray(count);
}

/** A schedule that takes counts of any shape. */
export type ArraySchedule = (count: ArrayLike) => NDArray;

/** @throws RangeError if a number of steps is not above 0 */
export function requireSteps(fn: string, name: string, steps: number): void {
  if (!(steps > 0)) throw new RangeError(`optax.${fn}: "${name}" expected more than 0, got ${describe(steps)}`);
}
