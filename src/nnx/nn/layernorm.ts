import type { ArrayLike, Axes, ArrayData, DType, NDArray } from "../../array/index.ts";
import {
  castData,
  NDArray as ArrayClass,
  normalizeData,
  normalizeRowsData,
  statisticsData,
  toData,
} from "../../array/index.ts";
import { toSize } from "../../base/index.ts";
import { Module } from "../module.ts";
import type { Param } from "../variables.ts";
import { promoteDtype } from "./dtypes.ts";
import type { BiasedNormOptions, NormCallOptions, NormOptions } from "./normparams.ts";
import { alongFeatures, makeNormParams, normAxes, toEpsilon, usualOperands } from "./normparams.ts";
import type { PromoteDtype } from "./options.ts";

/** What `RMSNorm` takes beside the number of features. */
export interface RMSNormOptions extends NormOptions {
  /** The axes the statistics are taken over. Default the last. */
  readonly reductionAxes?: Axes;
  /** The axes that `scale` and `bias` have elements for. Default the last. */
  readonly featureAxes?: Axes;
}

/** What `LayerNorm` takes beside the number of features. */
export interface LayerNormOptions extends BiasedNormOptions, RMSNormOptions {}

/** What LayerNorm and RMSNorm have in common. */
abstract class AxisNorm extends Module<[x: ArrayLike, options?: NormCallOptions], NDArray> {
  declare readonly scale: Param | undefined;
  declare readonly numFeatures: number;
  declare readonly epsilon: number;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly useScale: boolean;
  declare readonly reductionAxes: Axes;
  declare readonly featureAxes: Axes;
  declare readonly useFastVariance: boolean;
  declare readonly promoteDtype: PromoteDtype;

  protected setUp(layer: string, numFeatures: number, options: LayerNormOptions, biased: boolean): Param | undefined {
    const size = toSize(numFeatures, `nnx.${layer}: "numFeatures"`);
    const { scale, bias } = makeNormParams(layer, size, options, biased);
    const set = this as { -readonly [Name in keyof this]: this[Name] };
    set.scale = scale;
    set.numFeatures = size;
    set.epsilon = toEpsilon(options.epsilon ?? 1e-6, layer);
    set.dtype = options.dtype;
    set.paramDtype = options.paramDtype ?? "float32";
    set.useScale = scale !== undefined;
    set.reductionAxes = options.reductionAxes ?? -1;
    set.featureAxes = options.featureAxes ?? -1;
    set.useFastVariance = options.useFastVariance ?? true;
    set.promoteDtype = options.promoteDtype ?? promoteDtype;
    return bias;
  }

  protected normalize(
    input: ArrayLike,
    biasParam: Param | undefined,
    centered: boolean,
    mask: ArrayLike | undefined,
    layer: string,
  ): NDArray {
    const last = this.reductionAxes === -1 && this.featureAxes === -1 && (this.useFastVariance || !centered);
    const usual = last && mask === undefined ? usualOperands(this, input, [this.scale, biasParam]) : undefined;
    if (usual)
      return new ArrayClass(
        normalizeRowsData(usual[0], usual[0].shape.at(-1)!, usual[1], usual[2], this.epsilon, centered),
      );
    const [x, scaled, biased] = this.promoteDtype([input, this.scale, biasParam], this.dtype);
    const rank = x.ndim;
    const axes = normAxes(this.reductionAxes, rank, layer);
    const features = normAxes(this.featureAxes, rank, layer);
    const scale = alongFeatures(scaled, x.shape, features, layer);
    const bias = alongFeatures(biased, x.shape, features, layer);
    const from = castData(toData(x, `nnx.${layer}: "x"`), "float32");
    const rows =
      mask === undefined &&
      (this.useFastVariance || !centered) &&
      isLast(axes, rank) &&
      (isLast(features, rank) || (!scale && !bias)) &&
      from.storage.data.length > 0;
    return result(
      rows
        ? normalizeRowsData(from, x.shape.at(-1)!, elements(scale), elements(bias), this.epsilon, centered)
        : this.general(from, axes, scale, bias, centered, mask),
      x.dtype,
    );
  }

  private general(
    from: ArrayData,
    axes: number[],
    scale: ArrayData | undefined,
    bias: ArrayData | undefined,
    centered: boolean,
    mask: ArrayLike | undefined,
  ): ArrayData {
    const statistics = statisticsData(from, axes, {
      mask: mask === undefined ? undefined : toData(mask, '"mask"'),
      centered,
      fast: this.useFastVariance,
    });
    return normalizeData(from, statistics, scale, bias, this.epsilon);
  }
}

function isLast(axes: readonly number[], rank: number): boolean {
  return axes.length === 1 && axes[0] === rank - 1;
}

function elements(x: ArrayData | undefined): Float32Array | undefined {
  return x?.storage.data as Float32Array | undefined;
}

function result(y: ArrayData, dtype: DType): NDArray {
  return new ArrayClass(castData(y, dtype));
}

/**
 * Layer normalisation: (x - mean) * (scale / sqrt(var + epsilon)) + bias, statistics of the reduction axes (default the last) of
 * each example alone.
 *
 * Input and result [..., numFeatures]; Params `scale` and `bias` [numFeatures], one key each. Statistics in float32, sums in the order
 * of `numpy.sum`, var = max(0, E[x^2] - E[x]^2); the root and its reciprocal are rounded one by one, subnormals are
 * kept. A row of a batch has the bits of that row alone.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/normalization.py` (`LayerNorm`).
 * @throws TypeError, RangeError for a bad size, epsilon or axis; ShapeError, when called, if the features do not fit
 * @example
 * const norm = new nnx.LayerNorm(2, { epsilon: 0, rngs: new nnx.Rngs(0) });
 * norm([[1, 3], [10, 30]]).tolist() // => [[-1, 1], [-1, 1]]
 */
export class LayerNorm extends AxisNorm {
  declare readonly bias: Param | undefined;
  declare readonly useBias: boolean;

  constructor(numFeatures: number, options: LayerNormOptions) {
    super();
    this.bias = this.setUp("LayerNorm", numFeatures, options, true);
    this.useBias = this.bias !== undefined;
  }

  override __call__(x: ArrayLike, { mask }: NormCallOptions = {}): NDArray {
    return this.normalize(x, this.bias, true, mask, "LayerNorm");
  }
}

/**
 * Normalisation by the root mean square: x * (scale / sqrt(E[x^2] + epsilon)) over the reduction axes (default the last).
 *
 * Input and result [..., numFeatures]; Param `scale` [numFeatures], one key. Rounding and sums as in `LayerNorm`; a row of a batch
 * has the bits of that row alone.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/normalization.py` (`RMSNorm`).
 * @throws TypeError, RangeError for a bad size, epsilon or axis; ShapeError, when called, if the features do not fit
 * @example
 * const norm = new nnx.RMSNorm(2, { epsilon: 0, rngs: new nnx.Rngs(0) });
 * norm([1, 7]).tolist() // => [0.2, 1.4]
 */
export class RMSNorm extends AxisNorm {
  constructor(numFeatures: number, options: RMSNormOptions) {
    super();
    this.setUp("RMSNorm", numFeatures, options, false);
  }

  override __call__(x: ArrayLike, { mask }: NormCallOptions = {}): NDArray {
    return this.normalize(x, undefined, false, mask, "RMSNorm");
  }
}
