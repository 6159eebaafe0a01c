import type { DType, Shape } from "../data/index.ts";
import { abstractData, DATA, isAbstract as isAbstractData } from "../data/index.ts";
import { NDArray } from "./ndarray.ts";

/** An array that has a shape and a dtype but no values. */
export function abstractArray(shape: Shape, dtype: DType): NDArray {
  return new NDArray(abstractData(shape, dtype));
}

/** Whether `x` has a shape and a dtype but no values. */
export function isAbstract(x: NDArray): boolean {
  return isAbstractData(x[DATA]);
}
