import { refuseSurplus } from "../../base/index.ts";
import { KERNEL, layerArguments } from "./layerarguments.ts";
import type { ArrayLike, NDArray, Pads, Shape } from "../../array/index.ts";
import { add, convolve, flipKernel, spanOf, wrap } from "../../array/index.ts";
import type { ConvBaseOptions } from "./convbase.ts";
import { ConvBase } from "./convbase.ts";
import type { Padding, PerAxis } from "./convsizes.ts";
import { unbatched } from "./convsizes.ts";
import { rngsOf } from "./options.ts";

/** What `ConvTranspose` takes besides the sizes. */
export interface ConvTransposeOptions extends ConvBaseOptions {
  /** Default `"SAME"`. Numbers pad the spread input. `"CAUSAL"` and `"REFLECT"` do not exist here. */
  readonly padding?: Exclude<Padding, "CAUSAL" | "REFLECT" | "SAME_LOWER"> | undefined;
  /** Flips the kernel and swaps its inputs and outputs: the transpose of the `Conv` with that kernel. Default false. */
  readonly transposeKernel?: boolean | undefined;
}

const PADDINGS = ["SAME", "VALID", "CIRCULAR"];

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
export class ConvTranspose extends ConvBase {
  declare readonly transposeKernel: boolean;

  /**
   * @param kernelSize a number for a kernel of one axis, or the sizes of its axes
   * @throws TypeError if `rngs` is missing or something is not a number; RangeError for a negative size or an unknown
   * padding
   * @throws ShapeError if a stride or dilation is below 1, a pad negative, there are not as many entries as axes, or
   * the mask does not have the kernel's shape
   */
  constructor(
    options: ConvTransposeOptions & {
      readonly inFeatures: number;
      readonly outFeatures: number;
      readonly kernelSize: number | readonly number[];
    },
  );
  constructor(
    inFeatures: number,
    options: ConvTransposeOptions & { readonly outFeatures: number; readonly kernelSize: number | readonly number[] },
  );
  constructor(
    inFeatures: number,
    outFeatures: number,
    options: ConvTransposeOptions & { readonly kernelSize: number | readonly number[] },
  );
  constructor(
    inFeatures: number,
    outFeatures: number,
    kernelSize: number | readonly number[],
    strides: PerAxis,
    options: ConvTransposeOptions,
  );
  constructor(
    inFeatures: number,
    outFeatures: number,
    kernelSize: number | readonly number[],
    options: ConvTransposeOptions,
  );
  constructor(...args: readonly unknown[]) {
    const [inFeatures, outFeatures, kernelSize, options] = layerArguments<
      [number, number, number | readonly number[], ConvTransposeOptions]
    >(
      args,
      3,
      "nnx.ConvTranspose inFeatures outFeatures kernelSize | strides * padding kernelDilation transposeKernel:b mask " +
        KERNEL,
    );
    super();
    const rngs = rngsOf(options, "ConvTranspose");
    this.setSizes("ConvTranspose", inFeatures, outFeatures, kernelSize, options, PADDINGS);
    const { transposeKernel = false } = options;
    this.transposeKernel = transposeKernel;
    const features = transposeKernel ? [this.outFeatures, this.inFeatures] : [this.inFeatures, this.outFeatures];
    this.setWeights("ConvTranspose", [...this.kernelSize, ...features], rngs, options);
  }

  /**
   * @param x [...batch, ...spatial, inFeatures]: any number of batch axes, none included
   * @returns [...batch, ...places, outFeatures]; no places along an axis on which the kernel is longer than the padded
   * input
   * @throws ShapeError if `x` has too few axes or other features
   */
  override __call__(x: ArrayLike): NDArray {
    if (arguments.length > 1) refuseSurplus("nnx.ConvTranspose", "inputs", arguments);
    const { inputs, kernel: weights, bias, batch } = this.operands("ConvTranspose", x);
    const spatial = inputs.shape.slice(1, -1);
    const { padding, kernelDilation: dilation, strides: inputDilation, kernelSize } = this;
    const pads =
      typeof padding === "string"
        ? kernelSize.map((k, axis) => transposedPads(spanOf(k, dilation[axis]!), inputDilation[axis]!, padding))
        : padding;
    const strides = kernelSize.map(() => 1);
    const sliding = { strides, dilation, inputDilation, pads, edges: "zero" as const, groups: 1 };
    const kernel = this.transposeKernel ? flipKernel(weights) : weights;
    if (padding !== "CIRCULAR") return unbatched(convolve(inputs, kernel, bias, sliding), batch);
    const spread = convolve(inputs.astype("float32"), kernel, undefined, sliding);
    const y = this.wrapped(spread, spatial).astype(inputs.dtype);
    return unbatched(bias === undefined ? y : add(y, bias), batch);
  }

  /**
   * Each axis around a circle of `size * stride`. Half of what is missing to two circles goes before it: of an odd
   * number the larger half, or with `transposeKernel` the smaller.
   */
  private wrapped(y: NDArray, spatial: Shape): NDArray {
    return spatial.reduce((wrapping, size, i) => {
      const axis = i + 1;
      const period = size * this.strides[i]!;
      const missing = modulo(period - y.shape[axis]!, 2 * period);
      return wrap(wrapping, { axis, period, before: this.transposeKernel ? missing >> 1 : (missing + 1) >> 1 });
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
