import { BIASED, NORM, layerArguments } from "./layerarguments.ts";
import type { ArrayLike, Axes, NDArray } from "../../array/index.ts";
import { formatShape, layerNorm, viewArray } from "../../array/index.ts";
import { ordered, ShapeError } from "../../base/index.ts";
import { BiasedNorm } from "./normbase.ts";
import type { BiasedNormOptions, NormCallOptions } from "./normparams.ts";
import { assertFeatures, normAxes, toMask } from "./normparams.ts";

/** What `InstanceNorm` takes besides the number of features. */
export interface InstanceNormOptions extends BiasedNormOptions {
  /** The axes of the features, not the first. Default the last. */
  readonly featureAxes?: Axes;
}

/**
 * Instance normalisation: each feature of each example by its own mean and variance over all other axes.
 *
 * Input and result [batch, ..., numFeatures]; Params `scale` and `bias` [numFeatures], one key each. Rounding and sums
 * as in `LayerNorm`. An example of a batch has the bits of that example alone.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/normalization.py` (`InstanceNorm`).
 * @throws TypeError, RangeError for a bad size, epsilon or axis; ShapeError, when called, if the shape does not fit
 * @example
 * const norm = new nnx.InstanceNorm(1, { epsilon: 0, rngs: new nnx.Rngs(0) });
 * norm([[[1], [3]], [[10], [30]]]).tolist() // => [[[-1], [1]], [[-1], [1]]]
 */
export class InstanceNorm extends BiasedNorm {
  declare readonly featureAxes: Axes;

  constructor(options: InstanceNormOptions & { readonly numFeatures: number });
  constructor(numFeatures: number, options: InstanceNormOptions);
  constructor(...args: readonly unknown[]) {
    const [numFeatures, options] = layerArguments<[number, InstanceNormOptions]>(
      args,
      1,
      "nnx.InstanceNorm numFeatures * featureAxes " + NORM + BIASED,
    );
    super("InstanceNorm", numFeatures, options);
    this.featureAxes = options.featureAxes ?? -1;
  }

  override __call__(input: ArrayLike, options: NormCallOptions = {}): NDArray {
    const args = ordered<(x: ArrayLike, options?: NormCallOptions) => NDArray>(
      arguments,
      1,
      "nnx.InstanceNorm x | * mask",
    );
    if (args !== undefined) [input, options = {}] = args;
    const { mask } = options;
    const given = [viewArray(input, 'nnx.InstanceNorm: "x"'), this.scale?.get(), this.bias?.get()] as const;
    const [x, scale, bias] = this.promoteDtype(given, this.dtype);
    const features = normAxes(this.featureAxes, x.ndim, "InstanceNorm");
    if (features.includes(0)) throw batchAxisError(features, x);
    const axes = [...x.shape.keys()].slice(1).filter((axis) => !features.includes(axis));
    assertFeatures(x, [scale, bias], features, "InstanceNorm");
    const { epsilon, useFastVariance: fast } = this;
    return layerNorm(x, scale, bias, toMask(mask, x, "InstanceNorm"), {
      axes,
      features,
      epsilon,
      centered: true,
      fast,
    });
  }
}

function batchAxisError(features: readonly number[], { shape }: NDArray): ShapeError {
  return new ShapeError(
    `nnx.InstanceNorm: "featureAxes" expected axes after the batch's, the first, ` +
      `got [${features.join(", ")}] for shape ${formatShape(shape)}`,
  );
}
