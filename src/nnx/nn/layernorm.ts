import { ordered } from "../../base/index.ts";
import { BIASED, NORM, layerArguments } from "./layerarguments.ts";
import type { ArrayLike, Axes, NDArray } from "../../array/index.ts";
import { layerNorm, viewArray } from "../../array/index.ts";
import type { Param } from "../variables/kinds.ts";
import { BiasedNorm, NormBase } from "./normbase.ts";
import type { BiasedNormOptions, NormCallOptions, NormOptions } from "./normparams.ts";
import { assertFeatures, normAxes, toMask } from "./normparams.ts";

/** What `RMSNorm` takes besides the number of features. */
export interface RMSNormOptions extends NormOptions {
  /** The axes the statistics are taken over. Default the last. */
  readonly reductionAxes?: Axes;
  /** The axes that `scale` and `bias` have elements for. Default the last. */
  readonly featureAxes?: Axes;
}

/** What `LayerNorm` takes besides the number of features. */
export interface LayerNormOptions extends BiasedNormOptions, RMSNormOptions {}

/**
 * Layer normalisation: `(x - mean) * (scale / sqrt(var + epsilon)) + bias`, with mean and variance of each example's
 * reduction axes (default the last).
 *
 * - Input and result [..., numFeatures]. Params `scale` and `bias` [numFeatures], one key each.
 * - Statistics are float32, sums have the order of `numpy.sum`, and var = max(0, E[x^2] - E[x]^2).
 * - The root and its reciprocal are rounded one by one; subnormals are kept.
 * - A row of a batch has the bits of that row alone.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/normalization.py` (`LayerNorm`).
 * @throws TypeError, RangeError for a bad size, epsilon or axis; ShapeError, when called, if the features do not fit
 * @example
 * const norm = new nnx.LayerNorm(2, { epsilon: 0, rngs: new nnx.Rngs(0) });
 * norm([[1, 3], [10, 30]]).tolist() // => [[-1, 1], [-1, 1]]
 */
export class LayerNorm extends BiasedNorm {
  declare readonly reductionAxes: Axes;
  declare readonly featureAxes: Axes;

  constructor(options: LayerNormOptions & { readonly numFeatures: number });
  constructor(numFeatures: number, options: LayerNormOptions);
  constructor(...args: readonly unknown[]) {
    const [numFeatures, options] = layerArguments<[number, LayerNormOptions]>(
      args,
      1,
      "nnx.LayerNorm numFeatures * reductionAxes featureAxes " + NORM + BIASED,
    );
    super("LayerNorm", numFeatures, options);
    this.reductionAxes = options.reductionAxes ?? -1;
    this.featureAxes = options.featureAxes ?? -1;
  }

  override __call__(x: ArrayLike, options: NormCallOptions = {}): NDArray {
    const args = ordered<(x: ArrayLike, options?: NormCallOptions) => NDArray>(
      arguments,
      1,
      "nnx.LayerNorm x | * mask",
    );
    if (args !== undefined) [x, options = {}] = args;
    const { mask } = options;
    return normalized("LayerNorm", this, this.bias, x, mask);
  }
}

/**
 * Normalisation by the root mean square: `x * (scale / sqrt(E[x^2] + epsilon))`, with the mean over the reduction axes
 * (default the last).
 *
 * Input and result [..., numFeatures]; Param `scale` [numFeatures], one key. Rounding and sums as in `LayerNorm`. A row
 * of a batch has the bits of that row alone.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/normalization.py` (`RMSNorm`).
 * @throws TypeError, RangeError for a bad size, epsilon or axis; ShapeError, when called, if the features do not fit
 * @example
 * const norm = new nnx.RMSNorm(2, { epsilon: 0, rngs: new nnx.Rngs(0) });
 * norm([1, 7]).tolist() // => [0.2, 1.4]
 */
export class RMSNorm extends NormBase {
  declare readonly reductionAxes: Axes;
  declare readonly featureAxes: Axes;

  constructor(options: RMSNormOptions & { readonly numFeatures: number });
  constructor(numFeatures: number, options: RMSNormOptions);
  constructor(...args: readonly unknown[]) {
    const [numFeatures, options] = layerArguments<[number, RMSNormOptions]>(
      args,
      1,
      "nnx.RMSNorm numFeatures * reductionAxes featureAxes " + NORM,
    );
    super("RMSNorm", numFeatures, options);
    this.reductionAxes = options.reductionAxes ?? -1;
    this.featureAxes = options.featureAxes ?? -1;
  }

  override __call__(x: ArrayLike, options: NormCallOptions = {}): NDArray {
    const args = ordered<(x: ArrayLike, options?: NormCallOptions) => NDArray>(arguments, 1, "nnx.RMSNorm x | mask:x");
    if (args !== undefined) [x, options = {}] = args;
    const { mask } = options;
    return normalized("RMSNorm", this, undefined, x, mask);
  }
}

/** What both give; the root mean square is about 0, not about the mean. */
function normalized(
  name: "LayerNorm" | "RMSNorm",
  layer: LayerNorm | RMSNorm,
  ownBias: Param | undefined,
  input: ArrayLike,
  mask: ArrayLike | undefined,
): NDArray {
  const given = [viewArray(input, `nnx.${name}: "x"`), layer.scale?.get(), ownBias?.get()] as const;
  const [x, scale, bias] = layer.promoteDtype(given, layer.dtype);
  const axes = normAxes(layer.reductionAxes, x.ndim, name);
  const features = normAxes(layer.featureAxes, x.ndim, name);
  assertFeatures(x, [scale, bias], features, name);
  const { epsilon, useFastVariance: fast } = layer;
  return layerNorm(x, scale, bias, toMask(mask, x, name), {
    axes,
    features,
    epsilon,
    centered: name === "LayerNorm",
    fast,
  });
}
