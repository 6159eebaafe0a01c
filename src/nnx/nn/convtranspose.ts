import type { ArrayLike, Dense, DType, Pads, Shape } from "../../array/index.ts";
import { assertFits, castDense, convolve, flippedKernel, NDArray, spanOf, wrapped } from "../../array/index.ts";
import { toSize } from "../../base/index.ts";
import { Module } from "../module.ts";
import type { Param } from "../variables.ts";
import { withBias } from "./bias.ts";
import type { Padding, PerAxis } from "./convsizes.ts";
import { batched, checkedMask, checkedPadding, kernelSizes, perAxis, toFloats, unbatched } from "./convsizes.ts";
import { promoteDtype } from "./dtypes.ts";
import type { KernelOptions, PromoteDtype } from "./options.ts";
import { defaultBiasInit, defaultKernelInit, newParam, orUndefined, rngsOf } from "./options.ts";

/** Options of `ConvTranspose`. */
export interface ConvTransposeOptions extends KernelOptions {
  /** How far the input's elements are spread, default 1. */
  readonly strides?: PerAxis | null | undefined;
  /** Default `"SAME"`. Numbers are what is put around the spread input. `"CAUSAL"` and `"REFLECT"` do not exist here. */
  readonly padding?: Exclude<Padding, "CAUSAL" | "REFLECT" | "SAME_LOWER"> | undefined;
  /** Spreads the kernel, default 1. */
  readonly kernelDilation?: PerAxis | null | undefined;
  /** Multiplies the kernel, whose shape it has; part of the state, no Param. */
  readonly mask?: ArrayLike | null | undefined;
  /** Flips the kernel and swaps its inputs and outputs, default false: the transpose of the `Conv` with that kernel. */
  readonly transposeKernel?: boolean | undefined;
}

/**
 * A transposed convolution: the input is spread by `strides`, zeros between, and convolved. `kernel` [...kernelSize,
 * inFeatures, outFeatures], or [...kernelSize, outFeatures, inFeatures] with `transposeKernel`; `bias` [outFeatures].
 * Summed as in `Conv`; with `"CIRCULAR"` what reaches past the ends is added at the other end, first to last.
 *
 * Two keys of the stream `params`: kernel, bias.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/linear.py` (`ConvTranspose`), JAX 0.10.2 `jax/_src/lax/convolution.py`
 * (`conv_transpose`).
 * @example
 * const layer = new nnx.ConvTranspose(3, 4, [3, 3], { strides: 2, rngs: new nnx.Rngs(0) });
 * layer(jnp.ones([1, 5, 6, 3])).shape // => [1, 10, 12, 4]
 */
export class ConvTranspose extends Module<[x: ArrayLike], NDArray> {
  declare readonly kernel: Param;
  declare readonly bias: Param | null;
  declare readonly mask: NDArray | null;
  declare readonly inFeatures: number;
  declare readonly outFeatures: number;
  declare readonly kernelSize: Shape;
  declare readonly kernelShape: Shape;
  declare readonly strides: Shape;
  declare readonly padding: string | readonly Pads[];
  declare readonly kernelDilation: Shape;
  declare readonly transposeKernel: boolean;
  declare readonly useBias: boolean;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly promoteDtype: PromoteDtype;

  /**
   * @param kernelSize a number for a kernel of one axis, or the sizes of its axes
   * @throws TypeError if `rngs` is missing or something is no number; RangeError for a negative size or an unknown padding
   * @throws ShapeError if a stride or dilation is below 1, a pad negative, there are not as many entries as axes, or the
   * mask has not the kernel's shape
   */
  constructor(inFeatures: number, outFeatures: number, kernelSize: number | readonly number[], options: ConvTransposeOptions) {
    super();
    const rngs = rngsOf(options, "ConvTranspose");
    const { padding = "SAME", transposeKernel = false, useBias = true, dtype, paramDtype = "float32", kernelInit = defaultKernelInit, biasInit = defaultBiasInit } = options;
    this.inFeatures = toSize(inFeatures, 'nnx.ConvTranspose: "inFeatures"');
    this.outFeatures = toSize(outFeatures, 'nnx.ConvTranspose: "outFeatures"');
    this.kernelSize = kernelSizes("ConvTranspose", kernelSize);
    const rank = this.kernelSize.length;
    this.strides = perAxis("ConvTranspose", "strides", options.strides, rank);
    this.kernelDilation = perAxis("ConvTranspose", "kernelDilation", options.kernelDilation, rank);
    this.padding = checkedPadding("ConvTranspose", padding, ["SAME", "VALID", "CIRCULAR"], rank);
    this.transposeKernel = transposeKernel;
    this.kernelShape = [...this.kernelSize, ...(transposeKernel ? [this.outFeatures, this.inFeatures] : [this.inFeatures, this.outFeatures])];
    this.mask = checkedMask("ConvTranspose", options.mask, this.kernelShape);
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
    const { inputs, batch } = batched("ConvTranspose", x, this.kernelSize.length, this.inFeatures);
    const weight = this.mask === null ? this.kernel.get() : this.kernel.get().mul(this.mask);
    const [given, kernel, bias] = this.promoteDtype([inputs, weight, orUndefined(this.bias)] as const, this.dtype) as [NDArray, NDArray, NDArray | undefined];
    const spatial = given.shape.slice(1, -1);
    const { padding, strides, kernelDilation: dilation, kernelSize } = this;
    const pads = typeof padding === "string" ? kernelSize.map((k, axis) => transposedPads(spanOf(k, dilation[axis]!), strides[axis]!, padding)) : padding;
    const sliding = { strides: kernelSize.map(() => 1), dilation, inputDilation: strides, pads, edges: "zero" as const };
    assertFits("nnx.ConvTranspose", spatial, kernelSize, sliding);
    const weights = toFloats(kernel);
    const spread = convolve(toFloats(given), this.transposeKernel ? flippedKernel(weights) : weights, sliding, 1);
    const y = castDense(padding === "CIRCULAR" ? this.wrap(spread, spatial) : spread, given.dtype);
    return unbatched(bias === undefined ? new NDArray(y) : withBias(y, bias, [this.outFeatures]), batch);
  }

  /** Each axis around a circle of `size * stride`: half of what is missing to two circles goes before it, of an odd number the larger half, or with `transposeKernel` the smaller. */
  private wrap(y: Dense, spatial: Shape): Dense {
    return spatial.reduce((wrapping, size, axis) => {
      const period = size * this.strides[axis]!;
      const missing = modulo(period - y.shape[axis + 1]!, 2 * period);
      return wrapped(wrapping, axis + 1, period, this.transposeKernel ? missing >> 1 : (missing + 1) >> 1);
    }, y);
  }
}

/** What goes around the spread input so that the result is what the forward convolution would take, by JAX's rule. */
function transposedPads(span: number, stride: number, padding: string): Pads {
  const all = span + stride - 2;
  if (padding !== "SAME") return [span - 1, all + Math.max(span - stride, 0) - (span - 1)];
  const low = stride > span - 1 ? span - 1 : (all + 1) >> 1;
  return [low, all - low];
}

function modulo(x: number, n: number): number {
  return n === 0 ? 0 : ((x % n) + n) % n;
}
