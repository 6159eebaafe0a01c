import { BIASED, NORM, layerArguments } from "./layerarguments.ts";
import type { ArrayLike, Axes, NDArray } from "../../array/index.ts";
import { formatShape, groupNorm, viewArray } from "../../array/index.ts";
import { describe, int, ordered, ShapeError, toSize } from "../../base/index.ts";
import { BiasedNorm } from "./normbase.ts";
import type { BiasedNormOptions, NormCallOptions } from "./normparams.ts";
import { assertFeatures, normAxes, toMask } from "./normparams.ts";

/** What `GroupNorm` takes besides the number of features. */
export interface GroupNormOptions extends BiasedNormOptions {
  /** How many groups. Default 32, unless `groupSize` is given. */
  readonly numGroups?: number | null;
  /** How many features a group has, instead of `numGroups`. */
  readonly groupSize?: number | null;
  /** The axes the statistics are taken over; the last stands for the features of a group. Default all but the first. */
  readonly reductionAxes?: Axes;
}

/**
 * Group normalisation: the features are cut into groups, and each group of an example is normalised by its own mean
 * and variance. Then it is multiplied by `scale`, and `bias` is added.
 *
 * - Input and result [batch, ..., numFeatures]. Params `scale` and `bias` [numFeatures], one key each.
 * - Rounding and sums as in `LayerNorm`. An example of a batch has the bits of that example alone.
 * - As in Flax the statistics are repeated along axis 1, so that other reduction axes than all but the first seldom
 *   mean what they say.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/normalization.py` (`GroupNorm`).
 * @throws TypeError, RangeError for bad sizes or axes, or groups that do not divide the features
 * @throws ShapeError, when called, if the shape does not fit
 * @example
 * const norm = new nnx.GroupNorm(4, { numGroups: 2, epsilon: 0, rngs: new nnx.Rngs(0) });
 * norm([[1, 3, 10, 30]]).tolist() // => [[-1, 1, -1, 1]]
 */
export class GroupNorm extends BiasedNorm {
  declare readonly numGroups: number;
  declare readonly groupSize: number;
  declare readonly reductionAxes: Axes;

  constructor(options: GroupNormOptions & { readonly numFeatures: number });
  constructor(
    numFeatures: number,
    numGroups: number | null | undefined,
    ...rest: [options: GroupNormOptions] | [groupSize: number | null | undefined, options: GroupNormOptions]
  );
  constructor(numFeatures: number, options: GroupNormOptions);
  constructor(...args: readonly unknown[]) {
    const [numFeatures, options] = layerArguments<[number, GroupNormOptions]>(
      args,
      1,
      "nnx.GroupNorm numFeatures | numGroups groupSize * reductionAxes " + NORM + BIASED,
    );
    const groups = toGroups(toSize(numFeatures, 'nnx.GroupNorm: "numFeatures"'), options ?? {});
    super("GroupNorm", numFeatures, options);
    this.numGroups = groups;
    this.groupSize = this.numFeatures / groups;
    this.reductionAxes = options.reductionAxes ?? null;
  }

  override __call__(input: ArrayLike, options: NormCallOptions = {}): NDArray {
    const args = ordered<(x: ArrayLike, options?: NormCallOptions) => NDArray>(
      arguments,
      1,
      "nnx.GroupNorm x | * mask",
    );
    if (args !== undefined) [input, options = {}] = args;
    const { mask } = options;
    const given = [viewArray(input, 'nnx.GroupNorm: "x"'), this.scale?.get(), this.bias?.get()] as const;
    const [x, scale, bias] = this.promoteDtype(given, this.dtype);
    if (x.ndim < 2 || x.shape.at(-1) !== this.numFeatures) throw shapeError(x, this.numFeatures);
    const axes =
      this.reductionAxes === null ? [...x.shape.keys()].slice(1) : normAxes(this.reductionAxes, x.ndim, "GroupNorm");
    assertFeatures(x, [scale, bias], [x.ndim - 1], "GroupNorm");
    const { groupSize, epsilon, useFastVariance: fast } = this;
    return groupNorm(x, scale, bias, toMask(mask, x, "GroupNorm"), {
      groupSize,
      axes,
      epsilon,
      fast,
      fn: "nnx.GroupNorm",
    });
  }
}

function shapeError({ shape }: NDArray, numFeatures: number): ShapeError {
  return new ShapeError(`nnx.GroupNorm: "x" expected shape [batch, ..., ${numFeatures}], got ${formatShape(shape)}`);
}

function toGroups(
  features: number,
  { numGroups = 32, groupSize = null }: GroupNormOptions | Record<string, never>,
): number {
  const given: number | null = groupSize !== null && numGroups === 32 ? null : numGroups;
  if ((given === null) === (groupSize === null))
    throw new RangeError(
      `nnx.GroupNorm: expected either "numGroups" or "groupSize", ` +
        `got ${describe(numGroups)} and ${describe(groupSize)}`,
    );
  const divisor =
    given === null ? int(groupSize, 'nnx.GroupNorm: "groupSize"') : int(given, 'nnx.GroupNorm: "numGroups"');
  if (divisor <= 0 || features % divisor !== 0) {
    const name = given === null ? "groupSize" : "numGroups";
    throw new RangeError(`nnx.GroupNorm: "${name}" expected a divisor of the ${features} features, got ${divisor}`);
  }
  return given === null ? features / divisor : divisor;
}
