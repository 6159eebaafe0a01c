/** Rules of normalisation. What has its statistics from the array itself is taken apart into its steps. */
import type { NDArray, Shape } from "../../array/index.ts";
import {
  broadcastTo,
  power,
  GROUP_NORM,
  L2_NORMALIZE,
  LAYER_NORM,
  maximum,
  MEAN_WHERE,
  meanWhere,
  NORMALIZE,
  normalize,
  notEqual,
  reshape,
  sizeOf,
  sqrt,
  square,
  sum,
  VARIANCE_WHERE,
  varianceWhere,
  where,
  zeros,
} from "../../array/index.ts";
import type { RuleEntry } from "../rule.ts";
import { expression } from "../rule.ts";
import { layerNormRules } from "./layernorm.ts";

type Optional = NDArray | undefined;

/** The rules of this file. */
export function normRules(): readonly RuleEntry[] {
  const byParts = expression(LAYER_NORM, ({ parameters }, x, scale: Optional, bias: Optional, mask: Optional) => {
    const { axes, features, epsilon, centered, fast } = parameters;
    // The statistics of the layer, bit for bit.
    const mean = centered ? meanWhere(x, mask, axes) : zeros([]);
    const variance = centered ? varianceWhere(x, mean, mask, { axes, fast }) : meanWhere(square(x), mask, axes);
    const part = (p: Optional): Optional => p && alongAxes(p.astype("float32"), x.shape, features);
    return normalized(x, mean, variance, part(scale), part(bias), epsilon);
  });
  return [
    expression(MEAN_WHERE, ({ parameters: axes }, x, mask: Optional) => meanOf(x.astype("float32"), mask, axes)),
    expression(VARIANCE_WHERE, ({ parameters: { axes, fast } }, x, mean: Optional, mask: Optional) =>
      varianceOf(x.astype("float32"), mean, mask, axes, fast),
    ),
    expression(
      NORMALIZE,
      ({ parameters: { epsilon, features } }, x, mean, variance, scale: Optional, bias: Optional) => {
        const along = (part: Optional): Optional =>
          features === undefined ? part : part && alongAxes(part.astype("float32"), x.shape, features);
        return normalized(x, along(mean)!, along(variance)!, along(scale), along(bias), epsilon);
      },
    ),
    expression(L2_NORMALIZE, ({ parameters: { axes, epsilon } }, x) =>
      x.div(sqrt(sum(square(x), axes, { keepdims: true }).add(epsilon))),
    ),
    ...layerNormRules(byParts),
    expression(GROUP_NORM, ({ parameters }, x, scale: Optional, bias: Optional, mask: Optional) => {
      const { groupSize, axes, epsilon, fast } = parameters;
      const rank = x.ndim;
      const inGroups = (y: NDArray): NDArray =>
        reshape(y, [...y.shape.slice(0, -1), x.shape[rank - 1]! / groupSize, groupSize]);
      const counted = mask && inGroups(broadcastTo(mask, [...mask.shape.slice(0, -1), x.shape[rank - 1]!]));
      const reduced = [...axes.slice(0, -1), rank];
      const mean = meanWhere(inGroups(x), counted, reduced);
      const variance = varianceWhere(inGroups(x), mean, counted, { axes: reduced, fast });
      const along = (statistic: NDArray): NDArray => repeatedAlong(statistic, reduced, groupSize, x.shape, axes);
      const part = (p: Optional): Optional => p && alongAxes(p, x.shape, [rank - 1]);
      return normalize(x, along(mean), along(variance), part(scale), part(bias), { epsilon });
    }),
  ];
}

/**
 * (x - mean) / sqrt(variance + epsilon) * scale + bias of arrays that broadcast, in float32, then in the dtype of `x`.
 */
function normalized(
  x: NDArray,
  mean: NDArray,
  variance: NDArray,
  scale: Optional,
  bias: Optional,
  epsilon: number,
): NDArray {
  // One rounding, where 1 / sqrt has two.
  const root = power(variance.add(epsilon), -0.5);
  const scaled = x
    .astype("float32")
    .sub(mean)
    .mul(scale === undefined ? root : root.mul(scale));
  return (bias === undefined ? scaled : scaled.add(bias)).astype(x.dtype);
}

/** The variance of float32 `x` over `axes`, of the elements where `mask` is not 0; about 0 without a mean. */
function varianceOf(x: NDArray, mean: Optional, mask: Optional, axes: readonly number[], fast: boolean): NDArray {
  if (mean === undefined) return meanOf(square(x), mask, axes);
  if (!fast) return meanOf(square(x.sub(mean)), mask, axes);
  return maximum(meanOf(square(x), mask, axes).sub(square(mean)), 0);
}

/** The mean of `x` over `axes`, of the elements where `mask` is not 0. */
function meanOf(x: NDArray, mask: Optional, axes: readonly number[]): NDArray {
  if (mask === undefined) return x.mean(axes, { keepdims: true });
  const counted = broadcastTo(notEqual(mask, 0), x.shape);
  const count = sum(counted.astype("float32"), axes, { keepdims: true });
  return sum(where(counted, x, 0), axes, { keepdims: true }).div(count);
}

/** `part`, which has elements for the axes `features` of `shape`, with those axes in their places. */
function alongAxes(part: NDArray, shape: Shape, features: readonly number[]): NDArray {
  return reshape(
    part,
    shape.map((size, axis) => (features.includes(axis) ? size : 1)),
  );
}

/** A statistic of groups, each element once for every feature of its group along axis 1, as Flax repeats them. */
function repeatedAlong(
  statistic: NDArray,
  reduced: readonly number[],
  groupSize: number,
  shape: Shape,
  axes: readonly number[],
): NDArray {
  const own = statistic.shape.filter((_, axis) => !reduced.includes(axis));
  const kept = shape.map((size, axis) => (axes.slice(0, -1).includes(axis) ? 1 : size));
  const [batch, groups, ...inner] = own as [number, number, ...number[]];
  const repeated = broadcastTo(reshape(statistic, [batch, groups, 1, ...inner]), [batch, groups, groupSize, ...inner]);
  return reshape(repeated, sizeOf(kept) === repeated.size ? kept : repeated.shape);
}
