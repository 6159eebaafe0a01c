import { describe } from "./errors.ts";
import { int } from "./int.ts";

/**
 * A size as a constructor takes it, cast by `int()`.
 *
 * @param name how errors name the argument, `Layer: "arg"` by convention
 * @throws TypeError if it is not a number; RangeError if it is negative or not finite
 */
export function toSize(size: unknown, name: string): number {
  const whole = int(size, name);
  if (whole < 0) throw new RangeError(`${name} expected a size of at least 0, got ${describe(size)}`);
  return whole;
}
