import type { ArrayLike, DType, NDArray, Pads, Shape } from "../../array/index.ts";
import { toSize } from "../../base/index.ts";
import { Module } from "../modules/module.ts";
import type { Rngs } from "../streams/rngs.ts";
import type { Param } from "../variables/kinds.ts";
import type { PerAxis } from "./convsizes.ts";
import { batched, checkedMask, checkedPadding, kernelSizes, perAxis } from "./convsizes.ts";
import { promoteDtype } from "./dtypes.ts";
import type { KernelOptions, PromoteDtype } from "./options.ts";
import { defaultBiasInit, defaultKernelInit, newParam } from "./options.ts";

/** What `Conv` and `ConvTranspose` take both. */
export interface ConvBaseOptions extends KernelOptions {
  /** Steps of the kernel, or of `ConvTranspose` how far the input's elements are spread. Default 1. */
  readonly strides?: PerAxis | null | undefined;
  /** Spreads the kernel. Default 1. */
  readonly kernelDilation?: PerAxis | null | undefined;
  /** Multiplies the kernel, whose shape it has; part of the state, no Param. */
  readonly mask?: ArrayLike | null | undefined;
}

/** What a call works on, in one dtype: the input as [batch, ...spatial, features], and the batch axes it had. */
interface Operands {
  readonly inputs: NDArray;
  readonly kernel: NDArray;
  readonly bias: NDArray | undefined;
  readonly batch: Shape;
}

/** What `Conv` and `ConvTranspose` have in common. */
export abstract class ConvBase extends Module<[x: ArrayLike], NDArray> {
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
  declare readonly useBias: boolean;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly promoteDtype: PromoteDtype;

  /** Sets the sizes and how the kernel moves; `paddings` are the words that the layer knows. */
  protected setSizes(
    layer: string,
    inFeatures: number,
    outFeatures: number,
    kernelSize: number | readonly number[],
    options: ConvBaseOptions & { readonly padding?: unknown },
    paddings: readonly string[],
  ): void {
    const { padding = "SAME" } = options;
    const set = this as { -readonly [Name in keyof this]: this[Name] };
    set.inFeatures = toSize(inFeatures, `nnx.${layer}: "inFeatures"`);
    set.outFeatures = toSize(outFeatures, `nnx.${layer}: "outFeatures"`);
    set.kernelSize = kernelSizes(layer, kernelSize);
    const rank = set.kernelSize.length;
    set.strides = perAxis(layer, "strides", options.strides, rank);
    set.kernelDilation = perAxis(layer, "kernelDilation", options.kernelDilation, rank);
    set.padding = checkedPadding(layer, padding, paddings, rank);
  }

  /** Sets the mask, the weights and their dtypes. */
  protected setWeights(layer: string, kernelShape: Shape, rngs: Rngs, options: ConvBaseOptions): void {
    const {
      useBias = true,
      dtype,
      paramDtype = "float32",
      kernelInit = defaultKernelInit,
      biasInit = defaultBiasInit,
    } = options;
    const set = this as { -readonly [Name in keyof this]: this[Name] };
    set.kernelShape = kernelShape;
    set.mask = checkedMask(layer, options.mask, kernelShape);
    set.kernel = newParam(rngs, kernelInit, kernelShape, paramDtype, options.kernelMetadata);
    set.bias = useBias ? newParam(rngs, biasInit, [this.outFeatures], paramDtype, options.biasMetadata) : null;
    set.useBias = useBias;
    set.dtype = dtype;
    set.paramDtype = paramDtype;
    set.promoteDtype = options.promoteDtype ?? promoteDtype;
  }

  /** What a call with `x` works on. */
  protected operands(layer: string, x: ArrayLike): Operands {
    const { inputs: given, batch } = batched(layer, x, this.kernelSize.length, this.inFeatures);
    const weight = this.mask === null ? this.kernel.get() : this.kernel.get().mul(this.mask);
    const [inputs, kernel, bias] = this.promoteDtype([given, weight, this.bias?.get()], this.dtype);
    return { inputs, kernel, bias, batch };
  }
}
