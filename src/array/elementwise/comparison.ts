import { kernels } from "../../backend/index.ts";
import { config, flush, fma } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import {
  broadcastShapes,
  castData,
  encodeElement,
  floatsOf,
  isFloat,
  numbersOf,
  promotedPair,
  sameShape,
  scalarData,
  stretch,
  toData,
  toOperand,
  withRuns,
  zerosData,
} from "../../data/index.ts";
import { nonzero } from "../indexing/nonzero.ts";
import { finfo } from "../making/info.ts";
import { binary, NDArray } from "../ndarray.ts";

/**
 * Where `a` and `b` are equal, broadcast, bool; zeros of either sign are, NaN is not.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * equal([1, 2], [1, 3]).tolist() // => [true, false]
 */
export function equal(a: ArrayLike, b: ArrayLike): NDArray {
  return binary("equal", a, b);
}

/**
 * Where `a` and `b` differ, broadcast, bool; NaN differs from everything.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * notEqual([1, 2], [1, 3]).tolist() // => [false, true]
 */
export function notEqual(a: ArrayLike, b: ArrayLike): NDArray {
  return binary("notEqual", a, b);
}

/**
 * Where `a < b`, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * less([1, 2], 2).tolist() // => [true, false]
 */
export function less(a: ArrayLike, b: ArrayLike): NDArray {
  return binary("less", a, b);
}

/**
 * Where `a <= b`, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * lessEqual([1, 2, 3], 2).tolist() // => [true, true, false]
 */
export function lessEqual(a: ArrayLike, b: ArrayLike): NDArray {
  return binary("lessEqual", a, b);
}

/**
 * Where `a > b`, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * greater([1, 2, 3], 2).tolist() // => [false, false, true]
 */
export function greater(a: ArrayLike, b: ArrayLike): NDArray {
  return binary("greater", a, b);
}

/**
 * Where `a >= b`, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * greaterEqual([1, 2, 3], 2).tolist() // => [false, true, true]
 */
export function greaterEqual(a: ArrayLike, b: ArrayLike): NDArray {
  return binary("greaterEqual", a, b);
}

/**
 * Where `a` and `b` are both other than 0, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * logicalAnd([true, true], [true, false]).tolist() // => [true, false]
 */
export function logicalAnd(a: ArrayLike, b: ArrayLike): NDArray {
  return binary("bitwiseAnd", truth(a, 'logicalAnd: "a"'), truth(b, 'logicalAnd: "b"'));
}

/**
 * Where `a` or `b` is other than 0, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * logicalOr([0, 2], [0, 0]).tolist() // => [false, true]
 */
export function logicalOr(a: ArrayLike, b: ArrayLike): NDArray {
  return binary("bitwiseOr", truth(a, 'logicalOr: "a"'), truth(b, 'logicalOr: "b"'));
}

/**
 * Where one of `a` and `b` is other than 0, broadcast, bool.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * logicalXor([true, true], [true, false]).tolist() // => [false, true]
 */
export function logicalXor(a: ArrayLike, b: ArrayLike): NDArray {
  return binary("bitwiseXor", truth(a, 'logicalXor: "a"'), truth(b, 'logicalXor: "b"'));
}

/**
 * Where `x` is 0, bool.
 *
 * @example
 * logicalNot([0, 2]).tolist() // => [true, false]
 */
export function logicalNot(x: ArrayLike): NDArray {
  return binary("bitwiseXor", truth(x, 'logicalNot: "x"'), new NDArray(scalarData("bool", 1)));
}

function truth(x: ArrayLike, name: string): NDArray {
  return new NDArray(castData(toData(x, name), "bool"));
}

/** Where `test` holds of an element. */
function tested(x: ArrayLike, fn: string, test: (x: number) => boolean): NDArray {
  const given = toData(x, `${fn}: "x"`);
  const from = numbersOf(given);
  const out = zerosData(given.shape, "bool");
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) to[i] = test(from[i]!) ? 1 : 0;
  return new NDArray(out);
}

/**
 * Where `x` is NaN, bool.
 *
 * @example
 * isnan([1, NaN]).tolist() // => [false, true]
 */
export function isnan(x: ArrayLike): NDArray {
  return tested(x, "isnan", (v) => v !== v);
}

/**
 * Where `x` is an infinity, bool.
 *
 * @example
 * isinf([1, -Infinity, NaN]).tolist() // => [false, true, false]
 */
export function isinf(x: ArrayLike): NDArray {
  return tested(x, "isinf", (v) => Math.abs(v) === Infinity);
}

/**
 * Where `x` is neither NaN nor an infinity, bool.
 *
 * @example
 * isfinite([1, -Infinity, NaN]).tolist() // => [true, false, false]
 */
export function isfinite(x: ArrayLike): NDArray {
  return tested(x, "isfinite", Number.isFinite);
}

/** What `nanToNum` puts in place of what is not finite. */
export interface NanToNumOptions {
  /** For NaN, default 0. */
  readonly nan?: number;
  /** For Infinity, default the greatest number of the dtype. */
  readonly posinf?: number;
  /** For -Infinity, default the least number of the dtype. */
  readonly neginf?: number;
}

/**
 * `x` with numbers in place of NaN and infinities; integers stay as they are.
 *
 * @example
 * nanToNum([1, NaN, Infinity], { posinf: 9 }).tolist() // => [1, 0, 9]
 */
export function nanToNum(x: ArrayLike, options: NanToNumOptions = {}): NDArray {
  const given = toData(x, 'nanToNum: "x"');
  if (!isFloat(given.dtype)) return new NDArray(given);
  const greatest = finfo(given.dtype).max;
  const [nan, posinf, neginf] = [options.nan ?? 0, options.posinf ?? greatest, options.neginf ?? -greatest].map((v) =>
    encodeElement(given.dtype, v),
  ) as [number, number, number];
  const values = numbersOf(given);
  const from = given.storage.data;
  const out = zerosData(given.shape, given.dtype);
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) {
    const v = values[i]!;
    to[i] = v !== v ? nan : v === Infinity ? posinf : v === -Infinity ? neginf : from[i]!;
  }
  return new NDArray(out);
}

/**
 * `x` where `condition` is other than 0, else `y`; all three broadcast, `x` and `y` promote. Without both, the places
 * where it is: `nonzero(condition)`.
 *
 * @throws ShapeError if the shapes do not broadcast; TypeError for `x` without `y`
 * @example
 * where([true, false], [1, 2], 0).tolist() // => [1, 0]
 * where([0, 3, 4]).map((places) => places.tolist()) // => [[1, 2]]
 */
export function where(condition: ArrayLike, x: ArrayLike, y: ArrayLike): NDArray;
export function where(condition: ArrayLike): NDArray[];
export function where(condition: ArrayLike, x?: ArrayLike, y?: ArrayLike): NDArray | NDArray[] {
  if (x === undefined && y === undefined) return nonzero(condition);
  const test = castData(toData(condition, 'where: "condition"'), "bool");
  const [a, b] = promotedPair(toOperand(x, 'where: "x"'), toOperand(y, 'where: "y"'), "where");
  const shape = broadcastShapes(test.shape, broadcastShapes(a.shape, b.shape, "where"), "where");
  const out = zerosData(shape, a.dtype);
  if (a.dtype === "float32") {
    withRuns(
      shape,
      [stretch(test, shape), a, b],
      out.storage.data as Float32Array,
      (into, [chosen, yes, no], [, xRun, yRun]) =>
        kernels().selectF32(chosen!.storage.data as Uint8Array, floatsOf(yes!), floatsOf(no!), into, xRun, yRun),
    );
    return new NDArray(out);
  }
  const to = out.storage.data;
  const [chosen, yes, no] = [test, a, b].map((part) => stretch(part, shape).storage.data) as [
    Uint8Array,
    Float32Array,
    Float32Array,
  ];
  for (let i = 0; i < to.length; i++) to[i] = chosen[i] === 0 ? no[i]! : yes[i]!;
  return new NDArray(out);
}

/** How close is close. */
export interface CloseOptions {
  /** The tolerance as a part of `b`, default 1e-5. */
  readonly rtol?: number;
  /** The tolerance itself, default 1e-8. */
  readonly atol?: number;
  /** Whether NaN is close to NaN, default false. */
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
  b: ArrayLike,
  { rtol = 1e-5, atol = 1e-8, equalNan = false }: CloseOptions = {},
): NDArray {
  const [x, y] = promotedPair(toOperand(a, 'isclose: "a"'), toOperand(b, 'isclose: "b"'), "isclose");
  const shape = broadcastShapes(x.shape, y.shape, "isclose");
  const [left, right] = [floatsOf(stretch(x, shape)), floatsOf(stretch(y, shape))];
  const [relative, absolute] = [Math.fround(rtol), Math.fround(atol)];
  const out = zerosData(shape, "bool");
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) {
    const [v, w] = [flush(left[i]!), flush(right[i]!)];
    const near =
      Number.isFinite(w) &&
      Math.abs(Math.fround(v - w)) <= fma(relative, Math.abs(w), absolute, config.profile === "fma");
    to[i] = v === w || near || (equalNan && v !== v && w !== w) ? 1 : 0;
  }
  return new NDArray(out);
}

/**
 * Whether all elements are close: see `isclose`.
 *
 * @throws ShapeError if the shapes do not broadcast
 * @example
 * allclose([1, 2], [1.000001, 2]) // => true
 */
export function allclose(a: ArrayLike, b: ArrayLike, options: CloseOptions = {}): boolean {
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
  b: ArrayLike,
  { equalNan = false }: { readonly equalNan?: boolean } = {},
): boolean {
  const [x, y] = [toData(a, 'arrayEqual: "a"'), toData(b, 'arrayEqual: "b"')];
  return (
    sameShape(x.shape, y.shape) &&
    isclose(new NDArray(x), new NDArray(y), { rtol: 0, atol: 0, equalNan }).data.every((same) => same !== 0)
  );
}
