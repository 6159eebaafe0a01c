import type { ArrayLike, Axes, ArrayData, DType } from "../../array/index.ts";
import {
  castData,
  formatShape,
  NDArray,
  normalizeData,
  normalizeGroups,
  statisticsData,
  toData,
} from "../../array/index.ts";
import { ShapeError, toSize } from "../../base/index.ts";
import { Module } from "../module.ts";
import type { Param } from "../variables.ts";
import { promoteDtype } from "./dtypes.ts";
import type { BiasedNormOptions, NormCallOptions } from "./normparams.ts";
import { alongFeatures, makeNormParams, normAxes, toEpsilon, usualOperands } from "./normparams.ts";
import type { PromoteDtype } from "./options.ts";

/** What `InstanceNorm` takes beside the number of features. */
export interface InstanceNormOptions extends BiasedNormOptions {
  /** The axes of the features, not the first. Default the last. */
  readonly featureAxes?: Axes;
}

/**
 * Instance normalisation: each feature of each example by its own mean and variance over all other axes.
 *
 * Input and result [batch, ..., numFeatures]; Params `scale` and `bias` [numFeatures], one key each. Rounding and sums as in `LayerNorm`; an
 * example of a batch has the bits of that example alone.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/normalization.py` (`InstanceNorm`).
 * @throws TypeError, RangeError for a bad size, epsilon or axis; ShapeError, when called, if the shape does not fit
 * @example
 * const norm = new nnx.InstanceNorm(1, { epsilon: 0, rngs: new nnx.Rngs(0) });
 * norm([[[1], [3]], [[10], [30]]]).tolist() // => [[[-1], [1]], [[-1], [1]]]
 */
export class InstanceNorm extends Module<[x: ArrayLike, options?: NormCallOptions], NDArray> {
  declare readonly scale: Param | undefined;
  declare readonly bias: Param | undefined;
  declare readonly numFeatures: number;
  declare readonly epsilon: number;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly useBias: boolean;
  declare readonly useScale: boolean;
  declare readonly featureAxes: Axes;
  declare readonly useFastVariance: boolean;
  declare readonly promoteDtype: PromoteDtype;

  constructor(numFeatures: number, options: InstanceNormOptions) {
    super();
    const size = toSize(numFeatures, 'nnx.InstanceNorm: "numFeatures"');
    const { scale, bias } = makeNormParams("InstanceNorm", size, options, true);
    this.scale = scale;
    this.bias = bias;
    this.numFeatures = size;
    this.epsilon = toEpsilon(options.epsilon ?? 1e-6, "InstanceNorm");
    this.dtype = options.dtype;
    this.paramDtype = options.paramDtype ?? "float32";
    this.useBias = bias !== undefined;
    this.useScale = scale !== undefined;
    this.featureAxes = options.featureAxes ?? -1;
    this.useFastVariance = options.useFastVariance ?? true;
    this.promoteDtype = options.promoteDtype ?? promoteDtype;
  }

  override __call__(input: ArrayLike, { mask }: NormCallOptions = {}): NDArray {
    const usual =
      mask === undefined && this.useFastVariance && this.featureAxes === -1
        ? usualOperands(this, input, [this.scale, this.bias])
        : undefined;
    if (usual && usual[0].shape.length > 1)
      return new NDArray(normalizeGroups(usual[0], 1, usual[1], usual[2], this.epsilon));
    const [x, scaled, biased] = this.promoteDtype([input, this.scale, this.bias], this.dtype);
    const features = normAxes(this.featureAxes, x.ndim, "InstanceNorm");
    if (features.includes(0))
      throw new ShapeError(
        `nnx.InstanceNorm: "featureAxes" expected axes after the batch's, the first, got [${features.join(", ")}] for shape ${formatShape(x.shape)}`,
      );
    const axes = [...x.shape.keys()].slice(1).filter((axis) => !features.includes(axis));
    const along = (param: NDArray | undefined): ArrayData | undefined =>
      alongFeatures(param, x.shape, features, "InstanceNorm");
    const from = castData(toData(x, "nnx.InstanceNorm"), "float32");
    const [scale, bias] = [along(scaled), along(biased)];
    const statistics = statisticsData(from, axes, {
      mask: mask === undefined ? undefined : toData(mask, 'nnx.InstanceNorm: "mask"'),
      fast: this.useFastVariance,
    });
    return new NDArray(castData(normalizeData(from, statistics, scale, bias, this.epsilon), x.dtype));
  }
}
