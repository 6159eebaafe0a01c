import type { NDArray, ShapeLike } from "../../array/index.ts";
import { describe } from "../../base/index.ts";
import type { FloatDType, KeyLike } from "../../random/index.ts";

/** Makes the first values of a weight: `init(key, shape)`. */
export type Initializer = (key: KeyLike, shape: ShapeLike, dtype?: FloatDType) => NDArray;

/**
 * `x`, which must be a number.
 *
 * @param name how the error names the argument, `fn: "arg"` by convention
 * @throws TypeError if it is none
 */
export function toNumber(x: unknown, name: string): number {
  if (typeof x !== "number") throw new TypeError(`${name} expected a number, got ${describe(x)}`);
  return x;
}
