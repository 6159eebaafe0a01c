import type { ArrayLike, DType } from "../../array/index.ts";
import { activateData, asarray, castData, NDArray, toData } from "../../array/index.ts";
import { Module } from "../module.ts";
import { Param } from "../variables.ts";
import { promoteDtype } from "./dtypes.ts";

/** What `PReLU` takes beside the first slope. */
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

  constructor(negativeSlopeInit = 0.01, { dtype, paramDtype = "float32" }: PReLUOptions = {}) {
    super();
    this.negative_slope = new Param(asarray(negativeSlopeInit).astype(paramDtype));
    this.dtype = dtype;
    this.paramDtype = paramDtype;
  }

  override __call__(inputs: ArrayLike): NDArray {
    const [x, slope] =
      this.dtype === undefined
        ? [asarray(inputs), this.negative_slope.get()]
        : promoteDtype([inputs, this.negative_slope], this.dtype);
    // Under nnx.evalShape there may be no slope to read, and nothing to multiply by it.
    const [factor = 0] = castData(toData(slope, "nnx.PReLU"), "float32").storage.data;
    return new NDArray(activateData("leakyRelu", toData(x, 'nnx.PReLU: "inputs"'), factor));
  }
}
