import { describe } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, scalarData } from "../arraydata.ts";
import type { DType } from "../dtype.ts";
import { isFloat, promote } from "../dtype.ts";

/**
 * An array or a number. A number is weak, as Python's numbers are in JAX: it has the kind of its value, and no width.
 */
export type Operand = ArrayData | number;

/** Two operands as arrays, before they are cast to one dtype. `inexact`: see `promoteScalar`. */
export function promoteScalars(a: Operand, b: Operand, fn: string, inexact?: boolean): [ArrayData, ArrayData] {
  const x = promoteScalar(a, b, fn, inexact);
  return [x, promoteScalar(b, x, fn, inexact)];
}

/** Two operands in the dtype they promote to. */
export function promotedPair(a: Operand, b: Operand, fn: string): [ArrayData, ArrayData] {
  const [x, y] = promoteScalars(a, b, fn);
  const dtype = promote(x.dtype, y.dtype);
  return [castData(x, dtype), castData(y, dtype)];
}

/**
 * An operand as an array: a weak number takes the dtype of the `other` side where its kind allows. In an `inexact`
 * operation, whose results are floats, a number beside integers is a float, which need not fit their dtype.
 */
export function promoteScalar(x: Operand, other: Operand | undefined, fn: string, inexact?: boolean): ArrayData {
  if (typeof x !== "number") return x;
  if (other === undefined || typeof other === "number" || (inexact && !isFloat(other.dtype)))
    return scalarData("float32", x);
  const dtype = weakDType(x, other.dtype);
  if (!isFloat(dtype) && (x < -(2 ** 31) || x >= (dtype === "uint32" ? 2 ** 32 : 2 ** 31)))
    throw outOfRangeError(x, dtype, fn);
  return scalarData(dtype, x);
}

/**
 * The dtype that a number takes beside an array of `dtype`. A fraction makes integers float32; a whole number makes
 * bools int32.
 */
export function weakDType(x: number, dtype: DType): DType {
  if (isFloat(dtype)) return dtype;
  if (!Number.isInteger(x)) return "float32";
  return dtype === "bool" ? "int32" : dtype;
}

function outOfRangeError(x: number, dtype: DType, fn: string): RangeError {
  const cast = 'Cast the array with .astype("float32")';
  return new RangeError(`${fn}: expected a number that fits ${dtype}, got ${describe(x)}. ${cast}`);
}
