import type { ArrayData, NDArray, Operation } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import { softmaxBackData } from "../../data/index.ts";

/** The cotangent of the input of softmax along the last axis. */
export const SOFTMAX_BACK: Operation<undefined, [ct: ArrayData, y: ArrayData]> = {
  name: "softmaxBack",
  forward: (_, ct, y) => softmaxBackData(ct, y),
};

/** `y` times the distance of `ct` from its mean by the weights `y`, along the last axis. */
export function softmaxBack(ct: NDArray, y: NDArray): NDArray {
  return apply(SOFTMAX_BACK, undefined, ct[DATA], y[DATA]);
}
