import type { HalfDType } from "../base/index.ts";
import { describe } from "../base/index.ts";

/** The element types of arrays, under JAX's names. 64-bit types become their 32-bit counterparts, as with x64 off. */
export type DType =
  "float32" | "bfloat16" | "float16" | "int32" | "int16" | "int8" | "uint32" | "uint16" | "uint8" | "bool";

export type { HalfDType } from "../base/index.ts";

/** The typed array behind each element type: a bool is one byte, 0 or 1; a bfloat16 or float16 is its 16 bits. */
export type TypedArray = Float32Array | Int32Array | Int16Array | Int8Array | Uint32Array | Uint16Array | Uint8Array;

const CONSTRUCTORS = {
  float32: Float32Array,
  bfloat16: Uint16Array,
  float16: Uint16Array,
  int32: Int32Array,
  int16: Int16Array,
  int8: Int8Array,
  uint32: Uint32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const;

export function isDType(x: unknown): x is DType {
  return typeof x === "string" && Object.hasOwn(CONSTRUCTORS, x);
}

/** The dtypes in the form in which errors list them. */
const DTYPES: string = Object.keys(CONSTRUCTORS)
  .join(", ")
  .replace(/, (\w+)$/, " or $1");

/** @throws TypeError if `dtype`, the argument `name` of `fn`, is not a dtype */
export function checkDType(dtype: unknown, fn: string, name = "dtype"): DType {
  if (isDType(dtype)) return dtype;
  throw new TypeError(`${fn}: "${name}" expected ${DTYPES}, got ${describe(dtype)}`);
}

/** A zeroed typed array of `size` elements of `dtype`. */
export function storageFor(dtype: DType, size: number): TypedArray {
  return new CONSTRUCTORS[dtype](size);
}

/** All elements of `dtype` in `buffer`, whose size is a multiple of theirs. */
export function viewOf(dtype: DType, buffer: ArrayBuffer): TypedArray {
  return new CONSTRUCTORS[dtype](buffer);
}

/** The bytes of one element of `dtype`. */
export function itemSize(dtype: DType): number {
  return CONSTRUCTORS[dtype].BYTES_PER_ELEMENT;
}

/** Whether `dtype` is held as 16-bit words that are not numbers themselves. */
export function isHalf(dtype: DType): dtype is HalfDType {
  return dtype === "bfloat16" || dtype === "float16";
}

export function isFloat(dtype: DType): boolean {
  return dtype === "float32" || isHalf(dtype);
}

export function isUnsigned(dtype: DType): boolean {
  return UNSIGNED.includes(dtype);
}

/** The minimum and maximum of each integer dtype. */
export const RANGE = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int16: [-(2 ** 15), 2 ** 15 - 1],
  int8: [-(2 ** 7), 2 ** 7 - 1],
  uint32: [0, 2 ** 32 - 1],
  uint16: [0, 2 ** 16 - 1],
  uint8: [0, 2 ** 8 - 1],
} as const;

/**
 * The signed integers by width. An unsigned one promotes with them to the narrowest that holds it; int64 would hold
 * uint32, here it is int32.
 */
const SIGNED: readonly DType[] = ["int8", "int16", "int32"];
const UNSIGNED: readonly DType[] = ["uint8", "uint16", "uint32"];

/**
 * The dtype of an operation on `a` and `b`: JAX's lattice with x64 off. bool promotes to every other dtype, integers
 * promote to floats. A signed and an unsigned integer promote to the signed one that holds both, or int32 if none does.
 * bfloat16 and float16 promote to float32.
 *
 * Source: JAX 0.10.2 `jax/_src/dtypes.py` (`promote_types`).
 * @example
 * promoteTypes("uint8", "int8") // => "int16"
 * promoteTypes("bfloat16", "float16") // => "float32"
 */
export function promote(a: DType, b: DType): DType {
  if (a === b || b === "bool") return a;
  if (a === "bool") return b;
  if (isFloat(a)) return isFloat(b) ? "float32" : a;
  if (isFloat(b)) return b;
  const [signedA, signedB] = [SIGNED.indexOf(a), SIGNED.indexOf(b)];
  const [unsignedA, unsignedB] = [UNSIGNED.indexOf(a), UNSIGNED.indexOf(b)];
  if (signedA < 0 && signedB < 0) return UNSIGNED[Math.max(unsignedA, unsignedB)]!;
  const rank = Math.max(signedA, signedB, unsignedA + (unsignedA < 0 ? 0 : 1), unsignedB + (unsignedB < 0 ? 0 : 1));
  return SIGNED[Math.min(rank, 2)]!;
}
