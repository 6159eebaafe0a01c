import type { ArrayLike, ArrayData, Shape, ShapeLike, TypedArray } from "../array/index.ts";
import {
  apply,
  broadcastShapes,
  castData,
  DATA,
  arrayData,
  formatShape,
  MULTIPLY_ADD,
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
export interface DistributionParam {
  /** One value for each element. It may be shared with the caller's array, so it is read only. */
  readonly values: Float32Array;
  /** Whether it has the result's shape: XLA divides by such an array, and multiplies by the reciprocal of others. */
  readonly whole: boolean;
}

/** The checked arguments of a sampler that is a formula of its base draw and its parameters. */
export interface CheckedFormula<Names extends string> {
  readonly words: Uint32Array;
  readonly shape: Shape;
  readonly size: number;
  /** float32, in their own shapes. */
  readonly params: Readonly<Record<Names, NDArray>>;
}

/**
 * Like `checkDraw`, for a sampler that combines its base draw with its parameters by operations, so that gradients flow
 * to them.
 */
export function checkFormula<Names extends string>(
  fn: string,
  key: KeyLike,
  shape: ShapeLike | undefined,
  given: Readonly<Record<Names, ArrayLike>>,
): CheckedFormula<Names> {
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
 * The values of a parameter, float32, for draws of whole numbers. Those have no derivative, so a parameter that is
 * being differentiated counts as a constant.
 */
export function constantOf(x: ArrayLike, fn: string, name: string): ArrayData {
  return castData(plainOf(toData(x, `random.${fn}: "${name}"`)), "float32");
}

/** The arguments of a sampler, checked. */
export interface CheckedArgs<Names extends string> {
  readonly words: Uint32Array;
  readonly shape: Shape;
  readonly size: number;
  readonly params: Readonly<Record<Names, DistributionParam>>;
}

/**
 * Checks a key, a shape and the parameters of a distribution, float32.
 *
 * @param shape of the result; what the parameters broadcast to, if undefined
 * @param isDiscrete whether the draws are whole numbers, which have no derivative
 * @throws ShapeError if the parameters do not broadcast to `shape`; TypeError if one is being differentiated and
 * the draws are not whole numbers
 */
export function checkDraw<Names extends string>(
  fn: string,
  key: KeyLike,
  shape: ShapeLike | undefined,
  given: Readonly<Record<Names, ArrayLike>>,
  isDiscrete = false,
): CheckedArgs<Names> {
  const draw = checkFormula(fn, key, shape, given);
  const params = {} as Record<Names, DistributionParam>;
  for (const name in given) {
    const x = draw.params[name][DATA];
    if (!isDiscrete) assertConstant(x, fn, name);
    params[name] = paramOf(plainOf(x), draw.shape);
  }
  return { ...draw, params };
}

/** @throws TypeError if the parameter `x` is being differentiated: no gradient flows to it */
export function assertConstant(x: ArrayData, fn: string, name: string): void {
  if (x.isTraced === true) throw gradientError(fn, name);
}

function gradientError(fn: string, name: string): TypeError {
  const got = `random.${fn}: "${name}" expected a constant, since there is no gradient towards it, got an array`;
  return new TypeError(`${got} that is being differentiated. Give it lax.stopGradient(x) if no gradient is wanted`);
}

function paramOf(x: ArrayData, shape: Shape): DistributionParam {
  return { values: broadcastElements(x, shape) as Float32Array, whole: sameShape(x.shape, shape) };
}

/**
 * The shape of the result: the one asked for, to which the parameters must broadcast, or the one that they broadcast
 * to.
 */
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

/** The elements of `x`, broadcast to `shape`. They are those of `x` itself if nothing repeats. */
export function broadcastElements(x: ArrayData, shape: Shape): TypedArray {
  return broadcastData(x, shape).storage.data;
}

/**
 * `x` over element `i` of a parameter, as XLA rewrites it: times the reciprocal, unless the parameter has the result's
 * shape.
 */
export function quotient(x: number, { values, whole }: DistributionParam, i: number): number {
  return Math.fround(whole ? x / values[i]! : x * Math.fround(1 / values[i]!));
}

/** x * y + z, fused where the profile says so; `y` and `z` broadcast to `x`. */
export function multiplyAdd(x: NDArray, y: NDArray, z: NDArray): NDArray {
  return apply(MULTIPLY_ADD, undefined, x[DATA], y[DATA], z[DATA]);
}

/** An array of `data`, which the caller must not use afterwards. */
export function arrayOf(shape: Shape, data: Float32Array): NDArray {
  return new NDArray(arrayData(shape, "float32", data));
}
