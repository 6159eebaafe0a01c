import { refuseSurplus } from "../base/index.ts";
import type { NDArray } from "../array/index.ts";
import { add, asarray, finfo, iinfo, isFloat, less, where, zeros } from "../array/index.ts";
import { checkOperand } from "./operands.ts";
import { toCount } from "./schedules/count.ts";

/** The count before the first step, int32. */
export function zeroCount(): NDArray {
  return zeros([], "int32");
}

/**
 * A count and one, of the dtype of the count; the greatest number of the dtype stays. A whole JavaScript number is an
 * int32.
 *
 * Source: optax 0.2.8 `optax/_src/numerics.py` (`safe_increment`).
 * @throws TypeError if the count is not an array, or of bools
 * @example
 * optax.safeIncrement(jnp.array([0, 2147483647], "int32")).tolist() // => [1, 2147483647]
 * optax.safeIncrement(jnp.array([7, 255], "uint8")).tolist() // => [8, 255]
 */
export function safeIncrement(count: NDArray): NDArray {
  if (arguments.length > 1) refuseSurplus("optax.safeIncrement", "count", arguments, false);
  const n = toCount("safeIncrement", checkOperand("safeIncrement", "count", count));
  if (n.dtype === "bool") throw new TypeError('optax.safeIncrement: "count" expected numbers, got bools');
  const { max } = isFloat(n.dtype) ? finfo(n.dtype) : iinfo(n.dtype);
  return where(less(n, max), add(n, 1), asarray(max, n.dtype));
}
