/**
 * The rule of batch norms by the batch's statistics: by kernels for float32 features in the last axis, else by steps.
 */
import type { NDArray } from "../../array/index.ts";
import {
  BATCH_NORM,
  DATA,
  equal,
  maximum,
  meanWhere,
  normalize,
  plainOf,
  power,
  reshape,
  square,
  subtract,
  sum,
  varianceWhere,
  where,
} from "../../array/index.ts";
import { LONGEST_ROW } from "../../base/index.ts";
import type { BatchNormParameters } from "../../data/index.ts";
import { BATCH_NORM_BACK, BATCH_NORM_TERMS, batchNormBack, batchNormTerms } from "../operations/batchnorm.ts";
import type { Rule, RuleEntry } from "../rule.ts";
import { expression, rule } from "../rule.ts";

type Optional = NDArray | undefined;
type Inputs = readonly [x: NDArray, mean: NDArray, variance: NDArray, scale: Optional, bias: Optional];

/**
 * The rules of this file. What goes through the statistics goes to the input: the statistics themselves get nothing.
 */
export function batchNormRules(): readonly RuleEntry[] {
  const byParts = expression(BATCH_NORM, ({ parameters }, x, _, __, scale: Optional, bias: Optional) => {
    const { axes, fast, features } = parameters;
    const mean = meanWhere(x, undefined, axes);
    const variance = varianceWhere(x, mean, undefined, { axes, fast });
    const list = [x.shape[features[0]!]!];
    return normalize(x, reshape(mean, list), reshape(variance, list), scale, bias, parameters);
  });
  return [
    rule(BATCH_NORM, (ct, application, wanted, trace) => {
      const inputs = application.inputs as unknown as Inputs;
      return isOfColumns(application.parameters, inputs)
        ? ofColumns(ct, inputs, application.parameters, wanted)
        : (byParts[1] as unknown as Rule)(ct, application as never, wanted, trace);
    }),
    expression(BATCH_NORM_TERMS, (_, ct, x, mean) => ct.mul(x.sub(mean!))),
    expression(BATCH_NORM_BACK, (_, ct, x, factor, slope, shift) =>
      ct
        .mul(factor!)
        .add(slope!.mul(x.mul(2)))
        .add(shift!),
    ),
  ];
}

/** Whether the kernels take it: float32, with features in the last axis, and the fast variance. */
function isOfColumns({ features, fast }: BatchNormParameters, [x, ...others]: Inputs): boolean {
  const last = x.ndim - 1;
  const isFloat = [x, ...others].every((part) => part === undefined || part.dtype === "float32");
  return isFloat && fast && features[0] === last && x.shape[last]! <= LONGEST_ROW;
}

function ofColumns(
  ct: NDArray,
  [x, mean, variance, scale, bias]: Inputs,
  { axes, epsilon }: BatchNormParameters,
  wanted: readonly boolean[],
): Optional[] {
  const n = x.size / mean.size;
  const shifted = variance.add(epsilon);
  const root = power(shifted, -0.5);
  const factor = scale === undefined ? root : root.mul(scale);
  const toShift = sum(ct, axes);
  const sums = sum(batchNormTerms(ct, x, mean), axes);
  const toScale = wanted[3] === true ? sums.mul(root) : undefined;
  const toBias = wanted[4] === true && bias !== undefined ? toShift : undefined;
  if (wanted[0] !== true) return [undefined, undefined, undefined, toScale, toBias];
  const toRoot = scale === undefined ? sums : sums.mul(scale);
  const toVariance = toRoot.mul(power(shifted, subtract(-0.5, 1)).mul(-0.5));
  const toSquares = toVariance.mul(shareOf(variance, x, mean, axes));
  const toMean = toShift
    .mul(factor)
    .add(toSquares.mul(mean.mul(2)))
    .neg();
  return [batchNormBack(ct, x, factor, toSquares.div(n), toMean.div(n)), undefined, undefined, toScale, toBias];
}

/** How much of its cotangent a variance passes on: one of rounding errors below 0 counts as 0, and gets nothing. */
function shareOf(variance: NDArray, x: NDArray, mean: NDArray, axes: readonly number[]): NDArray | number {
  if ((plainOf(variance[DATA]).storage.data as Float32Array).every((v) => v > 0)) return 1;
  const own = square(x).mean(axes).sub(square(mean));
  const positive = maximum(own, 0);
  return where(equal(own, positive), where(equal(positive, 0), 0.5, 1), 0);
}
