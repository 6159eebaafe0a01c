import type { ArrayLike, DType, Pads, Shape } from "../../array/index.ts";
import { assertFits, castDense, convolve, NDArray } from "../../array/index.ts";
import { describe, int, ShapeError, toSize } from "../../base/index.ts";
import { Module } from "../module.ts";
import type { Param } from "../variables.ts";
import { withBias } from "./bias.ts";
import type { Padding, PerAxis } from "./convsizes.ts";
import { batched, checkedMask, checkedPadding, kernelSizes, perAxis, resolvePadding, toFloats, unbatched } from "./convsizes.ts";
import { promoteDtype } from "./dtypes.ts";
import type { KernelOptions, PromoteDtype } from "./options.ts";
import { defaultBiasInit, defaultKernelInit, newParam, orUndefined, rngsOf } from "./options.ts";

/** Options of `Conv`. */
export interface ConvOptions extends KernelOptions {
  /** Steps of the kernel, default 1. */
  readonly strides?: PerAxis | null | undefined;
  /** Default `"SAME"`. */
  readonly padding?: Padding | undefined;
  /** Spreads the input, zeros between its elements, default 1. Only with padding by numbers. */
  readonly inputDilation?: PerAxis | null | undefined;
  /** Spreads the kernel, default 1. */
  readonly kernelDilation?: PerAxis | null | undefined;
  /** Cuts inputs and outputs into groups that do not see each other, default 1. */
  readonly featureGroupCount?: number | undefined;
  /** Multiplies the kernel, whose shape it has; part of the state, no Param. */
  readonly mask?: ArrayLike | null | undefined;
}

const PADDINGS = ["SAME", "SAME_LOWER", "VALID", "CIRCULAR", "REFLECT", "CAUSAL"];

/**
 * A convolution over the axes before the last: `kernel` [...kernelSize, inFeatures / groups, outFeatures], `bias`
 * [outFeatures]. Each output is one sum over the kernel's positions row-major, then the inputs ascending, padding
 * included as zeros; the bias is added after it.
 *
 * Two keys of the stream `params`: kernel, bias.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/linear.py` (`Conv`).
 * @example
 * const conv = new nnx.Conv(3, 8, [3, 3], { strides: 2, rngs: new nnx.Rngs(0) });
 * conv(jnp.ones([1, 8, 8, 3])).shape // => [1, 4, 4, 8]
 */
export class Conv extends Module<[x: ArrayLike], NDArray> {
  declare readonly kernel: Param;
  declare readonly bias: Param | null;
  declare readonly mask: NDArray | null;
  declare readonly inFeatures: number;
  declare readonly outFeatures: number;
  declare readonly kernelSize: Shape;
  declare readonly kernelShape: Shape;
  declare readonly strides: Shape;
  declare readonly padding: string | readonly Pads[];
  declare readonly inputDilation: Shape;
  declare readonly kernelDilation: Shape;
  declare readonly featureGroupCount: number;
  declare readonly useBias: boolean;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly promoteDtype: PromoteDtype;

  /**
   * @param kernelSize a number for a kernel of one axis, or the sizes of its axes
   * @throws TypeError if `rngs` is missing or something is no number; RangeError for a negative size or an unknown padding
   * @throws ShapeError if a stride or dilation is below 1, a pad negative, the groups do not divide the features, there
   * are not as many entries as axes, or the mask has not the kernel's shape
   */
  constructor(inFeatures: number, outFeatures: number, kernelSize: number | readonly number[], options: ConvOptions) {
    super();
    const rngs = rngsOf(options, "Conv");
    const { padding = "SAME", useBias = true, dtype, paramDtype = "float32", kernelInit = defaultKernelInit, biasInit = defaultBiasInit } = options;
    this.inFeatures = toSize(inFeatures, 'nnx.Conv: "inFeatures"');
    this.outFeatures = toSize(outFeatures, 'nnx.Conv: "outFeatures"');
    this.kernelSize = kernelSizes("Conv", kernelSize);
    const rank = this.kernelSize.length;
    this.strides = perAxis("Conv", "strides", options.strides, rank);
    this.inputDilation = perAxis("Conv", "inputDilation", options.inputDilation, rank);
    this.kernelDilation = perAxis("Conv", "kernelDilation", options.kernelDilation, rank);
    this.padding = checkedPadding("Conv", padding, PADDINGS, rank);
    if (this.padding === "CAUSAL" && rank !== 1) throw new RangeError(`nnx.Conv: "padding" expected "CAUSAL" for a kernel of one axis only, got one of ${rank}`);
    if (typeof this.padding === "string" && this.inputDilation.some((d) => d !== 1)) throw new RangeError(`nnx.Conv: "padding" expected numbers where "inputDilation" is not 1, got ${describe(this.padding)}. nnx.ConvTranspose knows the words`);
    this.featureGroupCount = groupCount(options.featureGroupCount ?? 1, this.inFeatures, this.outFeatures);
    this.kernelShape = [...this.kernelSize, this.inFeatures / this.featureGroupCount, this.outFeatures];
    this.mask = checkedMask("Conv", options.mask, this.kernelShape);
    this.kernel = newParam(rngs, kernelInit, this.kernelShape, paramDtype, options.kernelMetadata);
    this.bias = useBias ? newParam(rngs, biasInit, [this.outFeatures], paramDtype, options.biasMetadata) : null;
    this.useBias = useBias;
    this.dtype = dtype;
    this.paramDtype = paramDtype;
    this.promoteDtype = options.promoteDtype ?? promoteDtype;
  }

  /**
   * @param x [...batch, ...spatial, inFeatures]: any number of batch axes, none included
   * @returns [...batch, ...places, outFeatures]
   * @throws ShapeError if `x` has too few axes or other features, or the kernel is longer than the padded input
   */
  override __call__(x: ArrayLike): NDArray {
    const rank = this.kernelSize.length;
    const { inputs, batch } = batched("Conv", x, rank, this.inFeatures);
    const weight = this.mask === null ? this.kernel.get() : this.kernel.get().mul(this.mask);
    const [given, kernel, bias] = this.promoteDtype([inputs, weight, orUndefined(this.bias)] as const, this.dtype) as [NDArray, NDArray, NDArray | undefined];
    const spatial = given.shape.slice(1, -1);
    const { strides, kernelDilation: dilation, inputDilation, kernelSize } = this;
    const sliding = { strides, dilation, inputDilation, ...resolvePadding(this.padding, spatial, kernelSize, strides, dilation) };
    assertFits("nnx.Conv", spatial, kernelSize, sliding);
    const whole = given.dtype === "float32" && bias !== undefined;
    const y = castDense(convolve(toFloats(given), toFloats(kernel), sliding, this.featureGroupCount, whole ? toFloats(bias) : undefined), given.dtype);
    return unbatched(whole || bias === undefined ? new NDArray(y) : withBias(y, bias, [this.outFeatures]), batch);
  }
}

function groupCount(given: number, inputs: number, outputs: number): number {
  const groups = int(given, 'nnx.Conv: "featureGroupCount"');
  if (groups < 1 || inputs % groups !== 0 || outputs % groups !== 0) {
    throw new ShapeError(`nnx.Conv: "featureGroupCount" expected a number of at least 1 that divides "inFeatures" ${inputs} and "outFeatures" ${outputs}, got ${describe(given)}`);
  }
  return groups;
}
