import type { ArrayLike, DType } from "../../array/index.ts";
import {
  castData,
  arrayData,
  lineStatistics,
  NDArray,
  normalizeData,
  ones,
  standardizeLines,
  statisticsData,
  toAxis,
  toData,
  zeros,
} from "../../array/index.ts";
import { describe, toSize } from "../../base/index.ts";
import { Module } from "../module.ts";
import type { Param } from "../variables.ts";
import { BatchStat } from "../variables.ts";
import { promoteDtype } from "./dtypes.ts";
import { firstOf } from "./flags.ts";
import type { BiasedNormOptions, NormCallOptions } from "./normparams.ts";
import { alongFeatures, makeNormParams, toEpsilon, usualOperands } from "./normparams.ts";
import type { PromoteDtype } from "./options.ts";

/** What `BatchNorm` takes beside the number of features. */
export interface BatchNormOptions extends BiasedNormOptions {
  /** Normalise by the statistics that were kept instead of the batch's own. Default false, which is training. */
  readonly useRunningAverage?: boolean | undefined;
  /** The axis of the features. Default the last. */
  readonly axis?: number;
  /** How much of the kept statistics stays at every call. Default 0.99. */
  readonly momentum?: number;
  /** The name of a device axis to average over. There is one device: it changes nothing. */
  readonly axisName?: string;
}

/** What a BatchNorm's call takes beside the input. */
export interface BatchNormCallOptions extends NormCallOptions {
  /** Instead of the layer's own. */
  readonly useRunningAverage?: boolean | undefined;
}

/**
 * Batch normalisation: (x - mean) * (scale / sqrt(var + epsilon)) + bias, statistics of all axes but the features'.
 *
 * As in Flax **a new layer trains**: a call normalises by the batch's own statistics and moves the kept ones, mean = momentum * mean + (1 -
 * momentum) * the batch's, and so for var. For inference set `useRunningAverage`, by `model.eval()` or `nnx.view`.
 *
 * Input and result have `numFeatures` elements along `axis`; Params `scale` and `bias` [numFeatures], one key each; BatchStats `mean` (zeros)
 * and `var` (ones) [numFeatures]. Rounding and sums as in `LayerNorm`.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/normalization.py` (`BatchNorm`).
 * @throws TypeError, RangeError for a bad size, epsilon or axis; ShapeError, when called, if the features do not fit
 * @example
 * const norm = new nnx.BatchNorm(1, { epsilon: 0, rngs: new nnx.Rngs(0) });
 * norm([[1], [3]]).tolist() // => [[-1], [1]]
 * norm.mean.get().tolist() // => [0.02]
 * norm([[1.02]], { useRunningAverage: true }).tolist() // => [[1]]
 */
export class BatchNorm extends Module<[x: ArrayLike, options?: BatchNormCallOptions], NDArray> {
  declare readonly mean: BatchStat;
  declare readonly var: BatchStat;
  declare readonly scale: Param | undefined;
  declare readonly bias: Param | undefined;
  declare readonly numFeatures: number;
  declare useRunningAverage: boolean | undefined;
  declare readonly axis: number;
  declare readonly momentum: number;
  declare readonly epsilon: number;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly useBias: boolean;
  declare readonly useScale: boolean;
  declare readonly axisName: string | undefined;
  declare readonly useFastVariance: boolean;
  declare readonly promoteDtype: PromoteDtype;

  constructor(numFeatures: number, options: BatchNormOptions) {
    super();
    const size = toSize(numFeatures, 'nnx.BatchNorm: "numFeatures"');
    const { scale, bias } = makeNormParams("BatchNorm", size, options, true);
    this.mean = new BatchStat(zeros([size]));
    this.var = new BatchStat(ones([size]));
    this.scale = scale;
    this.bias = bias;
    this.numFeatures = size;
    this.useRunningAverage = "useRunningAverage" in options ? options.useRunningAverage : false;
    this.axis = options.axis ?? -1;
    this.momentum = options.momentum ?? 0.99;
    this.epsilon = toEpsilon(options.epsilon ?? 1e-5, "BatchNorm");
    this.dtype = options.dtype;
    this.paramDtype = options.paramDtype ?? "float32";
    this.useBias = bias !== undefined;
    this.useScale = scale !== undefined;
    this.axisName = options.axisName;
    this.useFastVariance = options.useFastVariance ?? true;
    this.promoteDtype = options.promoteDtype ?? promoteDtype;
  }

  override __call__(input: ArrayLike, { useRunningAverage, mask }: BatchNormCallOptions = {}): NDArray {
    const running = firstOf("BatchNorm", "useRunningAverage", useRunningAverage, this.useRunningAverage);
    const usual =
      mask === undefined && this.axis === -1 && (running || this.useFastVariance)
        ? usualOperands(this, input, [this.mean, this.var, this.scale, this.bias])
        : undefined;
    if (usual) {
      const [from, kept, keptVariance, scale, bias] = usual;
      const n = from.storage.data.length / this.numFeatures;
      const [mean, variance] = running ? [kept!, keptVariance!] : lineStatistics(from, n, this.numFeatures, 1);
      if (!running) {
        this.move(this.mean, new NDArray(arrayData([this.numFeatures], "float32", mean)));
        this.move(this.var, new NDArray(arrayData([this.numFeatures], "float32", variance)));
      }
      return new NDArray(standardizeLines(from, n, this.numFeatures, 1, mean, variance, scale, bias, this.epsilon));
    }
    const [x, mean, variance, scaled, biased] = this.promoteDtype(
      [input, this.mean, this.var, this.scale, this.bias],
      this.dtype,
    );
    const feature = toAxis(this.axis, x.ndim, 'nnx.BatchNorm: "axis"');
    const axes = [...x.shape.keys()].filter((axis) => axis !== feature);
    const along = (param: NDArray | undefined): ReturnType<typeof alongFeatures> =>
      alongFeatures(param, x.shape, [feature], "BatchNorm");
    const from = castData(toData(x, "nnx.BatchNorm"), "float32");
    const [scale, bias] = [along(scaled), along(biased)];
    let statistics = { mean: along(mean)!, variance: along(variance)! };
    if (!running) {
      statistics = statisticsData(from, axes, {
        mask: mask === undefined ? undefined : toData(mask, 'nnx.BatchNorm: "mask"'),
        fast: this.useFastVariance,
      });
      this.move(this.mean, new NDArray({ ...statistics.mean, shape: [this.numFeatures] }));
      this.move(this.var, new NDArray({ ...statistics.variance, shape: [this.numFeatures] }));
    }
    return new NDArray(castData(normalizeData(from, statistics, scale, bias, this.epsilon), x.dtype));
  }

  private move(kept: BatchStat, batch: NDArray): void {
    kept.set(
      kept
        .get()
        .mul(this.momentum)
        .add(batch.mul(1 - this.momentum)),
    );
  }

  /** Sets `useRunningAverage` from the options of `nnx.view`; gives the names it knew. */
  setView({ useRunningAverage }: Readonly<Record<string, unknown>>): readonly string[] {
    if (useRunningAverage === undefined) return [];
    if (typeof useRunningAverage !== "boolean")
      throw new TypeError(
        `nnx.BatchNorm.setView: "useRunningAverage" expected a boolean, got ${describe(useRunningAverage)}`,
      );
    this.useRunningAverage = useRunningAverage;
    return ["useRunningAverage"];
  }
}
