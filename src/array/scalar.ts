import type { DType } from "../data/index.ts";
import { scalarData } from "../data/index.ts";
import { NDArray } from "./ndarray.ts";

/** The number `value` as an array without axes. */
export function scalar(value: number, dtype: DType): NDArray {
  return new NDArray(scalarData(dtype, value));
}
