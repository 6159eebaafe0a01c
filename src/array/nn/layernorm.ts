import type { ArrayData, ArrayLike, GroupNormParameters, LayerNormParameters } from "../../data/index.ts";
import { groupNormData, layerNormData } from "../../data/index.ts";
import type { Operation } from "../apply.ts";
import { apply } from "../apply.ts";
import type { NDArray } from "../ndarray.ts";
import { dataOf, optionalDataOf } from "./inputs.ts";

type Optional = ArrayLike | undefined;
type Inputs = [x: ArrayData, scale: ArrayData | undefined, bias: ArrayData | undefined, mask: ArrayData | undefined];

/** What `layerNorm` computes. */
export const LAYER_NORM: Operation<LayerNormParameters, Inputs> = { name: "layerNorm", forward: layerNormData };

/**
 * (x - mean) * (scale / sqrt(variance + epsilon)) + bias, mean and variance those of `x` over the axes of the
 * parameters. Layer, RMS and instance normalisation are this.
 *
 * @param scale as many elements as the feature axes have, in one axis; so has `bias`
 * @param mask broadcasts to `x`: which elements the statistics count
 * @returns the shape and the dtype of `x`
 */
export function layerNorm(
  x: ArrayLike,
  scale: Optional,
  bias: Optional,
  mask: Optional,
  parameters: LayerNormParameters,
): NDArray {
  return apply(LAYER_NORM, parameters, dataOf(x), optionalDataOf(scale), optionalDataOf(bias), optionalDataOf(mask));
}

/** What `groupNorm` computes. */
export const GROUP_NORM: Operation<GroupNormParameters, Inputs> = { name: "groupNorm", forward: groupNormData };

/**
 * Like `layerNorm`, by groups of the features, which are the last axis.
 *
 * @param x [batch, ..., features]
 * @throws ShapeError if the mask does not fit, or the axes leave statistics of another shape than [batch, group]
 */
export function groupNorm(
  x: ArrayLike,
  scale: Optional,
  bias: Optional,
  mask: Optional,
  parameters: GroupNormParameters,
): NDArray {
  return apply(GROUP_NORM, parameters, dataOf(x), optionalDataOf(scale), optionalDataOf(bias), optionalDataOf(mask));
}
