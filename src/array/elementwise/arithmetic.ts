import type { Given, Places } from "../../base/index.ts";
import { inOrder, refuseSurplus } from "../../base/index.ts";
import type { PrecisionOptions } from "../precision.ts";
import type { ArrayLike } from "../../data/index.ts";
import {
  DATA,
  rowTimes,
  ABS,
  ADD,
  CEIL,
  DIVIDE,
  FLOOR,
  FLOOR_DIVIDE,
  MAXIMUM,
  MINIMUM,
  MULTIPLY,
  NEGATIVE,
  RECIPROCAL,
  REMAINDER,
  SIGN,
  SQUARE,
  SUBTRACT,
  TRUNC,
} from "../../data/index.ts";
import { interpreter } from "../interpreter.ts";
import {
  NDArray,
  asNDArray,
  binary,
  clip as clipBetween,
  matmul as matmulOf,
  power as powerOf,
  unary,
} from "../ndarray.ts";

/**
 * `a + b`, broadcast.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * add([1, 2], [[10], [20]]).tolist() // => [[11, 12], [21, 22]]
 */
export function add(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("add", "x1 x2", arguments);
  return binary(ADD, a, b);
}

/**
 * `a - b`, broadcast.
 *
 * @throws ShapeError naming both shapes if they do not broadcast; TypeError for two bool arrays
 * @example
 * subtract([3, 4], 1).tolist() // => [2, 3]
 */
export function subtract(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("subtract", "x1 x2", arguments);
  return binary(SUBTRACT, a, b);
}

/**
 * `a * b`, broadcast.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * multiply([1, 2, 3], 2).tolist() // => [2, 4, 6]
 */
export function multiply(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("multiply", "x1 x2", arguments);
  return binary(MULTIPLY, a, b);
}

/**
 * `a / b`, broadcast; integers divide as float32. A divisor that is broadcast multiplies by its reciprocal, rounded
 * twice, as XLA rewrites it (jaxlib 0.10.2). Equal shapes divide as in IEEE 754.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * divide(1, 3).item() === Math.fround(1 / 3) // => true
 */
export function divide(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("divide", "x1 x2", arguments);
  return binary(DIVIDE, a, b);
}

/**
 * `a / b` rounded down, broadcast, like Python's `//`. Integers by zero give -1 or -2, as in XLA.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * floorDivide([7, -7], 2).tolist() // => [3, -4]
 */
export function floorDivide(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("floorDivide", "x1 x2", arguments);
  return binary(FLOOR_DIVIDE, a, b);
}

/**
 * The remainder of `a / b` with the sign of `b`, broadcast, like Python's `%`. Integers by zero give 0.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * remainder([7, -7], 3).tolist() // => [1, 2]
 */
export function remainder(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("remainder", "x1 x2", arguments);
  return binary(REMAINDER, a, b);
}

/**
 * `remainder` under Python's other name.
 *
 * @example
 * mod(-7, 3).item() // => 2
 */
export function mod(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("mod", "x1 x2", arguments);
  return binary(REMAINDER, a, b);
}

/**
 * `a` to the power `b`, broadcast.
 *
 * - Two integer arrays give integers, which wrap. Only the low six bits of an exponent count, as in JAX.
 * - A whole JavaScript number as `b` multiplies `a` by itself, as JAX does with a Python integer: `power(x, 2)` is `x *
 *   x`.
 * - Any other exponent is taken in float32, with zeros, infinities and NaN as in C: `power(x, y)` is 1 for `y` 0 and
 *   for `x` 1. A negative base with a fractional exponent gives NaN.
 *
 * Source: JAX 0.10.2 `jnp.power`, `lax.integer_pow`; the float power is our own, within 0.501 ulp, the same on every
 * host (XLA asks the host's C library).
 * @throws ShapeError if the shapes do not broadcast; RangeError for integers to a negative whole number
 * @example
 * power([2, -2, 10], [0.5, 3, -1]).tolist() // => [1.4142135, -8, 0.1]
 * power(jnp.arange(4), 3).tolist() // => [0, 1, 8, 27]
 */
export function power(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("power", "x1 x2", arguments);
  return powerOf(a, b);
}

/**
 * The maximum of `a` and `b`, broadcast. NaN where either is NaN; 0 is above -0.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * maximum([1, 5, NaN], 3).tolist() // => [3, 5, NaN]
 */
export function maximum(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("maximum", "x1 x2", arguments);
  return binary(MAXIMUM, a, b);
}

/**
 * The minimum of `a` and `b`, broadcast. NaN where either is NaN; -0 is below 0.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * minimum([1, 5, NaN], 3).tolist() // => [1, 3, NaN]
 */
export function minimum(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("minimum", "x1 x2", arguments);
  return binary(MINIMUM, a, b);
}

/**
 * `-x`: floats flip the sign, integers wrap. A bool array is a TypeError.
 *
 * @example
 * negative([1, -2]).tolist() // => [-1, 2]
 */
export function negative(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("negative", "x", arguments);
  return unary(NEGATIVE, x);
}

/**
 * The absolute value of each element.
 *
 * @example
 * abs([1, -2]).tolist() // => [1, 2]
 */
export function abs(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("abs", "x", arguments);
  return unary(ABS, x);
}

/**
 * The sign of each element, -1, 0 or 1. Zeros keep their sign, NaN stays.
 *
 * @example
 * sign([3, 0, -0.5]).tolist() // => [1, 0, -1]
 */
export function sign(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("sign", "x", arguments);
  return unary(SIGN, x);
}

/**
 * `x * x`.
 *
 * @example
 * square([1, -3]).tolist() // => [1, 9]
 */
export function square(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("square", "x", arguments);
  const given = asNDArray(x, 'square: "x"');
  return unary(SQUARE, given.dtype === "bool" ? given.astype("int32") : given);
}

/**
 * `1 / x`, rounded once.
 *
 * @example
 * reciprocal([2, 0]).tolist() // => [0.5, Infinity]
 */
export function reciprocal(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("reciprocal", "x", arguments);
  return unary(RECIPROCAL, x);
}

/**
 * The largest whole number not above each element.
 *
 * @example
 * floor([1.5, -1.5]).tolist() // => [1, -2]
 */
export function floor(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("floor", "x", arguments);
  return unary(FLOOR, x);
}

/**
 * The smallest whole number not below each element.
 *
 * @example
 * ceil([1.5, -1.5]).tolist() // => [2, -1]
 */
export function ceil(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("ceil", "x", arguments);
  return unary(CEIL, x);
}

/**
 * Each element rounded towards 0.
 *
 * @example
 * trunc([1.5, -1.5]).tolist() // => [1, -1]
 */
export function trunc(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("trunc", "x", arguments);
  return unary(TRUNC, x);
}

/**
 * Each element rounded to nearest; halves round to even.
 *
 * Source: JAX 0.10.2 `jnp.round`: scaled by a power of ten, rounded, scaled back, each step in the dtype.
 * @param decimals the number of decimals to keep, default 0
 * @example
 * round([0.5, 1.5, -2.5]).tolist() // => [0, 2, -2]
 * round(1234.567, -2).item() // => 1200
 */
export function round(
  x: ArrayLike,
  ...places: Places<[decimals: number, out: null], { readonly decimals?: number }>
): NDArray;
export function round(): NDArray {
  return inOrder(roundOf, arguments, 2, "round a decimals | out:0");
}

function roundOf(x: ArrayLike, decimals = 0): NDArray {
  return asNDArray(x, 'round: "x"').round(decimals);
}

/** The bounds of `clip`; null is none. */
export interface ClipOptions {
  readonly min?: ArrayLike | null;
  readonly max?: ArrayLike | null;
}

/**
 * `x` clipped to `min` and `max`, broadcast: `minimum(maximum(x, min), max)`. NaN stays.
 *
 * @param min the lower bound; `null`, the default, is none
 * @param max the upper bound; `null`, the default, is none
 * @throws ShapeError if the shapes do not broadcast
 * @example
 * clip([-2, 0.5, 9], 0, 1).tolist() // => [0, 0.5, 1]
 * clip([-2, 0.5, 9], 0).tolist() // => [0, 0.5, 9]
 */
export function clip(
  x: ArrayLike,
  ...places: Places<[min: ArrayLike | null, max: ArrayLike | null], ClipOptions>
): NDArray;
export function clip(): NDArray {
  return inOrder(clipOf, arguments, 3, "clip arr min max");
}

function clipOf(x: ArrayLike, min: ArrayLike | null = null, max: ArrayLike | null = null): NDArray {
  return clipBetween(x, min, max);
}

/**
 * The matrix product of `a` [..., i, n] and `b` [..., n, j], the axes before broadcast. An operand with one axis is a
 * row or a column, whose axis the result lacks. Each output is summed over n ascending from 0, each product and sum
 * rounded to float32.
 *
 * @throws ShapeError naming both shapes if the inner sizes differ
 * @example
 * matmul([1, 2], [[1, 2, 3], [4, 5, 6]]).tolist() // => [9, 12, 15]
 */
export function matmul(a: ArrayLike, ...places: Given<[b: ArrayLike], "b", [], PrecisionOptions>): NDArray;
export function matmul(): NDArray {
  return inOrder(productOf, arguments, 2, "matmul a b * precision:p");
}

function productOf(a: ArrayLike, b: ArrayLike): NDArray {
  // A row times a matrix goes straight to the kernel. Through `apply`, a call at 3x4 takes 72 ns instead of 60 (Node
  // 20, 2026-12).
  if (a instanceof Float32Array && a.length > 0 && b instanceof NDArray && interpreter.current === undefined) {
    const w = b[DATA];
    if (w.dtype === "float32" && w.shape.length === 2 && w.shape[0] === a.length) return new NDArray(rowTimes(a, w));
  }
  return matmulOf(a, b);
}
