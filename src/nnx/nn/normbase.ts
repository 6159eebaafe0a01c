import type { ArrayLike, DType, NDArray } from "../../array/index.ts";
import { toSize } from "../../base/index.ts";
import * as initializers from "../initializers/index.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { Module } from "../modules/module.ts";
import type { Metadata } from "../variables/variable.ts";
import { Param } from "../variables/kinds.ts";
import { promoteDtype } from "./dtypes.ts";
import type { BiasedNormOptions, NormCallOptions, NormOptions, ParamInit } from "./normparams.ts";
import { toEpsilon } from "./normparams.ts";
import type { PromoteDtype } from "./options.ts";
import { drawn, rngsOf } from "./options.ts";

/** What every normalisation layer has. */
export abstract class NormBase<Options = NormCallOptions> extends Module<[x: ArrayLike, options?: Options], NDArray> {
  declare readonly scale: Param | undefined;
  declare readonly numFeatures: number;
  declare readonly epsilon: number;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly useScale: boolean;
  declare readonly useFastVariance: boolean;
  declare readonly promoteDtype: PromoteDtype;

  /** @throws TypeError if `rngs` is missing or something is not a number; RangeError for a bad number of features */
  constructor(layer: string, numFeatures: number, options: NormOptions, defaultEpsilon = 1e-6) {
    super();
    this.numFeatures = toSize(numFeatures, `nnx.${layer}: "numFeatures"`);
    rngsOf(options, layer);
    const { useScale = true, scaleInit = initializers.ones } = options;
    this.paramDtype = options.paramDtype ?? "float32";
    this.scale = useScale ? newNormParam(this, options, scaleInit, options.scaleMetadata) : undefined;
    this.useScale = useScale;
    this.epsilon = toEpsilon(options.epsilon ?? defaultEpsilon, layer);
    this.dtype = options.dtype;
    this.useFastVariance = options.useFastVariance ?? true;
    this.promoteDtype = options.promoteDtype ?? promoteDtype;
  }
}

/** With a bias, which is made after the scale. */
export abstract class BiasedNorm<Options = NormCallOptions> extends NormBase<Options> {
  declare readonly bias: Param | undefined;
  declare readonly useBias: boolean;

  /** @throws as `NormBase` */
  constructor(layer: string, numFeatures: number, options: BiasedNormOptions, defaultEpsilon?: number) {
    super(layer, numFeatures, options, defaultEpsilon);
    const { useBias = true, biasInit = initializers.zeros, biasMetadata } = options;
    this.bias = useBias ? newNormParam(this, options, biasInit, biasMetadata) : undefined;
    this.useBias = useBias;
  }
}

/** A Param [numFeatures] of the next key of the stream `params`: ones and zeros use one too. */
function newNormParam(
  { numFeatures, paramDtype }: NormBase<never>,
  { rngs }: NormOptions,
  init: ParamInit,
  metadata: Metadata | undefined,
): Param {
  return new Param(drawn(init as Initializer, rngs.params(), [numFeatures], paramDtype).astype(paramDtype), metadata);
}
