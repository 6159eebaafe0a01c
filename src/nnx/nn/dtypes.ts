import type { ArrayLike, DType, NDArray } from "../../array/index.ts";
import { asarray, promote } from "../../array/index.ts";

/**
 * The operands of a layer in one dtype: `dtype` where it is given, else what they promote to, and float32 where that
 * is an integer. An operand that is not there stays undefined.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/dtypes.py` (`promote_dtype`).
 */
export function promoteDtype<const T extends readonly (ArrayLike | undefined)[]>(
  operands: T,
  dtype?: DType,
): { [I in keyof T]: T[I] extends ArrayLike ? NDArray : NDArray | undefined } {
  const arrays = operands.map((x) => (x === undefined ? undefined : asarray(x)));
  if ((dtype ?? "float32") === "float32" && arrays.every((x) => x === undefined || x.dtype === "float32"))
    return arrays as never;
  const common = dtype ?? arrays.reduce<DType>((all, x) => (x === undefined ? all : promote(all, x.dtype)), "bool");
  return arrays.map((x) =>
    x?.astype(common.startsWith("float") || common.startsWith("bfloat") ? common : "float32"),
  ) as never;
}
