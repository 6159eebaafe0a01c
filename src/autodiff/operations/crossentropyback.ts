import type { ArrayData, NDArray, Operation } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import { crossEntropyBackData } from "../../data/index.ts";

/** The cotangent of the logits in a cross-entropy. */
export const CROSS_ENTROPY_BACK: Operation<undefined, [ct: ArrayData, logits: ArrayData, labels: ArrayData]> = {
  name: "crossEntropyBack",
  forward: (_, ct, logits, labels) => crossEntropyBackData(ct, logits, labels),
};

/** softmax(logits) times `ct` of each row, minus `ct` in the column of its label. */
export function crossEntropyBack(ct: NDArray, logits: NDArray, labels: NDArray): NDArray {
  return apply(CROSS_ENTROPY_BACK, undefined, ct[DATA], logits[DATA], labels[DATA]);
}
