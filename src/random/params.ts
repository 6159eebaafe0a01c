import type { ArrayLike, ArrayData, Shape, ShapeLike, TypedArray } from "../array/index.ts";
import {
  broadcastShapes,
  DATA,
  arrayData,
  formatShape,
  NDArray,
  plainOf,
  sameShape,
  sizeOf,
  broadcastData,
  toData,
  toShape,
} from "../array/index.ts";
import { ShapeError } from "../base/index.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";

/** One parameter of a distribution, broadcast to the result's shape. */
export interface Param {
  /** One value an element; shared with the caller's array where that has the shape: read only. */
  readonly values: Float32Array;
  /** Whether it came in the result's shape: XLA divides by such an array, and multiplies by the reciprocal of others. */
  readonly whole: boolean;
}

/** The arguments of a sampler that is a formula of its base draw and its parameters, checked. */
export interface FormulaDraw<Names extends string> {
  readonly words: Uint32Array;
  readonly shape: Shape;
  readonly size: number;
  /** float32, in their own shapes. */
  readonly params: Readonly<Record<Names, NDArray>>;
}

/**
 * Like `checkDraw`, for a sampler that combines its base draw with arrays by operations, so that gradients flow to its
 * parameters.
 */
export function checkFormula<Names extends string>(
  fn: string,
  key: KeyLike,
  shape: ShapeLike | undefined,
  given: Readonly<Record<Names, ArrayLike>>,
): FormulaDraw<Names> {
  const words = keyWords(key, `random.${fn}`);
  const params = {} as Record<Names, NDArray>;
  for (const name in given) params[name] = float32Of(given[name], fn, name);
  const sizes = resultShape(fn, shape, Object.values<NDArray>(params));
  return { words, shape: sizes, size: sizeOf(sizes), params };
}

/** A parameter as a float32 array. */
export function float32Of(x: ArrayLike, fn: string, name: string): NDArray {
  return new NDArray(toData(x, `random.${fn}: "${name}"`)).astype("float32");
}

/**
 * The values of a parameter, float32, for draws of whole numbers: those have no derivative, so that one that is being
 * differentiated counts as a constant.
 */
export function constantOf(x: ArrayLike, fn: string, name: string): ArrayData {
  return plainOf(float32Of(x, fn, name)[DATA]);
}

/** The arguments of a sampler, checked. */
export interface Draw<Names extends string> {
  readonly words: Uint32Array;
  readonly shape: Shape;
  readonly size: number;
  readonly params: Readonly<Record<Names, Param>>;
}

/**
 * Checks a key, a shape and the parameters of a distribution, float32.
 *
 * @param shape of the result; what the parameters broadcast to, if undefined
 * @param isDiscrete whether the draws are whole numbers, which have no derivative
 * @throws ShapeError if the parameters do not broadcast to `shape`
 */
export function checkDraw<Names extends string>(
  fn: string,
  key: KeyLike,
  shape: ShapeLike | undefined,
  given: Readonly<Record<Names, ArrayLike>>,
  isDiscrete = false,
): Draw<Names> {
  const draw = checkFormula(fn, key, shape, given);
  const params = {} as Record<Names, Param>;
  for (const name in given) {
    const x = draw.params[name][DATA];
    params[name] = paramOf(isDiscrete ? plainOf(x) : x, draw.shape);
  }
  return { ...draw, params };
}

function paramOf(x: ArrayData, shape: Shape): Param {
  return { values: broadcastElements(x, shape) as Float32Array, whole: sameShape(x.shape, shape) };
}

/** The shape asked for, which the parameters must broadcast to; without one, what they broadcast to. */
export function resultShape(
  fn: string,
  shape: ShapeLike | undefined,
  arrays: readonly { readonly shape: Shape }[],
): Shape {
  const asked = shape === undefined ? undefined : toShape(shape, `random.${fn}: "shape"`);
  let sizes: Shape = asked ?? [];
  for (const x of arrays) sizes = broadcastShapes(sizes, x.shape, `random.${fn}`);
  if (asked !== undefined && !sameShape(sizes, asked)) throw shapeError(fn, asked, sizes);
  return sizes;
}

function shapeError(fn: string, asked: Shape, sizes: Shape): ShapeError {
  const got = `got ${formatShape(asked)} where they make ${formatShape(sizes)}`;
  return new ShapeError(`random.${fn}: "shape" expected one that the parameters broadcast to, ${got}`);
}

/** The elements of `x` broadcast to `shape`; those of `x` itself where nothing is repeated. */
export function broadcastElements(x: ArrayData, shape: Shape): TypedArray {
  return broadcastData(x, shape).storage.data;
}

/** What to multiply by, or to divide by, for x / param as XLA rewrites it. */
export function quotient(x: number, { values, whole }: Param, i: number): number {
  return Math.fround(whole ? x / values[i]! : x * Math.fround(1 / values[i]!));
}

/** An array of `data`, which the caller gives up. */
export function arrayOf(shape: Shape, data: Float32Array): NDArray {
  return new NDArray(arrayData(shape, "float32", data));
}
