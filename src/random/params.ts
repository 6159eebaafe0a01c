import type { ArrayLike, ArrayData, Shape, ShapeLike, TypedArray } from "../array/index.ts";
import {
  broadcastShapes,
  castData,
  arrayData,
  formatShape,
  NDArray,
  sameShape,
  sizeOf,
  stretch,
  toData,
  toShape,
} from "../array/index.ts";
import { ShapeError } from "../base/index.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";

/** One parameter of a distribution, stretched to the result's shape. */
export interface Param {
  /** One value an element; shared with the caller's array where that has the shape: read only. */
  readonly values: Float32Array;
  /** Whether it came in the result's shape: XLA divides by such an array, and multiplies by the reciprocal of others. */
  readonly whole: boolean;
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
 * @throws ShapeError if the parameters do not broadcast to `shape`
 */
export function checkDraw<Names extends string>(
  fn: string,
  key: KeyLike,
  shape: ShapeLike | undefined,
  given: Readonly<Record<Names, ArrayLike>>,
): Draw<Names> {
  const words = keyWords(key, `random.${fn}`);
  const names = Object.keys(given) as Names[];
  const arrays = names.map((name) => castData(toData(given[name], `random.${fn}: "${name}"`), "float32"));
  const sizes = resultShape(fn, shape, arrays);
  const params = Object.fromEntries(names.map((name, i) => [name, paramOf(arrays[i]!, sizes)])) as Record<Names, Param>;
  return { words, shape: sizes, size: sizeOf(sizes), params };
}

function paramOf(x: ArrayData, shape: Shape): Param {
  return { values: stretched(x, shape) as Float32Array, whole: sameShape(x.shape, shape) };
}

/** The shape asked for, which the parameters must broadcast to; without one, what they broadcast to. */
export function resultShape(fn: string, shape: ShapeLike | undefined, arrays: readonly ArrayData[]): Shape {
  const asked = shape === undefined ? undefined : toShape(shape, `random.${fn}: "shape"`);
  let sizes: Shape = asked ?? [];
  for (const x of arrays) sizes = broadcastShapes(sizes, x.shape, `random.${fn}`);
  if (asked !== undefined && !sameShape(sizes, asked))
    throw new ShapeError(
      `random.${fn}: "shape" expected one that the parameters broadcast to, got ${formatShape(asked)} where they make ${formatShape(sizes)}`,
    );
  return sizes;
}

/** The elements of `x` broadcast to `shape`; those of `x` itself where nothing is repeated. */
export function stretched(x: ArrayData, shape: Shape): TypedArray {
  return stretch(x, shape).storage.data;
}

/** What to multiply by, or to divide by, for x / param as XLA rewrites it. */
export function quotient(x: number, { values, whole }: Param, i: number): number {
  return Math.fround(whole ? x / values[i]! : x * Math.fround(1 / values[i]!));
}

/** An array of `data`, which the caller gives up. */
export function arrayOf(shape: Shape, data: Float32Array): NDArray {
  return new NDArray(arrayData(shape, "float32", data));
}
