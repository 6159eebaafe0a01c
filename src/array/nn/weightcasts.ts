import type { DType } from "../../data/index.ts";
import { castData, derived, isHalf, widenedData } from "../../data/index.ts";
import { interpreter } from "../apply.ts";
import { NDArray, rawOf } from "../ndarray.ts";

/** Fewer elements than these are cast in less time than looking for a kept result takes. */
const MANY_ELEMENTS = 1024;

/**
 * `x` in `dtype`, for an operation that reads it before it returns and keeps nothing: a weight that is used many times.
 *
 * - 16-bit floats as float32 stay as they are until their elements are read. A product uses a packed copy of them, kept
 *   in linear memory.
 * - float32 in 16 bits is kept from the second time on, as long as `x` lives and nobody can write to it.
 *
 * An interpreter, which may keep what it is given, sees a cast.
 */
export function castWeight(x: NDArray, dtype: DType): NDArray {
  if (x.dtype === dtype || interpreter.current !== undefined) return x.astype(dtype);
  if (isHalf(x.dtype) && dtype === "float32") return new NDArray(widenedData(rawOf(x)));
  if (x.dtype !== "float32" || !isHalf(dtype) || x.size < MANY_ELEMENTS) return x.astype(dtype);
  const raw = rawOf(x);
  return new NDArray(derived(raw, `${dtype} of ${x.shape.join()}`, () => castData(raw, dtype)));
}
