import { refuseSurplus } from "../base/index.ts";
import type { NDArray } from "../array/index.ts";
import { add, asarray, less, where, zeros } from "../array/index.ts";
import { beside } from "./operands.ts";

const MAX = 2 ** 31 - 1;

/** The count before the first step, int32. */
export function zeroCount(): NDArray {
  return zeros([], "int32");
}

/**
 * A count and one, int32; the greatest count stays.
 *
 * Source: optax 0.2.8 `optax/_src/numerics.py` (`safe_increment`).
 * @throws TypeError if the count is no array
 * @example
 * optax.safeIncrement(jnp.array([0, 2147483647], "int32")).tolist() // => [1, 2147483647]
 */
export function safeIncrement(count: NDArray): NDArray {
  if (arguments.length > 1) refuseSurplus("optax.safeIncrement", "count", arguments, false);
  const n = asarray(beside("safeIncrement", "count", count), "int32");
  return where(less(n, MAX), add(n, 1), n);
}
