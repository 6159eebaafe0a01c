import { describe } from "../../base/index.ts";

/**
 * The probability with which elements are dropped.
 *
 * @param name the function and the argument, for errors: `nnx.Dropout: "rate"`
 * @throws TypeError if `rate` is not a number; RangeError if it is not from 0 to 1
 */
export function toDropoutRate(rate: unknown, name: string): number {
  if (typeof rate !== "number") throw new TypeError(`${name} expected a number, got ${describe(rate)}`);
  if (rate >= 0 && rate <= 1) return rate;
  throw new RangeError(`${name} expected a number from 0 to 1, got ${describe(rate)}`);
}
