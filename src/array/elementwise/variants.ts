/** Elementwise functions of numpy that others here express. */
import type { Given, Places } from "../../base/index.ts";
import { inOrder, refuseSurplus } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { isFloat } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { resultType } from "../info.ts";
import { castTo } from "../scalar.ts";
import { abs, floorDivide, power, remainder, round, trunc } from "./arithmetic.ts";
import { equal, greater, isinf, isnan, less, logicalAnd, logicalOr, notEqual, where } from "./comparison.ts";
import { logaddexp, signbit } from "./compound.ts";
import { floating, floatingPair, sin } from "./elementary.ts";

const { LN2, PI } = Math;

/**
 * The absolute value of each element, a float: integers become float32.
 *
 * @example
 * fabs([1, -2]).tolist() // => [1, 2]
 */
export function fabs(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("fabs", "x", arguments);
  return abs(floating(x, 'fabs: "x"'));
}

/**
 * `+x`: each element as it is.
 *
 * @example
 * positive([1, -2]).tolist() // => [1, -2]
 */
export function positive(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("positive", "x", arguments);
  return asNDArray(x, 'positive: "x"');
}

/**
 * The nearest whole number to each element, halves to the even one; integers become float32.
 *
 * @example
 * rint([0.5, 1.5, -2.2]).tolist() // => [0, 2, -2]
 */
export function rint(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("rint", "x", arguments);
  return round(floating(x, 'rint: "x"'));
}

/**
 * The greater of `a` and `b`, broadcast; the other where one is NaN.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * fmax([1, NaN, 3], 2).tolist() // => [2, 2, 3]
 */
export function fmax(a: ArrayLike, ...places: Given<[b: ArrayLike], "x2">): NDArray;
export function fmax(): NDArray {
  return inOrder(fmaxOf, arguments, 2, "fmax x1 x2");
}

function fmaxOf(a: ArrayLike, b: ArrayLike): NDArray {
  return where(logicalOr(greater(a, b), isnan(b)), a, b);
}

/**
 * The lesser of `a` and `b`, broadcast; the other where one is NaN.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * fmin([1, NaN, 3], 2).tolist() // => [1, 2, 2]
 */
export function fmin(a: ArrayLike, ...places: Given<[b: ArrayLike], "x2">): NDArray;
export function fmin(): NDArray {
  return inOrder(fminOf, arguments, 2, "fmin x1 x2");
}

function fminOf(a: ArrayLike, b: ArrayLike): NDArray {
  return where(logicalOr(less(a, b), isnan(b)), a, b);
}

/**
 * The remainder of `a / b` with the sign of `a`, broadcast, as C's `fmod`. Integers modulo 0 give 0, floats NaN.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * fmod([7, -7], 3).tolist() // => [1, -1]
 */
export function fmod(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("fmod", "x1 x2", arguments);
  const dtype = resultType(a, b);
  const common = dtype === "bool" ? "int32" : dtype;
  const x = castTo(a, common, 'fmod: "a"');
  const y = castTo(b, common, 'fmod: "b"');
  if (isFloat(common)) {
    const isNegative = signbit(x);
    // Unlike abs this has the derivative -1 at -0, and 1 at NaN.
    const rest = remainder(where(isNegative, x.neg(), x), abs(y));
    return where(isNegative, rest.neg(), rest);
  }
  const divisor = where(y.eq(0), 1, y);
  const rest = remainder(x, divisor);
  return where(logicalAnd(rest.ne(0), notEqual(rest.lt(0), x.lt(0))), rest.sub(divisor), rest);
}

/**
 * 0 below zero, 1 above, and `atZero` at zero; NaN stays. Floats.
 *
 * @example
 * heaviside([-1, 0, 2], 0.5).tolist() // => [0, 0.5, 1]
 */
export function heaviside(x: ArrayLike, atZero: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("heaviside", "x1 x2", arguments);
  const [given, middle] = floatingPair(x, atZero, "heaviside", "x", "atZero");
  return where(given.lt(0), 0, where(given.gt(0), 1, where(isnan(given), given, middle)));
}

/**
 * `floorDivide(a, b)` and `remainder(a, b)`.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * divmod(7, 3).map((part) => part.item()) // => [2, 1]
 */
export function divmod(a: ArrayLike, b: ArrayLike): [quotient: NDArray, rest: NDArray] {
  if (arguments.length > 2) refuseSurplus("divmod", "x1 x2", arguments);
  return [floorDivide(a, b), remainder(a, b)];
}

/**
 * The fraction and the whole part of each element, both with its sign, floats. The fraction of an infinity is NaN.
 *
 * @example
 * modf([1.5, -2.25]).map((part) => part.tolist()) // => [[0.5, -0.25], [1, -2]]
 */
export function modf(
  x: ArrayLike,
  ...places: Places<[out: null], { readonly out?: null }>
): [fraction: NDArray, whole: NDArray];
export function modf(): [fraction: NDArray, whole: NDArray] {
  return inOrder(modfOf, arguments, 1, "modf x | out:0");
}

function modfOf(x: ArrayLike): [fraction: NDArray, whole: NDArray] {
  const given = floating(x, 'modf: "x"');
  const whole = trunc(given);
  return [given.sub(whole), whole];
}

/**
 * Where `x` is -Infinity, bool.
 *
 * @example
 * isneginf([-Infinity, Infinity, 0]).tolist() // => [true, false, false]
 */
export function isneginf(x: ArrayLike, ...places: Places<[out: null], { readonly out?: null }>): NDArray;
export function isneginf(): NDArray {
  return inOrder(isneginfOf, arguments, 1, "isneginf x | out:0");
}

function isneginfOf(x: ArrayLike): NDArray {
  return logicalAnd(isinf(x), signbit(floating(x, 'isneginf: "x"')));
}

/**
 * Where `x` is Infinity, bool.
 *
 * @example
 * isposinf([-Infinity, Infinity, 0]).tolist() // => [false, true, false]
 */
export function isposinf(x: ArrayLike, ...places: Places<[out: null], { readonly out?: null }>): NDArray;
export function isposinf(): NDArray {
  return inOrder(isposinfOf, arguments, 1, "isposinf x | out:0");
}

function isposinfOf(x: ArrayLike): NDArray {
  return equal(floating(x, 'isposinf: "x"'), Infinity);
}

/**
 * log2(2^a + 2^b), broadcast, a float.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/ufuncs.py` (`logaddexp2`).
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * logaddexp2(0, [0, 100]).tolist() // => [1, 100]
 */
export function logaddexp2(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("logaddexp2", "x1 x2", arguments);
  const [x, y] = floatingPair(a, b, "logaddexp2");
  return logaddexp(x.mul(LN2), y.mul(LN2)).div(LN2);
}

/**
 * `a` to the power `b`, broadcast, in floats: integers become float32 first.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * floatPower([2, 3], -1).tolist() // => [0.5, 0.33333334]
 */
export function floatPower(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("floatPower", "x y", arguments);
  return power(...floatingPair(a, b, "floatPower"));
}

/**
 * sin(pi x) / (pi x) of each element, 1 at 0, a float.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/ufuncs.py` (`sinc`); within 2 ulp of it.
 * @example
 * sinc([0, 0.5]).tolist() // => [1, 0.63661975]
 */
export function sinc(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("sinc", "x", arguments);
  const given = floating(x, 'sinc: "x"');
  const angle = given.mul(PI);
  const isZero = given.eq(0);
  // At 0 the series, for the sake of second derivatives; else a divisor that is never 0.
  return where(isZero, angle.mul(angle).div(-6).add(1), sin(angle).div(where(isZero, 1, angle)));
}

/**
 * The greatest common divisor of integers `a` and `b`, broadcast, never negative.
 *
 * @throws TypeError if one is not an integer array
 * @example
 * gcd([12n, -18n], 8).tolist() // => [4, 2]
 */
export function gcd(a: ArrayLike, ...places: Given<[b: ArrayLike], "x2">): NDArray;
export function gcd(): NDArray {
  return inOrder(gcdOf, arguments, 2, "gcd x1 x2");
}

function gcdOf(a: ArrayLike, b: ArrayLike): NDArray {
  let [x, y] = integerPair(a, b, "gcd");
  x = abs(x).add(y.mul(0));
  y = abs(y).add(x.mul(0));
  while (y.any().item() !== 0) {
    const isDone = y.eq(0);
    [x, y] = [where(isDone, x, y), where(isDone, 0, remainder(x, where(isDone, 1, y)))];
  }
  return x;
}

/**
 * The least common multiple of integers `a` and `b`, broadcast, never negative; 0 where one is 0.
 *
 * @throws TypeError if one is not an integer array
 * @example
 * lcm([4n, 0n], 6).tolist() // => [12, 0]
 */
export function lcm(a: ArrayLike, ...places: Given<[b: ArrayLike], "x2">): NDArray;
export function lcm(): NDArray {
  return inOrder(lcmOf, arguments, 2, "lcm x1 x2");
}

function lcmOf(a: ArrayLike, b: ArrayLike): NDArray {
  const [x, y] = integerPair(a, b, "lcm").map((n) => abs(n)) as [NDArray, NDArray];
  const divisor = gcd(x, y);
  return where(logicalOr(x.eq(0), y.eq(0)), 0, x.mul(floorDivide(y, where(divisor.eq(0), 1, divisor))));
}

/** Both as arrays. A whole number is weak: it takes the dtype of the other side. */
function integerPair(a: ArrayLike, b: ArrayLike, fn: string): [NDArray, NDArray] {
  if (Number.isInteger(a) && Number.isInteger(b)) return integerPair(BigInt(a as number), BigInt(b as number), fn);
  if (Number.isInteger(b)) {
    const x = integers(a, fn, "a");
    return [x, castTo(b, x.dtype, `${fn}: "b"`)];
  }
  const y = integers(b, fn, "b");
  return [Number.isInteger(a) ? castTo(a, y.dtype, `${fn}: "a"`) : integers(a, fn, "a"), y];
}

function integers(x: ArrayLike, fn: string, name: string): NDArray {
  const given = asNDArray(x, `${fn}: "${name}"`);
  if (isFloat(given.dtype) || given.dtype === "bool")
    throw new TypeError(
      `${fn}: "${name}" expected integers, got ${given.dtype}. Cast it with .astype("int32"), or pass bigints`,
    );
  return given;
}
