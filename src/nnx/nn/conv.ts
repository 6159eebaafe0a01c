import { KERNEL, layerArguments } from "./layerarguments.ts";
import type { ArrayLike, NDArray, Shape } from "../../array/index.ts";
import { convolve } from "../../array/index.ts";
import { describe, int, refuseSurplus, ShapeError } from "../../base/index.ts";
import type { ConvBaseOptions } from "./convbase.ts";
import { ConvBase } from "./convbase.ts";
import type { Padding, PerAxis } from "./convsizes.ts";
import { perAxis, resolvePadding, unbatched } from "./convsizes.ts";
import { rngsOf } from "./options.ts";

/** What `Conv` takes besides the sizes. */
export interface ConvOptions extends ConvBaseOptions {
  /** Default `"SAME"`. */
  readonly padding?: Padding | undefined;
  /** Spreads the input, zeros between its elements. Default 1. Only with padding by numbers. */
  readonly inputDilation?: PerAxis | null | undefined;
  /** Cuts inputs and outputs into groups that do not see each other. Default 1. */
  readonly featureGroupCount?: number | undefined;
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
export class Conv extends ConvBase {
  declare readonly inputDilation: Shape;
  declare readonly featureGroupCount: number;

  /**
   * @param kernelSize a number for a kernel of one axis, or the sizes of its axes
   * @throws TypeError if `rngs` is missing or something is not a number; RangeError for a negative size or an unknown
   * padding
   * @throws ShapeError if a stride or dilation is below 1, a pad negative, the groups do not divide the features, there
   * are not as many entries as axes, or the mask does not have the kernel's shape
   */
  constructor(
    options: ConvOptions & {
      readonly inFeatures: number;
      readonly outFeatures: number;
      readonly kernelSize: number | readonly number[];
    },
  );
  constructor(
    inFeatures: number,
    options: ConvOptions & { readonly outFeatures: number; readonly kernelSize: number | readonly number[] },
  );
  constructor(
    inFeatures: number,
    outFeatures: number,
    options: ConvOptions & { readonly kernelSize: number | readonly number[] },
  );
  constructor(
    inFeatures: number,
    outFeatures: number,
    kernelSize: number | readonly number[],
    strides: PerAxis,
    options: ConvOptions,
  );
  constructor(inFeatures: number, outFeatures: number, kernelSize: number | readonly number[], options: ConvOptions);
  constructor(...args: readonly unknown[]) {
    const [inFeatures, outFeatures, kernelSize, options] = layerArguments<
      [number, number, number | readonly number[], ConvOptions]
    >(
      args,
      3,
      "nnx.Conv inFeatures outFeatures kernelSize | strides * padding inputDilation kernelDilation " +
        "featureGroupCount:n mask " +
        KERNEL,
    );
    super();
    const rngs = rngsOf(options, "Conv");
    this.setSizes("Conv", inFeatures, outFeatures, kernelSize, options, PADDINGS);
    const rank = this.kernelSize.length;
    this.inputDilation = perAxis("Conv", "inputDilation", options.inputDilation, rank);
    if (this.padding === "CAUSAL" && rank !== 1)
      throw new RangeError(`nnx.Conv: "padding" expected "CAUSAL" for a kernel of one axis only, got one of ${rank}`);
    if (typeof this.padding === "string" && this.inputDilation.some((d) => d !== 1))
      throw new RangeError(
        `nnx.Conv: "padding" expected numbers where "inputDilation" is not 1, got ${describe(this.padding)}. ` +
          "nnx.ConvTranspose knows the words",
      );
    this.featureGroupCount = groupCount(options.featureGroupCount ?? 1, this.inFeatures, this.outFeatures);
    this.setWeights(
      "Conv",
      [...this.kernelSize, this.inFeatures / this.featureGroupCount, this.outFeatures],
      rngs,
      options,
    );
  }

  /**
   * @param x [...batch, ...spatial, inFeatures]: any number of batch axes, none included
   * @returns [...batch, ...places, outFeatures]; no places along an axis on which the kernel is longer than the padded
   * input
   * @throws ShapeError if `x` has too few axes or other features
   */
  override __call__(x: ArrayLike): NDArray {
    if (arguments.length > 1) refuseSurplus("nnx.Conv", "inputs", arguments, false);
    const { inputs, kernel, bias, batch } = this.operands("Conv", x);
    const spatial = inputs.shape.slice(1, -1);
    const { strides, kernelDilation: dilation, inputDilation, kernelSize, featureGroupCount: groups } = this;
    const { pads, edges } = resolvePadding(this.padding, spatial, kernelSize, strides, dilation);
    const sliding = { strides, pads, dilation, inputDilation, edges, groups };
    return unbatched(convolve(inputs, kernel, bias, sliding), batch);
  }
}

function groupCount(given: number, inputs: number, outputs: number): number {
  const groups = int(given, 'nnx.Conv: "featureGroupCount"');
  if (groups >= 1 && inputs % groups === 0 && outputs % groups === 0) return groups;
  throw new ShapeError(
    `nnx.Conv: "featureGroupCount" expected a number of at least 1 that divides "inFeatures" ${inputs} ` +
      `and "outFeatures" ${outputs}, got ${describe(given)}`,
  );
}
