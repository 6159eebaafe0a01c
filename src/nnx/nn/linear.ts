import type { ArrayLike, DType, NDArray } from "../../array/index.ts";
import * as initializers from "../initializers/index.ts";
import { Module } from "../module.ts";
import type { Rngs } from "../rngs.ts";
import { Param } from "../variables.ts";
import { promoteDtype } from "./dtypes.ts";
import type { ParamInit } from "./normparams.ts";
import type { Initializer } from "../initializers/initializer.ts";

/** Options of `Linear`. */
export interface LinearOptions {
  readonly useBias?: boolean;
  readonly kernelInit?: ParamInit;
  readonly biasInit?: ParamInit;
  readonly dtype?: DType | undefined;
  readonly paramDtype?: DType;
  readonly rngs: Rngs;
}

/** x @ kernel + bias. */
export class Linear extends Module<[x: ArrayLike], NDArray> {
  declare readonly kernel: Param;
  declare readonly bias: Param | null;
  declare readonly dtype: DType | undefined;

  constructor(inFeatures: number, outFeatures: number, { useBias = true, kernelInit = initializers.lecunNormal(), biasInit = initializers.zeros, dtype, rngs }: LinearOptions) {
    super();
    this.kernel = new Param((kernelInit as Initializer)(rngs.params(), [inFeatures, outFeatures]));
    this.bias = useBias ? new Param((biasInit as Initializer)(rngs.params(), [outFeatures])) : null;
    this.dtype = dtype;
  }

  override __call__(x: ArrayLike): NDArray {
    const [inputs, kernel, bias] = promoteDtype([x, this.kernel, this.bias ?? undefined], this.dtype);
    const y = inputs.matmul(kernel);
    return bias === undefined ? y : y.add(bias);
  }
}
