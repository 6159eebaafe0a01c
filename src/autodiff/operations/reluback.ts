import type { ArrayData, NDArray, Operation } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import { reluBackData } from "../../data/index.ts";

/** The cotangent of the input of relu. */
export const RELU_BACK: Operation<undefined, [ct: ArrayData, x: ArrayData]> = {
  name: "reluBack",
  forward: (_, ct, x) => reluBackData(ct, x),
};

/** `ct` where `x` is above 0, 0 elsewhere. */
export function reluBack(ct: NDArray, x: NDArray): NDArray {
  return apply(RELU_BACK, undefined, ct[DATA], x[DATA]);
}
