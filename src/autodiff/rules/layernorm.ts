/** The rule of layer norms: by kernels for rows of float32, else by its steps. */
import type { NDArray } from "../../array/index.ts";
import {
  concatenate,
  equal,
  LAYER_NORM,
  maximum,
  meanWhere,
  power,
  reshape,
  square,
  subtract,
  sum,
  varianceWhere,
  where,
} from "../../array/index.ts";
import { LONGEST_ROW } from "../../base/index.ts";
import type { LayerNormParameters } from "../../data/index.ts";
import { LAYER_NORM_BACK, LAYER_NORM_SUMS, layerNormBack, layerNormSums } from "../operations/layernorm.ts";
import type { Rule, RuleEntry } from "../rule.ts";
import { expression, rule } from "../rule.ts";
import { unbroadcast } from "./broadcast.ts";

type Optional = NDArray | undefined;

/** The rules of this file. @param byParts the rule of `LAYER_NORM` for any input */
export function layerNormRules(byParts: RuleEntry): readonly RuleEntry[] {
  return [
    rule(LAYER_NORM, (ct, application, wanted, trace) => {
      const { inputs, parameters } = application;
      const [x, scale, bias, mask] = inputs as readonly [NDArray, Optional, Optional, Optional];
      if (scale === undefined || mask !== undefined || !isOfRows(parameters, x, scale))
        return (byParts[1] as unknown as Rule)(ct, application as never, wanted, trace);
      return ofRows(ct, x, scale, bias, parameters, wanted);
    }),
    expression(LAYER_NORM_SUMS, (_, ct, x, scale, mean, root) => {
      const rows = [ct.mul(x.sub(mean!)).mul(scale!), ct.mul(root!.mul(scale!)).neg()];
      return concatenate(rows.map((row) => reshape(sum(row, -1), [1, ...mean!.shape])));
    }),
    expression(LAYER_NORM_BACK, (_, ct, x, scale, root, slope, shift) =>
      ct
        .mul(root!.mul(scale!))
        .add(slope!.mul(x.mul(2)))
        .add(shift!),
    ),
  ];
}

/** Whether the kernels take it: rows of float32 along the last axis, with a scale, about their fast variance. */
function isOfRows(parameters: LayerNormParameters, x: NDArray, scale: NDArray): boolean {
  const { axes, features, centered, fast } = parameters;
  const last = x.ndim - 1;
  const n = x.shape[last]!;
  const isLast = (list: readonly number[]): boolean => list.length === 1 && list[0] === last;
  const isFloat = x.dtype === "float32" && scale.dtype === "float32";
  return isFloat && centered && fast && isLast(axes) && isLast(features) && n > 1 && n <= LONGEST_ROW && x.size > 0;
}

/** The cotangents, with the operations and their order of the rule by parts. */
function ofRows(
  ct: NDArray,
  x: NDArray,
  scale: NDArray,
  bias: Optional,
  { axes, epsilon }: LayerNormParameters,
  wanted: readonly boolean[],
): Optional[] {
  const n = scale.size;
  const mean = meanWhere(x, undefined, axes);
  const shifted = varianceWhere(x, mean, undefined, { axes, fast: true }).add(epsilon);
  const root = power(shifted, -0.5);
  const toScale = wanted[1] === true ? unbroadcast(ct.mul(x.sub(mean)).mul(root), scale.shape) : undefined;
  const toBias = wanted[2] === true ? unbroadcast(ct, bias!.shape) : undefined;
  if (wanted[0] !== true) return [undefined, toScale, toBias, undefined];
  const sums = layerNormSums(ct, x, scale, mean, root);
  const toVariance = sums.slice(0).mul(power(shifted, subtract(-0.5, 1)).mul(-0.5));
  // A variance of rounding errors below 0 counts as 0, and gets nothing.
  const variance = square(x).mean(axes, { keepdims: true }).sub(square(mean));
  const positive = maximum(variance, 0);
  const share = where(equal(variance, positive), where(equal(positive, 0), 0.5, 1), 0);
  const toSquares = toVariance.mul(share);
  const toMean = sums.slice(1).add(toSquares.neg().mul(mean.mul(2)));
  return [layerNormBack(ct, x, scale, root, toSquares.div(n), toMean.div(n)), toScale, toBias, undefined];
}
