import { BIASED, NORM, layerArguments } from "./layerarguments.ts";
import type { ArrayLike, NDArray } from "../../array/index.ts";
import { batchNorm, meanWhere, normalize, ones, toAxis, varianceWhere, viewArray, zeros } from "../../array/index.ts";
import { describe, ordered } from "../../base/index.ts";
import { BatchStat } from "../variables/kinds.ts";
import { firstOf } from "./flags.ts";
import { BiasedNorm } from "./normbase.ts";
import type { BiasedNormOptions, NormCallOptions } from "./normparams.ts";
import { assertFeatures, toMask } from "./normparams.ts";

/** What `BatchNorm` takes besides the number of features. */
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

/** What a BatchNorm's call takes besides the input. */
export interface BatchNormCallOptions extends NormCallOptions {
  /** Instead of the layer's own. */
  readonly useRunningAverage?: boolean | undefined;
}

/**
 * Batch normalisation: `(x - mean) * (scale / sqrt(var + epsilon)) + bias`, with mean and variance of all axes but the
 * features'.
 *
 * As in Flax **a new layer trains**: a call normalises by the batch's own statistics and moves the running ones towards
 * them, `mean = momentum * mean + (1 - momentum) * batchMean`, and `var` in the same way. For inference set
 * `useRunningAverage`, by `model.eval()` or `nnx.view`.
 *
 * Input and result have `numFeatures` elements along `axis`. Params `scale` and `bias` [numFeatures], one key each.
 * BatchStats `mean` (zeros) and `var` (ones) [numFeatures]. Rounding and sums as in `LayerNorm`.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/normalization.py` (`BatchNorm`).
 * @throws TypeError, RangeError for a bad size, epsilon or axis; ShapeError, when called, if the features do not fit
 * @example
 * const norm = new nnx.BatchNorm(1, { epsilon: 0, rngs: new nnx.Rngs(0) });
 * norm([[1], [3]]).tolist() // => [[-1], [1]]
 * norm.mean.get().tolist() // => [0.02]
 * norm([[1.02]], { useRunningAverage: true }).tolist() // => [[1]]
 */
export class BatchNorm extends BiasedNorm<BatchNormCallOptions> {
  declare readonly mean: BatchStat;
  declare readonly var: BatchStat;
  declare useRunningAverage: boolean | undefined;
  declare readonly axis: number;
  declare readonly momentum: number;
  declare readonly axisName: string | undefined;

  constructor(options: BatchNormOptions & { readonly numFeatures: number });
  constructor(numFeatures: number, options: BatchNormOptions);
  constructor(...args: readonly unknown[]) {
    const [numFeatures, options] = layerArguments<[number, BatchNormOptions]>(
      args,
      1,
      "nnx.BatchNorm numFeatures * useRunningAverage:b axis:n momentum:n " + NORM + BIASED,
    );
    super("BatchNorm", numFeatures, options, 1e-5);
    this.mean = new BatchStat(zeros([this.numFeatures]));
    this.var = new BatchStat(ones([this.numFeatures]));
    this.useRunningAverage = "useRunningAverage" in options ? options.useRunningAverage : false;
    this.axis = options.axis ?? -1;
    this.momentum = options.momentum ?? 0.99;
    this.axisName = options.axisName;
  }

  override __call__(input: ArrayLike, options: BatchNormCallOptions = {}): NDArray {
    const args = ordered<(x: ArrayLike, options?: BatchNormCallOptions) => NDArray>(
      arguments,
      1,
      "nnx.BatchNorm x | useRunningAverage:b * mask",
    );
    if (args !== undefined) [input, options = {}] = args;
    const { useRunningAverage, mask } = options;
    const running = firstOf("BatchNorm", "useRunningAverage", useRunningAverage, this.useRunningAverage);
    const own = viewArray(input, 'nnx.BatchNorm: "x"');
    const given = [own, this.mean.get(), this.var.get(), this.scale?.get(), this.bias?.get()] as const;
    const [x, keptMean, keptVariance, scale, bias] = this.promoteDtype(given, this.dtype);
    const features = [toAxis(this.axis, x.ndim, 'nnx.BatchNorm: "axis"')];
    assertFeatures(x, [scale, bias, keptMean, keptVariance], features, "BatchNorm");
    const { epsilon, useFastVariance: fast } = this;
    if (running) return normalize(x, keptMean, keptVariance, scale, bias, { features, epsilon });
    const axes = [...x.shape.keys()].filter((axis) => axis !== features[0]);
    const counted = toMask(mask, x, "BatchNorm");
    const batchMean = meanWhere(x, counted, axes);
    const batchVariance = varianceWhere(x, batchMean, counted, { axes, fast });
    const mean = batchMean.reshape([this.numFeatures]);
    const variance = batchVariance.reshape([this.numFeatures]);
    this.move(this.mean, mean);
    this.move(this.var, variance);
    return counted === undefined
      ? batchNorm(x, mean, variance, scale, bias, { features, epsilon, axes, fast })
      : normalize(x, mean, variance, scale, bias, { features, epsilon });
  }

  /** Moves statistics that are kept towards the batch's. */
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
