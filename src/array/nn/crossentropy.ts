import type { ArrayData } from "../../data/index.ts";
import { crossEntropyData, DATA, hasCrossEntropy } from "../../data/index.ts";
import type { Operation } from "../apply.ts";
import { apply } from "../apply.ts";
import type { NDArray } from "../ndarray.ts";
import { rawOf } from "../ndarray.ts";

/** The cross-entropy of rows of logits and integer labels. */
export const CROSS_ENTROPY: Operation<undefined, [logits: ArrayData, labels: ArrayData]> = {
  name: "crossEntropy",
  forward: (_, logits, labels) => crossEntropyData(logits, labels),
};

/**
 * logsumexp(row) - row[label] of rows of `logits` [..., n], float32, and integer `labels` [...]; undefined where these
 * have other dtypes or there are too many columns.
 */
export function crossEntropyOfRows(logits: NDArray, labels: NDArray): NDArray | undefined {
  if (!hasCrossEntropy(logits[DATA], labels.dtype)) return undefined;
  return apply(CROSS_ENTROPY, undefined, rawOf(logits), rawOf(labels));
}
