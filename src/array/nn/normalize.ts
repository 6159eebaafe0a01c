import type {
  ArrayData,
  ArrayLike,
  BatchNormParameters,
  NormalizeParameters,
  VarianceParameters,
} from "../../data/index.ts";
import { l2NormalizeData, meanWhereData, normalizeData, varianceWhereData } from "../../data/index.ts";
import type { Operation } from "../apply.ts";
import { apply } from "../apply.ts";
import type { NDArray } from "../ndarray.ts";
import { dataOf, optionalDataOf } from "./inputs.ts";

type Optional = ArrayData | undefined;

/** What `meanWhere` computes; the parameter has the axes. */
export const MEAN_WHERE: Operation<readonly number[], [x: ArrayData, mask: Optional]> = {
  name: "meanWhere",
  forward: meanWhereData,
};

/**
 * The mean over `axes` of the elements where `mask` is not 0, float32, with the reduced axes as sizes of 1.
 *
 * @param mask broadcasts to `x`; without one all elements count
 */
export function meanWhere(x: ArrayLike, mask: ArrayLike | undefined, axes: readonly number[]): NDArray {
  return apply(MEAN_WHERE, axes, dataOf(x), optionalDataOf(mask));
}

/** What `varianceWhere` computes. */
export const VARIANCE_WHERE: Operation<VarianceParameters, [x: ArrayData, mean: Optional, mask: Optional]> = {
  name: "varianceWhere",
  forward: varianceWhereData,
};

/**
 * The variance about `mean` of the elements where `mask` is not 0, float32, with the reduced axes as sizes of 1.
 *
 * @param mean broadcasts to the result
 * @param mask broadcasts to `x`; without one all elements count
 */
export function varianceWhere(
  x: ArrayLike,
  mean: ArrayLike,
  mask: ArrayLike | undefined,
  parameters: VarianceParameters,
): NDArray {
  return apply(VARIANCE_WHERE, parameters, dataOf(x), dataOf(mean), optionalDataOf(mask));
}

/** What `normalize` computes. */
export const NORMALIZE: Operation<
  NormalizeParameters,
  [x: ArrayData, mean: ArrayData, variance: ArrayData, scale: Optional, bias: Optional]
> = { name: "normalize", forward: normalizeData };

/**
 * (x - mean) * (scale / sqrt(variance + epsilon)) + bias: like `layerNorm`, by statistics that are given.
 *
 * @returns the shape and the dtype of `x`
 * @throws ShapeError if one of the others does not broadcast
 */
export function normalize(
  x: ArrayLike,
  mean: ArrayLike,
  variance: ArrayLike,
  scale: ArrayLike | undefined,
  bias: ArrayLike | undefined,
  parameters: NormalizeParameters,
): NDArray {
  return apply(
    NORMALIZE,
    parameters,
    dataOf(x),
    dataOf(mean),
    dataOf(variance),
    optionalDataOf(scale),
    optionalDataOf(bias),
  );
}

/** What `batchNorm` computes. */
export const BATCH_NORM: Operation<
  BatchNormParameters,
  [x: ArrayData, mean: ArrayData, variance: ArrayData, scale: Optional, bias: Optional]
> = { name: "batchNorm", forward: normalizeData };

/**
 * Like `normalize`, by statistics that are those of `x` itself: its gradient goes through them to `x`, and not to
 * `mean` and `variance`.
 *
 * @throws ShapeError if one of the others does not broadcast
 */
export function batchNorm(
  x: ArrayLike,
  mean: ArrayLike,
  variance: ArrayLike,
  scale: ArrayLike | undefined,
  bias: ArrayLike | undefined,
  parameters: BatchNormParameters,
): NDArray {
  return apply(
    BATCH_NORM,
    parameters,
    dataOf(x),
    dataOf(mean),
    dataOf(variance),
    optionalDataOf(scale),
    optionalDataOf(bias),
  );
}

/** What `l2Normalize` computes. */
export const L2_NORMALIZE: Operation<{ readonly axes: readonly number[]; readonly epsilon: number }, [x: ArrayData]> = {
  name: "l2Normalize",
  forward: l2NormalizeData,
};

/** x / sqrt(sum(x^2) + epsilon), the sum over `axes`, float32. */
export function l2Normalize(x: ArrayLike, axes: readonly number[], epsilon: number): NDArray {
  return apply(L2_NORMALIZE, { axes, epsilon }, dataOf(x));
}
