import { describe } from "./errors.ts";

/**
 * The one cast at the boundary: counts, sizes, axes and seeds come as JavaScript numbers and are truncated toward zero,
 * as by Python's `int()`.
 *
 * @param x a finite number; a bigint is taken where a number holds it exactly
 * @param name how the error names the argument, `fn: "arg"` by convention
 * @returns an integer of magnitude at most 2^53 - 1, never -0
 * @throws TypeError if `x` is not a number (strings, booleans and null included)
 * @throws RangeError if `x` is NaN, infinite, or beyond 2^53 - 1
 * @example
 * int(5.7) // => 5
 * int(-0.5) // => 0
 */
export function int(x: unknown, name = 'int: "x"'): number {
  if (typeof x === "number") {
    const truncated = Math.trunc(x) + 0;
    if (Number.isSafeInteger(truncated)) return truncated;
    throw integerError(x, name, Number.isFinite(x) ? MAGNITUDE : "a finite number");
  }
  if (typeof x === "bigint") {
    const number = Number(x);
    if (Number.isSafeInteger(number)) return number;
    throw integerError(x, name, MAGNITUDE);
  }
  throw new TypeError(`${name} expected a number, got ${describe(x)}`);
}

const MAGNITUDE = "an integer of magnitude below 2^53";

function integerError(x: number | bigint, name: string, expected: string): RangeError {
  return new RangeError(`${name} expected ${expected}, got ${describe(x)}`);
}
