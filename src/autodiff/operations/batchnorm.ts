import type { ArrayData, NDArray, Operation } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import { batchNormBackData, batchNormTermsData } from "../../data/index.ts";

type Back = [ct: ArrayData, x: ArrayData, factor: ArrayData, slope: ArrayData, shift: ArrayData];

/** What the gradient of a batch norm sums towards the scale and the variance. */
export const BATCH_NORM_TERMS: Operation<undefined, [ct: ArrayData, x: ArrayData, mean: ArrayData]> = {
  name: "batchNormTerms",
  forward: (_, ct, x, mean) => batchNormTermsData(ct, x, mean),
};

/** `ct` * (`x` - `mean`), with a mean for each element of the last axis. */
export function batchNormTerms(ct: NDArray, x: NDArray, mean: NDArray): NDArray {
  return apply(BATCH_NORM_TERMS, undefined, ct[DATA], x[DATA], mean[DATA]);
}

/** The cotangent of the input of a batch norm, from those of its statistics. */
export const BATCH_NORM_BACK: Operation<undefined, Back> = {
  name: "batchNormBack",
  forward: (_, ...inputs) => batchNormBackData(...inputs),
};

/** `ct` * `factor` + `slope` * (`x` * 2) + `shift`, with three numbers for each element of the last axis. */
export function batchNormBack(ct: NDArray, x: NDArray, factor: NDArray, slope: NDArray, shift: NDArray): NDArray {
  return apply(BATCH_NORM_BACK, undefined, ct[DATA], x[DATA], factor[DATA], slope[DATA], shift[DATA]);
}
