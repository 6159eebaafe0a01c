import type { Given, Places } from "../../base/index.ts";
import { assertOrder, inOrder, refuseSurplus } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import {
  BITWISE_AND,
  BITWISE_OR,
  BITWISE_XOR,
  DATA,
  EQUAL,
  GREATER,
  GREATER_EQUAL,
  LESS,
  LESS_EQUAL,
  NOT_EQUAL,
  isFloat,
  sameShape,
  scalarData,
  toData,
  toOperand,
} from "../../data/index.ts";
import { nonzero } from "../indexing/nonzero.ts";
import { finfo } from "../info.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, asNDArray, binary, unary } from "../ndarray.ts";
import { ISCLOSE, ISFINITE, ISINF, ISNAN, NAN_TO_NUM, WHERE } from "../operations/elementwise.ts";
import { castTo } from "../scalar.ts";

/**
 * Where `a === b`, broadcast, bool. Zeros of either sign are equal, NaN is equal to nothing.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * equal([1, 2], [1, 3]).tolist() // => [true, false]
 */
export function equal(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("equal", "x y", arguments);
  return binary(EQUAL, a, b);
}

/**
 * Where `a !== b`, broadcast, bool. NaN differs from everything.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * notEqual([1, 2], [1, 3]).tolist() // => [false, true]
 */
export function notEqual(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("notEqual", "x y", arguments);
  return binary(NOT_EQUAL, a, b);
}

/**
 * Where `a < b`, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * less([1, 2], 2).tolist() // => [true, false]
 */
export function less(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("less", "x y", arguments);
  return binary(LESS, a, b);
}

/**
 * Where `a <= b`, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * lessEqual([1, 2, 3], 2).tolist() // => [true, true, false]
 */
export function lessEqual(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("lessEqual", "x y", arguments);
  return binary(LESS_EQUAL, a, b);
}

/**
 * Where `a > b`, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * greater([1, 2, 3], 2).tolist() // => [false, false, true]
 */
export function greater(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("greater", "x y", arguments);
  return binary(GREATER, a, b);
}

/**
 * Where `a >= b`, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * greaterEqual([1, 2, 3], 2).tolist() // => [false, true, true]
 */
export function greaterEqual(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("greaterEqual", "x y", arguments);
  return binary(GREATER_EQUAL, a, b);
}

/**
 * Where both `a` and `b` are not 0, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * logicalAnd([true, true], [true, false]).tolist() // => [true, false]
 */
export function logicalAnd(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("logicalAnd", "x1 x2", arguments);
  return binary(BITWISE_AND, truth(a, 'logicalAnd: "a"'), truth(b, 'logicalAnd: "b"'));
}

/**
 * Where `a` or `b` is not 0, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * logicalOr([0, 2], [0, 0]).tolist() // => [false, true]
 */
export function logicalOr(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("logicalOr", "x1 x2", arguments);
  return binary(BITWISE_OR, truth(a, 'logicalOr: "a"'), truth(b, 'logicalOr: "b"'));
}

/**
 * Where exactly one of `a` and `b` is not 0, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * logicalXor([true, true], [true, false]).tolist() // => [false, true]
 */
export function logicalXor(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("logicalXor", "x1 x2", arguments);
  return binary(BITWISE_XOR, truth(a, 'logicalXor: "a"'), truth(b, 'logicalXor: "b"'));
}

/**
 * Where `x` is 0, bool.
 *
 * @example
 * logicalNot([0, 2]).tolist() // => [true, false]
 */
export function logicalNot(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("logicalNot", "x", arguments);
  return apply(BITWISE_XOR, undefined, truth(x, 'logicalNot: "x"')[DATA], scalarData("bool", 1));
}

function truth(x: ArrayLike, name: string): NDArray {
  return asNDArray(x, name).astype("bool");
}

/**
 * Where `x` is NaN, bool.
 *
 * @example
 * isnan([1, NaN]).tolist() // => [false, true]
 */
export function isnan(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("isnan", "x", arguments);
  return unary(ISNAN, x);
}

/**
 * Where `x` is an infinity, bool.
 *
 * @example
 * isinf([1, -Infinity, NaN]).tolist() // => [false, true, false]
 */
export function isinf(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("isinf", "x", arguments);
  return unary(ISINF, x);
}

/**
 * Where `x` is neither NaN nor an infinity, bool.
 *
 * @example
 * isfinite([1, -Infinity, NaN]).tolist() // => [true, false, false]
 */
export function isfinite(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("isfinite", "x", arguments);
  return unary(ISFINITE, x);
}

/** What `nanToNum` puts in the place of NaN and infinities: numbers, or arrays that broadcast with it. */
export interface NanToNumOptions {
  /** For NaN, default 0. */
  readonly nan?: ArrayLike;
  /** For Infinity, default the maximum of the dtype. */
  readonly posinf?: ArrayLike | null;
  /** For -Infinity, default the minimum of the dtype. */
  readonly neginf?: ArrayLike | null;
}

/**
 * `x` with NaN and infinities replaced by numbers. Integers stay as they are.
 *
 * @example
 * nanToNum([1, NaN, Infinity], { posinf: 9 }).tolist() // => [1, 0, 9]
 */
export function nanToNum(
  x: ArrayLike,
  ...places: Places<
    [copy: boolean, nan: ArrayLike, posinf: ArrayLike | null, neginf: ArrayLike | null],
    NanToNumOptions
  >
): NDArray;
export function nanToNum(): NDArray {
  return inOrder(nanToNumOf, arguments, 1, "nanToNum x | copy:b nan posinf neginf");
}

function nanToNumOf(x: ArrayLike, options: NanToNumOptions = {}): NDArray {
  const given = asNDArray(x, 'nanToNum: "x"');
  if (!isFloat(given.dtype)) return given;
  const greatest = finfo(given.dtype).max;
  const nan = options.nan ?? 0;
  const posinf = options.posinf ?? greatest;
  const neginf = options.neginf ?? -greatest;
  if (typeof nan === "number" && typeof posinf === "number" && typeof neginf === "number")
    return apply(NAN_TO_NUM, { nan, posinf, neginf }, given[DATA]);
  const cast = (value: ArrayLike, name: string): NDArray => castTo(value, given.dtype, `nanToNum: "${name}"`);
  const numbers = where(isnan(given), cast(nan, "nan"), given);
  const below = where(numbers.eq(Infinity), cast(posinf, "posinf"), numbers);
  return where(below.eq(-Infinity), cast(neginf, "neginf"), below);
}

/**
 * `x` where `condition` is not 0, else `y`. All three broadcast, `x` and `y` promote. With `condition` alone, the
 * indices where it is not 0: `nonzero(condition)`.
 *
 * @throws ShapeError if the shapes do not broadcast; TypeError for `x` without `y`
 * @example
 * where([true, false], [1, 2], 0).tolist() // => [1, 0]
 * where([0, 3, 4]).map((places) => places.tolist()) // => [[1, 2]]
 */
export function where(condition: ArrayLike, x: ArrayLike, y: ArrayLike): NDArray;
export function where(condition: ArrayLike): NDArray[];
export function where(condition: ArrayLike, x?: ArrayLike, y?: ArrayLike): NDArray | NDArray[] {
  assertOrder(arguments, 3, "where condition x y");
  if (x === undefined && y === undefined) return nonzero(condition);
  const test = toData(condition, 'where: "condition"');
  return apply(WHERE, undefined, test, toOperand(x, 'where: "x"'), toOperand(y, 'where: "y"'));
}

/** The tolerances of `isclose`. */
export interface CloseOptions {
  /** The relative tolerance, times |b|. Default 1e-5. */
  readonly rtol?: number;
  /** The absolute tolerance. Default 1e-8. */
  readonly atol?: number;
  /** Whether NaN is close to NaN. Default false. */
  readonly equalNan?: boolean;
}

/**
 * Where `|a - b| <= atol + rtol * |b|`, or both are the same infinity, broadcast, bool. Computed in float32.
 *
 * @throws ShapeError if the shapes do not broadcast
 * @example
 * isclose([1, 2], [1.000001, 2.1]).tolist() // => [true, false]
 */
export function isclose(
  a: ArrayLike,
  ...places: Given<[b: ArrayLike], "b", [rtol: number, atol: number, equalNan: boolean], CloseOptions>
): NDArray;
export function isclose(): NDArray {
  return inOrder(iscloseOf, arguments, 2, "isclose a b | rtol:n atol:n equalNan:b");
}

function iscloseOf(
  a: ArrayLike,
  b: ArrayLike,
  { rtol = 1e-5, atol = 1e-8, equalNan = false }: CloseOptions = {},
): NDArray {
  const tolerance = { rtol: Number(rtol), atol: Number(atol), equalNan };
  return apply(ISCLOSE, tolerance, toOperand(a, 'isclose: "a"'), toOperand(b, 'isclose: "b"'));
}

/**
 * Whether all elements are close: see `isclose`.
 *
 * @throws ShapeError if the shapes do not broadcast
 * @example
 * allclose([1, 2], [1.000001, 2]) // => true
 */
export function allclose(
  a: ArrayLike,
  ...places: Given<[b: ArrayLike], "b", [rtol: number, atol: number, equalNan: boolean], CloseOptions>
): boolean;
export function allclose(): boolean {
  return inOrder(allcloseOf, arguments, 2, "allclose a b | rtol:n atol:n equalNan:b");
}

function allcloseOf(a: ArrayLike, b: ArrayLike, options: CloseOptions = {}): boolean {
  return isclose(a, b, options).data.every((close) => close !== 0);
}

/**
 * Whether two arrays have one shape and equal elements.
 *
 * @example
 * arrayEqual([1, 2], [1, 2]) // => true
 * arrayEqual([1, 2], [[1, 2]]) // => false
 */
export function arrayEqual(
  a: ArrayLike,
  ...places: Given<[b: ArrayLike], "a2", [equalNan: boolean], { readonly equalNan?: boolean }>
): boolean;
export function arrayEqual(): boolean {
  return inOrder(arrayEqualOf, arguments, 2, "arrayEqual a1 a2 | equalNan:b");
}

function arrayEqualOf(a: ArrayLike, b: ArrayLike, { equalNan = false }: { readonly equalNan?: boolean } = {}): boolean {
  const [x, y] = [asNDArray(a, 'arrayEqual: "a"'), asNDArray(b, 'arrayEqual: "b"')];
  return sameShape(x.shape, y.shape) && allclose(x, y, { rtol: 0, atol: 0, equalNan });
}
