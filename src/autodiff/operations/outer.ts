import type { ArrayData, NDArray, Operation } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import { outerData } from "../../data/index.ts";

/** The sum over k of the outer products of row k of two arrays: the gradient of a weight matrix. */
export const OUTER_SUM: Operation<undefined, [x: ArrayData, y: ArrayData]> = {
  name: "outerSum",
  forward: (_, x, y) => outerData(x, y),
};

/** `x` [...batch, k, n] transposed times `y` [...batch, k, m], summed over k in blocks of 256. */
export function outerSum(x: NDArray, y: NDArray): NDArray {
  return apply(OUTER_SUM, undefined, x[DATA], y[DATA]);
}
