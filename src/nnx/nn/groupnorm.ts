import type { ArrayLike, Axes, ArrayData, DType, Shape } from "../../array/index.ts";
import {
  castData,
  formatShape,
  gather,
  NDArray,
  normalizeData,
  normalizeGroups,
  sizeOf,
  statisticsData,
  stridesOf,
  toData,
} from "../../array/index.ts";
import { describe, int, ShapeError, toSize } from "../../base/index.ts";
import { Module } from "../module.ts";
import type { Param } from "../variables.ts";
import { promoteDtype } from "./dtypes.ts";
import type { BiasedNormOptions, NormCallOptions } from "./normparams.ts";
import { alongFeatures, makeNormParams, normAxes, toEpsilon, usualOperands } from "./normparams.ts";
import type { PromoteDtype } from "./options.ts";

/** What `GroupNorm` takes beside the number of features. */
export interface GroupNormOptions extends BiasedNormOptions {
  /** How many groups. Default 32, unless `groupSize` is given. */
  readonly numGroups?: number | null;
  /** How many features a group has, instead of `numGroups`. */
  readonly groupSize?: number | null;
  /** The axes the statistics are taken over; the last stands for the features of a group. Default all but the first. */
  readonly reductionAxes?: Axes;
}

/**
 * Group normalisation: the features are cut in groups, each normalised by the statistics of its own example; then times `scale`, plus
 * `bias`.
 *
 * Input and result [batch, ..., numFeatures]; Params `scale` and `bias` [numFeatures], one key each. Rounding and sums as in `LayerNorm`; an
 * example of a batch has the bits of that example alone. As in Flax statistics are repeated along axis 1, so that other
 * reduction axes than all but the first seldom mean what they say.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/normalization.py` (`GroupNorm`).
 * @throws TypeError, RangeError for bad sizes or axes, or groups that do not divide the features; ShapeError, when called, if the shape does not fit
 * @example
 * const norm = new nnx.GroupNorm(4, { numGroups: 2, epsilon: 0, rngs: new nnx.Rngs(0) });
 * norm([[1, 3, 10, 30]]).tolist() // => [[-1, 1, -1, 1]]
 */
export class GroupNorm extends Module<[x: ArrayLike, options?: NormCallOptions], NDArray> {
  declare readonly scale: Param | undefined;
  declare readonly bias: Param | undefined;
  declare readonly numGroups: number;
  declare readonly groupSize: number;
  declare readonly numFeatures: number;
  declare readonly epsilon: number;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly useBias: boolean;
  declare readonly useScale: boolean;
  declare readonly reductionAxes: Axes;
  declare readonly useFastVariance: boolean;
  declare readonly promoteDtype: PromoteDtype;

  constructor(numFeatures: number, options: GroupNormOptions) {
    super();
    const size = toSize(numFeatures, 'nnx.GroupNorm: "numFeatures"');
    const groups = toGroups(size, options ?? {});
    const { scale, bias } = makeNormParams("GroupNorm", size, options, true);
    this.scale = scale;
    this.bias = bias;
    this.numGroups = groups;
    this.groupSize = size / groups;
    this.numFeatures = size;
    this.epsilon = toEpsilon(options.epsilon ?? 1e-6, "GroupNorm");
    this.dtype = options.dtype;
    this.paramDtype = options.paramDtype ?? "float32";
    this.useBias = bias !== undefined;
    this.useScale = scale !== undefined;
    this.reductionAxes = options.reductionAxes ?? null;
    this.useFastVariance = options.useFastVariance ?? true;
    this.promoteDtype = options.promoteDtype ?? promoteDtype;
  }

  override __call__(input: ArrayLike, { mask }: NormCallOptions = {}): NDArray {
    const usual =
      mask === undefined && this.useFastVariance && this.reductionAxes === null
        ? usualOperands(this, input, [this.scale, this.bias])
        : undefined;
    if (usual && usual[0].shape.length > 1 && usual[0].shape.at(-1) === this.numFeatures)
      return new NDArray(normalizeGroups(usual[0], this.groupSize, usual[1], usual[2], this.epsilon));
    const [x, scaled, biased] = this.promoteDtype([input, this.scale, this.bias], this.dtype);
    const { shape, ndim: rank } = x;
    if (rank < 2 || shape[rank - 1] !== this.numFeatures)
      throw new ShapeError(
        `nnx.GroupNorm: "x" expected shape [batch, ..., ${this.numFeatures}], got ${formatShape(shape)}`,
      );
    const axes =
      this.reductionAxes === null ? [...shape.keys()].slice(1) : normAxes(this.reductionAxes, rank, "GroupNorm");
    const outer = axes.slice(0, -1);
    const from = castData(toData(x, "nnx.GroupNorm"), "float32");
    const { mean, variance } = statisticsData(this.grouped(from), [...outer, rank], {
      mask: mask === undefined ? undefined : this.grouped(toData(mask, 'nnx.GroupNorm: "mask"')),
      fast: this.useFastVariance,
    });
    const kept = shape.map((size, axis) => (outer.includes(axis) ? 1 : size));
    const statistics = {
      mean: this.repeated(mean, [...outer, rank], kept),
      variance: this.repeated(variance, [...outer, rank], kept),
    };
    const along = (param: NDArray | undefined): ArrayData | undefined =>
      alongFeatures(param, shape, [rank - 1], "GroupNorm");
    return new NDArray(castData(normalizeData(from, statistics, along(scaled), along(biased), this.epsilon), x.dtype));
  }

  /** `x` with its last axis cut in groups. */
  private grouped(x: ArrayData): ArrayData {
    const shape = [...x.shape.slice(0, -1), this.numGroups, this.groupSize];
    if (sizeOf(shape) !== sizeOf(x.shape))
      throw new ShapeError(
        `nnx.GroupNorm: "mask" expected ${this.numFeatures} elements along its last axis, got shape ${formatShape(x.shape)}`,
      );
    return { ...x, shape };
  }

  /** Statistics without their reduced axes, each repeated for the features of a group along axis 1, as `kept` has room for them. */
  private repeated(statistic: ArrayData, reduced: readonly number[], kept: Shape): ArrayData {
    const shape = statistic.shape.filter((_, axis) => !reduced.includes(axis));
    const repeats = [...shape.slice(0, 2), this.groupSize, ...shape.slice(2)];
    if (shape.length < 2 || sizeOf(repeats) !== sizeOf(kept)) {
      throw new ShapeError(
        `nnx.GroupNorm: "reductionAxes" expected axes that leave statistics for [batch, group], got [${String(this.reductionAxes)}] which leaves ${formatShape(shape)}`,
      );
    }
    const inner = sizeOf(shape.slice(2));
    return { ...gather(statistic, repeats, [shape[1]! * inner, inner, 0, ...stridesOf(shape.slice(2))]), shape: kept };
  }
}

function toGroups(
  features: number,
  { numGroups = 32, groupSize = null }: GroupNormOptions | Record<string, never>,
): number {
  const given: number | null = groupSize !== null && numGroups === 32 ? null : numGroups;
  if ((given === null) === (groupSize === null))
    throw new RangeError(
      `nnx.GroupNorm: expected either "numGroups" or "groupSize", got ${describe(numGroups)} and ${describe(groupSize)}`,
    );
  const divisor =
    given === null ? int(groupSize, 'nnx.GroupNorm: "groupSize"') : int(given, 'nnx.GroupNorm: "numGroups"');
  if (divisor <= 0 || features % divisor !== 0) {
    throw new RangeError(
      `nnx.GroupNorm: "${given === null ? "groupSize" : "numGroups"}" expected a divisor of the ${features} features, got ${divisor}`,
    );
  }
  return given === null ? features / divisor : divisor;
}
