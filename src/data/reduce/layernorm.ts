import type { ArrayData } from "../arraydata.ts";
import { castData, floatsOf } from "../arraydata.ts";
import { alongFeatures, isLast, standardize } from "./normalize.ts";
import { normalizeGroups, normalizeRows } from "./normalizerows.ts";
import { statisticsData } from "./statistics.ts";

/** How an array is normalised by its own statistics. */
export interface LayerNormParameters {
  /** The axes that the statistics are taken over, ascending. */
  readonly axes: readonly number[];
  /** The axes that scale and bias have elements for, ascending. */
  readonly features: readonly number[];
  /** Added to the variance. */
  readonly epsilon: number;
  /** false: the mean is 0, and the variance E[x^2]. */
  readonly centered: boolean;
  /** The variance as max(0, E[x^2] - mean^2), else as E[(x - mean)^2]. */
  readonly fast: boolean;
}

/**
 * (x - mean) * (scale / sqrt(variance + epsilon)) + bias, mean and variance those of `x` over `axes`, all in float32.
 *
 * @param mask broadcasts to `x`: which elements the statistics count
 * @returns the shape and the dtype of `x`
 */
export function layerNormData(
  parameters: LayerNormParameters,
  x: ArrayData,
  scale: ArrayData | undefined,
  bias: ArrayData | undefined,
  mask: ArrayData | undefined,
): ArrayData {
  const { axes, features, epsilon, centered, fast } = parameters;
  const from = castData(x, "float32");
  const rank = x.shape.length;
  const hasKernel = mask === undefined && (fast || !centered) && from.storage.data.length > 0;
  if (hasKernel && (isLast(features, rank) || (scale === undefined && bias === undefined))) {
    const s = scale && floatsOf(scale);
    const b = bias && floatsOf(bias);
    if (isLast(axes, rank)) return castData(normalizeRows(from, x.shape[rank - 1]!, s, b, epsilon, centered), x.dtype);
    if (centered && areInner(axes, rank)) return castData(normalizeGroups(from, 1, s, b, epsilon), x.dtype);
  }
  const [s, b] = [alongFeatures(scale, x.shape, features), alongFeatures(bias, x.shape, features)];
  return castData(standardize(from, statisticsData(parameters, from, mask), s, b, epsilon), x.dtype);
}

/** Whether `axes` are all but the first and the last. */
function areInner(axes: readonly number[], rank: number): boolean {
  return rank > 1 && axes.length === rank - 2 && axes.every((axis, i) => axis === i + 1);
}
