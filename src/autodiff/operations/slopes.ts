import type { ArrayData, NDArray, Operation } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import type { SlopeName } from "../../data/index.ts";
import { slopeData } from "../../data/index.ts";

/** A cotangent times a derivative that the function's own value gives. */
export const SLOPE: Operation<SlopeName, [ct: ArrayData, y: ArrayData]> = { name: "slope", forward: slopeData };

/** `ct` times the derivative of the function that gave `y`. */
export function slope(name: SlopeName, ct: NDArray, y: NDArray): NDArray {
  return apply(SLOPE, name, ct[DATA], y[DATA]);
}
