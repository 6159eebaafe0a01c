import type { ArrayLike, DType } from "../../array/index.ts";
import { asarray, isDType, castWeight, isFloat, NDArray, promote } from "../../array/index.ts";

/**
 * The operands of a layer in one dtype: `dtype` where it is given, else what they promote to, and float32 where that
 * is an integer. An operand that is not there stays undefined. All but the first are weights, or keys and values, which
 * a layer reads in its call and does not keep.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/dtypes.py` (`promote_dtype`).
 */
export function promoteDtype<const T extends readonly (ArrayLike | undefined)[]>(
  operands: T,
  dtype?: DType,
): { [I in keyof T]: T[I] extends ArrayLike ? NDArray : NDArray | undefined } {
  if ((dtype === undefined || dtype === "float32") && areFloat32(operands)) return operands as never;
  const arrays = operands.map((x) => (x === undefined ? undefined : asarray(x)));
  const common = dtype ?? arrays.reduce<DType>((all, x) => (x === undefined ? all : promote(all, x.dtype)), "bool");
  const float = isDType(common) && !isFloat(common) ? "float32" : common;
  return arrays.map((x, place) => x && (place > 0 && x.ndim > 1 ? castWeight(x, float) : x.astype(float))) as never;
}

/** Whether all are float32 arrays already, or not there. */
function areFloat32(operands: readonly (ArrayLike | undefined)[]): boolean {
  for (let i = 0; i < operands.length; i++) {
    const x = operands[i];
    if (x !== undefined && !(x instanceof NDArray && x.dtype === "float32")) return false;
  }
  return true;
}
