import { KERNEL, layerArguments } from "./layerarguments.ts";
import type { ArrayLike, DType, NDArray } from "../../array/index.ts";
import { affine, formatShape, viewArray } from "../../array/index.ts";
import { refuseSurplus, ShapeError, toSize } from "../../base/index.ts";
import { Module } from "../modules/module.ts";
import type { Param } from "../variables/kinds.ts";
import { promoteDtype } from "./dtypes.ts";
import type { KernelOptions, PromoteDtype } from "./options.ts";
import { defaultBiasInit, defaultKernelInit, newParam, rngsOf } from "./options.ts";

/** What `Linear` takes besides the sizes. */
export interface LinearOptions extends KernelOptions {}

/**
 * `x @ kernel + bias` over the last axis: `kernel` [inFeatures, outFeatures], `bias` [outFeatures]. The sum runs over
 * inFeatures ascending, the bias is added after it.
 *
 * Two keys of the stream `params`: kernel, bias.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/linear.py` (`Linear`).
 * @example
 * const layer = new nnx.Linear(3, 4, { rngs: new nnx.Rngs(0) });
 * layer(jnp.ones([2, 3])).shape // => [2, 4]
 */
export class Linear extends Module<[x: ArrayLike], NDArray> {
  declare readonly kernel: Param;
  declare readonly bias: Param | null;
  declare readonly inFeatures: number;
  declare readonly outFeatures: number;
  declare readonly useBias: boolean;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly promoteDtype: PromoteDtype;

  /**
   * @param inFeatures the width of the input, cast by `int()`
   * @param outFeatures the width of the output, cast by `int()`
   * @throws TypeError if `rngs` is missing or a size is not a number; RangeError if a size is negative or not finite
   * @throws ShapeError from the default initializer if a size is 0
   */
  constructor(options: LinearOptions & { readonly inFeatures: number; readonly outFeatures: number });
  constructor(inFeatures: number, options: LinearOptions & { readonly outFeatures: number });
  constructor(inFeatures: number, outFeatures: number, options: LinearOptions);
  constructor(...args: readonly unknown[]) {
    const [inFeatures, outFeatures, options] = layerArguments<[number, number, LinearOptions]>(
      args,
      2,
      "nnx.Linear inFeatures outFeatures * " + KERNEL,
    );
    super();
    const rngs = rngsOf(options, "Linear");
    this.inFeatures = toSize(inFeatures, 'nnx.Linear: "inFeatures"');
    this.outFeatures = toSize(outFeatures, 'nnx.Linear: "outFeatures"');
    const {
      useBias = true,
      dtype,
      paramDtype = "float32",
      kernelInit = defaultKernelInit,
      biasInit = defaultBiasInit,
    } = options;
    this.kernel = newParam(rngs, kernelInit, [this.inFeatures, this.outFeatures], paramDtype, options.kernelMetadata);
    this.bias = useBias ? newParam(rngs, biasInit, [this.outFeatures], paramDtype, options.biasMetadata) : null;
    this.useBias = useBias;
    this.dtype = dtype;
    this.paramDtype = paramDtype;
    this.promoteDtype = options.promoteDtype ?? promoteDtype;
  }

  /**
   * @param x [..., inFeatures]
   * @returns [..., outFeatures]
   * @throws ShapeError naming both shapes if the last size of `x` is not inFeatures
   */
  override __call__(x: ArrayLike): NDArray {
    if (arguments.length > 1) refuseSurplus("nnx.Linear", "inputs", arguments, false);
    const given = [viewArray(x, 'nnx.Linear: "x"'), this.kernel.get(), this.bias?.get()] as const;
    const [input, kernel, bias] = this.promoteDtype(given, this.dtype);
    assertWidth(input, kernel, this);
    return affine(input, kernel, bias);
  }
}

function assertWidth({ shape }: NDArray, kernel: NDArray, { inFeatures }: Linear): void {
  if (shape.length > 0 && shape[shape.length - 1] === kernel.shape[0]) return;
  throw new ShapeError(
    `nnx.Linear: "x" expected shape [..., ${inFeatures}] for a kernel ${formatShape(kernel.shape)}, ` +
      `got ${formatShape(shape)}`,
  );
}
