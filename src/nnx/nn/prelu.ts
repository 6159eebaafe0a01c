import { refuseSurplus } from "../../base/index.ts";
import { layerArguments } from "./layerarguments.ts";
import type { ArrayLike, DType, NDArray } from "../../array/index.ts";
import { asarray, prelu, viewArray } from "../../array/index.ts";
import { Module } from "../modules/module.ts";
import { Param } from "../variables/kinds.ts";
import { promoteDtype } from "./dtypes.ts";

/** What `PReLU` takes besides the first slope. */
export interface PReLUOptions {
  /** Of input and result. Default the input's. */
  readonly dtype?: DType;
  /** Of the slope. Default float32. */
  readonly paramDtype?: DType;
}

/**
 * x at or above 0, a learned slope times x below.
 *
 * `negativeSlope` [] is the one Param.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/activations.py` (`PReLU`).
 * @example
 * new nnx.PReLU()([-1, 2]).tolist() // => [-0.01, 2]
 */
export class PReLU extends Module<[inputs: ArrayLike], NDArray> {
  declare readonly negative_slope: Param;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;

  constructor(options?: PReLUOptions & { readonly negativeSlopeInit?: number });
  constructor(negativeSlopeInit?: number, options?: PReLUOptions);
  constructor(...args: readonly unknown[]) {
    const [negativeSlopeInit = 0.01, { dtype, paramDtype = "float32" } = {}] = layerArguments<[number?, PReLUOptions?]>(
      args,
      1,
      "nnx.PReLU negativeSlopeInit:x * dtype:d paramDtype:d promoteDtype:f negativeSlopeMetadata",
    );
    super();
    this.negative_slope = new Param(asarray(negativeSlopeInit).astype(paramDtype));
    this.dtype = dtype;
    this.paramDtype = paramDtype;
  }

  override __call__(inputs: ArrayLike): NDArray {
    if (arguments.length > 1) refuseSurplus("nnx.PReLU", "inputs", arguments);
    const given = [viewArray(inputs, 'nnx.PReLU: "inputs"'), this.negative_slope.get()] as const;
    const [x, slope] = this.dtype === undefined ? given : promoteDtype(given, this.dtype);
    return prelu(x, slope);
  }
}
