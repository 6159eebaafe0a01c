import { refuseSurplus } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { BITWISE_AND, BITWISE_OR, BITWISE_XOR, LEFT_SHIFT, RIGHT_SHIFT, scalarData, toData } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, binary } from "../ndarray.ts";

/**
 * Bitwise `a & b`, broadcast, of integers or bools.
 *
 * @throws ShapeError naming both shapes if they do not broadcast; TypeError for floats
 * @example
 * bitwiseAnd(jnp.arange(4), 2).tolist() // => [0, 0, 2, 2]
 */
export function bitwiseAnd(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("bitwiseAnd", "x1 x2", arguments);
  return binary(BITWISE_AND, a, b);
}

/**
 * Bitwise `a | b`, broadcast, of integers or bools.
 *
 * @throws ShapeError naming both shapes if they do not broadcast; TypeError for floats
 * @example
 * bitwiseOr(jnp.arange(4), 2).tolist() // => [2, 3, 2, 3]
 */
export function bitwiseOr(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("bitwiseOr", "x1 x2", arguments);
  return binary(BITWISE_OR, a, b);
}

/**
 * Bitwise `a ^ b`, broadcast, of integers or bools.
 *
 * @throws ShapeError naming both shapes if they do not broadcast; TypeError for floats
 * @example
 * bitwiseXor(jnp.arange(4), 2).tolist() // => [2, 3, 0, 1]
 */
export function bitwiseXor(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("bitwiseXor", "x1 x2", arguments);
  return binary(BITWISE_XOR, a, b);
}

/**
 * Bitwise `~x`, of integers or bools.
 *
 * @throws TypeError for floats
 * @example
 * bitwiseNot(jnp.arange(3)).tolist() // => [-1, -2, -3]
 * bitwiseNot([true, false]).tolist() // => [false, true]
 */
export function bitwiseNot(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("bitwiseNot", "x", arguments);
  const given = toData(x, 'bitwiseNot: "x"');
  return apply(BITWISE_XOR, undefined, given, scalarData(given.dtype, given.dtype === "bool" ? 1 : -1));
}

/**
 * `a << b`, broadcast, of integers. A shift by the width or more, or by less than 0, gives 0.
 *
 * @throws ShapeError naming both shapes if they do not broadcast; TypeError for floats
 * @example
 * leftShift(jnp.arange(4), 2).tolist() // => [0, 4, 8, 12]
 */
export function leftShift(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("leftShift", "x y", arguments);
  return binary(LEFT_SHIFT, a, b);
}

/**
 * `a >> b`, broadcast, of integers. Signed integers keep their sign.
 *
 * @throws ShapeError naming both shapes if they do not broadcast; TypeError for floats
 * @example
 * rightShift([8n, -8n], 2).tolist() // => [2, -2]
 */
export function rightShift(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("rightShift", "x1 x2", arguments);
  return binary(RIGHT_SHIFT, a, b);
}
