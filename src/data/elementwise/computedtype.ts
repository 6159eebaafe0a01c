/** Rules for the dtype in which an operation computes two operands that promote to `dtype`. */
import type { DType } from "../dtype.ts";
import { isFloat } from "../dtype.ts";

/** Bools are counted. */
export function boolsAsIntegers(dtype: DType): DType {
  return dtype === "bool" ? "int32" : dtype;
}

/** Integers and bools become float32. */
export function floatsOnly(dtype: DType): DType {
  return isFloat(dtype) ? dtype : "float32";
}

/** @throws TypeError for bools */
export function numbersOnly(dtype: DType, fn: string): DType {
  if (dtype !== "bool") return dtype;
  throw new TypeError(`${fn}: "a" expected numbers, got two bool arrays. Cast one with .astype("int32")`);
}

/** @throws TypeError for floats */
export function integersOrBools(dtype: DType, fn: string): DType {
  if (isFloat(dtype)) throw floatError(dtype, fn, "integer or bool");
  return dtype;
}

/**
 * Bools are counted.
 *
 * @throws TypeError for floats
 */
export function integersOnly(dtype: DType, fn: string): DType {
  if (isFloat(dtype)) throw floatError(dtype, fn, "integer");
  return boolsAsIntegers(dtype);
}

function floatError(dtype: DType, fn: string, expected: string): TypeError {
  return new TypeError(`${fn}: expected ${expected} arrays, got ${dtype}`);
}
