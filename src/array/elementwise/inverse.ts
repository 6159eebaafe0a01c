/**
 * Inverse trigonometric and hyperbolic functions, float32 (or the 16-bit float given). Each is our own, within 0.501
 * ulp and the same on every host: XLA asks the host's C library or expands it in float32.
 */
import { refuseSurplus } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { ACOS, ACOSH, ASIN, ASINH, ATAN, ATAN2, ATANH, CBRT, COSH, SINH } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { binary, unary } from "../ndarray.ts";

/**
 * The arc sine of each element in radians, from -pi / 2 to pi / 2; NaN outside [-1, 1].
 *
 * @example
 * arcsin([0, 0.5, 1]).tolist() // => [0, 0.5235988, 1.5707964]
 */
export function arcsin(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("arcsin", "x", arguments);
  return unary(ASIN, x);
}

/**
 * The arc cosine of each element in radians, from 0 to pi; NaN outside [-1, 1].
 *
 * @example
 * arccos([1, 0.5, -1]).tolist() // => [0, 1.0471976, 3.1415927]
 */
export function arccos(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("arccos", "x", arguments);
  return unary(ACOS, x);
}

/**
 * The arc tangent of each element in radians, from -pi / 2 to pi / 2.
 *
 * @example
 * arctan([0, 1, -Infinity]).tolist() // => [0, 0.7853982, -1.5707964]
 */
export function arctan(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("arctan", "x", arguments);
  return unary(ATAN, x);
}

/**
 * The hyperbolic sine of each element.
 *
 * @example
 * sinh([0, 1, -1]).tolist() // => [0, 1.1752012, -1.1752012]
 */
export function sinh(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("sinh", "x", arguments);
  return unary(SINH, x);
}

/**
 * The hyperbolic cosine of each element.
 *
 * @example
 * cosh([0, 1, -1]).tolist() // => [1, 1.5430807, 1.5430807]
 */
export function cosh(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("cosh", "x", arguments);
  return unary(COSH, x);
}

/**
 * The inverse of the hyperbolic sine of each element.
 *
 * @example
 * arcsinh([0, 1, -1]).tolist() // => [0, 0.8813736, -0.8813736]
 */
export function arcsinh(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("arcsinh", "x", arguments);
  return unary(ASINH, x);
}

/**
 * The inverse of the hyperbolic cosine of each element; NaN below 1.
 *
 * @example
 * arccosh([1, 2]).tolist() // => [0, 1.316958]
 */
export function arccosh(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("arccosh", "x", arguments);
  return unary(ACOSH, x);
}

/**
 * The inverse of the hyperbolic tangent of each element: infinite at -1 and 1, NaN outside.
 *
 * @example
 * arctanh([0, 0.5, 1]).tolist() // => [0, 0.54930615, Infinity]
 */
export function arctanh(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("arctanh", "x", arguments);
  return unary(ATANH, x);
}

/**
 * The cube root of each element.
 *
 * @example
 * cbrt([27, -8]).tolist() // => [3, -2]
 */
export function cbrt(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("cbrt", "x", arguments);
  return unary(CBRT, x);
}

/**
 * The angle in radians of the points (x2, x1), from -pi to pi, broadcast: the arc tangent of x1 / x2 in the right
 * quadrant. Zeros, infinities and NaN as in C99.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * arctan2([1, -1, 0], [1, -1, -1]).tolist() // => [0.7853982, -2.3561945, 3.1415927]
 */
export function arctan2(x1: ArrayLike, x2: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("arctan2", "x1 x2", arguments);
  return binary(ATAN2, x1, x2);
}
