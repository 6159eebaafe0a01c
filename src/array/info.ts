/** Facts about arrays and dtypes that do not depend on elements. */
import type { Given, Places } from "../base/index.ts";
import { describe, inOrder, refuseSurplus } from "../base/index.ts";
import type { ArrayLike, DType } from "../data/index.ts";
import { checkDType, isDType, isFloat, promote, RANGE, toAxis, toOperand, weakDType } from "../data/index.ts";
import { asNDArray } from "./ndarray.ts";

/**
 * The sizes of the axes of `x`.
 *
 * @example
 * shape([[1, 2, 3]]) // => [1, 3]
 */
export function shape(x: ArrayLike): readonly number[] {
  if (arguments.length > 1) refuseSurplus("shape", "a", arguments);
  return asNDArray(x, 'shape: "x"').shape;
}

/**
 * The number of axes of `x`.
 *
 * @example
 * ndim([[1, 2, 3]]) // => 2
 */
export function ndim(x: ArrayLike): number {
  if (arguments.length > 1) refuseSurplus("ndim", "a", arguments);
  return shape(x).length;
}

/**
 * The number of elements of `x`, or its size along an axis.
 *
 * @param axis the whole array if left out; a negative one counts from the end
 * @throws RangeError if there is no such axis
 * @example
 * size([[1, 2, 3]]) // => 3
 * size([[1, 2, 3]], 0) // => 1
 */
export function size(x: ArrayLike, ...places: Places<[axis: number | null], { readonly axis?: number }>): number;
export function size(): number {
  return inOrder(sizeOf, arguments, 2, "size a axis:x");
}

function sizeOf(x: ArrayLike, axis?: number): number {
  const given = asNDArray(x, 'size: "x"');
  return axis === undefined ? given.size : given.shape[toAxis(axis, given.ndim, 'size: "axis"')]!;
}

/**
 * The dtype that arrays of two dtypes promote to.
 *
 * Source: JAX 0.10.2 `jax/_src/dtypes.py` (`promote_types`), without 64-bit types.
 * @throws TypeError if one is not a dtype
 * @example
 * jnp.promoteTypes("uint8", "int8") // => "int16"
 */
export function promoteTypes(a: DType, ...places: Given<[b: DType], "b">): DType;
export function promoteTypes(): DType {
  return inOrder(promoteTypesOf, arguments, 2, "promoteTypes a b");
}

function promoteTypesOf(a: DType, b: DType): DType {
  return promote(checkDType(a, "promoteTypes"), checkDType(b, "promoteTypes"));
}

/**
 * The dtype that arrays, dtypes and JavaScript numbers promote to. A number is weak: it takes the width of the others.
 *
 * @throws TypeError if there are none, or one is neither
 * @example
 * resultType("int8", jnp.zeros([2], "bfloat16"), 3) // => "bfloat16"
 */
export function resultType(...given: readonly (ArrayLike | DType)[]): DType {
  const operands = given.map((x, i) => (isDType(x) ? x : toOperand(x, `resultType: operand ${i}`)));
  const dtypes = operands.filter((x) => typeof x !== "number").map((x) => (typeof x === "string" ? x : x.dtype));
  if (operands.length === 0) throw new TypeError("resultType: expected at least one array or dtype, got none");
  if (dtypes.length === 0) return "float32";
  return operands.reduce<DType>(
    (dtype, x) => (typeof x === "number" ? weakDType(x, dtype) : dtype),
    dtypes.reduce((a, b) => promote(a, b)),
  );
}

/** The limits of a float dtype. */
export interface FloatInfo {
  readonly dtype: DType;
  readonly bits: number;
  /** The distance from 1 to the next greater number. */
  readonly eps: number;
  readonly max: number;
  readonly min: number;
  /** The smallest normal number above 0. */
  readonly tiny: number;
}

/** The size of each float, the bits of its fraction, and its minimal exponent. */
const FORMATS: Partial<Record<DType, readonly [bits: number, fraction: number, minExponent: number]>> = {
  float32: [32, 23, -126],
  bfloat16: [16, 7, -126],
  float16: [16, 10, -14],
};

/**
 * The limits of a float dtype.
 *
 * @throws TypeError for another dtype
 * @example
 * finfo("float32").eps === 2 ** -23 // => true
 * finfo("float16").max // => 65504
 */
export function finfo(dtype: DType): FloatInfo {
  if (arguments.length > 1) refuseSurplus("finfo", "dtype", arguments);
  const format = isDType(dtype) ? FORMATS[dtype] : undefined;
  if (format === undefined)
    throw new TypeError(`finfo: "dtype" expected float32, bfloat16 or float16, got ${describe(dtype)}`);
  const [bits, fraction, minExponent] = format;
  const max = (2 - 2 ** -fraction) * 2 ** (1 - minExponent);
  return { dtype, bits, eps: 2 ** -fraction, max, min: -max, tiny: 2 ** minExponent };
}

/** The limits of an integer dtype. */
export interface IntegerInfo {
  readonly dtype: DType;
  readonly bits: number;
  readonly max: number;
  readonly min: number;
}

/**
 * The limits of an integer dtype.
 *
 * @throws TypeError for another dtype
 * @example
 * iinfo("int8") // => { dtype: "int8", bits: 8, min: -128, max: 127 }
 */
export function iinfo(dtype: DType): IntegerInfo {
  if (arguments.length > 1) refuseSurplus("iinfo", "intType", arguments);
  if (!isDType(dtype) || isFloat(dtype) || dtype === "bool")
    throw new TypeError(`iinfo: "dtype" expected an integer dtype, got ${describe(dtype)}`);
  const [min, max] = RANGE[dtype as keyof typeof RANGE];
  return { dtype, bits: Number(/\d+/.exec(dtype)![0]), min, max };
}
