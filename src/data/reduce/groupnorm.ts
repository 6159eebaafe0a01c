import { ShapeError } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData } from "../arraydata.ts";
import { gather, reshaped, stridesOf } from "../manipulation/strided.ts";
import type { Shape } from "../shape.ts";
import { formatShape, sizeOf } from "../shape.ts";
import { alongFeatures, elements, standardize } from "./normalize.ts";
import { normalizeGroups } from "./normalizerows.ts";
import { statisticsData } from "./statistics.ts";

/** How an array is normalised by groups of its features. */
export interface GroupNormParameters {
  /** How many features a group has. */
  readonly groupSize: number;
  /** The axes that the statistics are taken over, ascending; the last of them stands for the features of a group. */
  readonly axes: readonly number[];
  /** Added to the variance. */
  readonly epsilon: number;
  /** The variance as max(0, E[x^2] - mean^2), else as E[(x - mean)^2]. */
  readonly fast: boolean;
  /** How errors name the function. */
  readonly fn: string;
}

/**
 * `x` [batch, ..., features] by mean and variance of groups of its features, times `scale` [features], plus `bias`, all
 * in float32. As in Flax the statistics are repeated along axis 1.
 *
 * @param mask broadcasts to `x`: which elements the statistics count
 * @returns the shape and the dtype of `x`
 * @throws ShapeError if the mask does not fit, or `axes` leave statistics of another shape than [batch, group]
 */
export function groupNormData(
  parameters: GroupNormParameters,
  x: ArrayData,
  scale: ArrayData | undefined,
  bias: ArrayData | undefined,
  mask: ArrayData | undefined,
): ArrayData {
  const { shape } = x;
  const { groupSize, axes, epsilon, fast, fn } = parameters;
  const from = castData(x, "float32");
  const rank = shape.length;
  const last = [rank - 1];
  const [s, b] = [alongFeatures(scale, shape, last), alongFeatures(bias, shape, last)];
  if (mask === undefined && fast && axes.length === rank - 1 && axes[0] === 1 && from.storage.data.length > 0)
    return castData(normalizeGroups(from, groupSize, elements(s), elements(b), epsilon), x.dtype);
  const outer = axes.slice(0, -1);
  const reduced = [...outer, rank];
  const counted = mask && inGroups(mask, shape.at(-1)!, groupSize, fn);
  const { mean, variance } = statisticsData(
    { axes: reduced, fast, centered: true },
    inGroups(from, shape.at(-1)!, groupSize, fn),
    counted,
  );
  const kept = shape.map((size, axis) => (outer.includes(axis) ? 1 : size));
  const along = (statistic: ArrayData): ArrayData => repeatedAlong(statistic, reduced, kept, parameters);
  return castData(standardize(from, { mean: along(mean!), variance: along(variance) }, s, b, epsilon), x.dtype);
}

/** `x` with its last axis cut in groups. */
function inGroups(x: ArrayData, features: number, groupSize: number, fn: string): ArrayData {
  const shape = [...x.shape.slice(0, -1), features / groupSize, groupSize];
  if (sizeOf(shape) === sizeOf(x.shape)) return reshaped(x, shape);
  throw new ShapeError(
    `${fn}: "mask" expected ${features} elements along its last axis, got shape ${formatShape(x.shape)}`,
  );
}

/** A statistic without its reduced axes, each element once for every feature of its group along axis 1: [kept]. */
function repeatedAlong(
  statistic: ArrayData,
  reduced: readonly number[],
  kept: Shape,
  { groupSize, axes, fn }: GroupNormParameters,
): ArrayData {
  const shape = statistic.shape.filter((_, axis) => !reduced.includes(axis));
  const repeats = [...shape.slice(0, 2), groupSize, ...shape.slice(2)];
  if (shape.length < 2 || sizeOf(repeats) !== sizeOf(kept))
    throw new ShapeError(
      `${fn}: "reductionAxes" expected axes that leave statistics for [batch, group], ` +
        `got ${formatShape(axes)} which leaves ${formatShape(shape)}`,
    );
  const inner = sizeOf(shape.slice(2));
  const strides = [shape[1]! * inner, inner, 0, ...stridesOf(shape.slice(2))];
  return reshaped(gather(statistic, repeats, strides), kept);
}
