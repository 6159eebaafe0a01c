import type { ArrayLike, DType, NDArray } from "../../array/index.ts";
import { add, asarray, formatShape } from "../../array/index.ts";
import { describe, refuseSurplus, ShapeError, toSize } from "../../base/index.ts";
import { heUniform, zerosInit } from "../initializers/index.ts";
import { Module } from "../modules/module.ts";
import type { Metadata, Variable } from "../variables/variable.ts";
import { LoRAParam } from "../variables/kinds.ts";
import { KERNEL, WEIGHTS, layerArguments } from "./layerarguments.ts";
import { promoteDtype } from "./dtypes.ts";
import type { LinearOptions } from "./linear.ts";
import { Linear } from "./linear.ts";
import type { LayerOptions, PromoteDtype, WeightInitializer } from "./options.ts";
import { drawn, rngsOf } from "./options.ts";

/** The class of an adapter's weights. */
type ParamType = new (value: NDArray, metadata?: Metadata) => Variable;

/** Initializers and kinds of the two matrices of an adapter. */
interface AdapterOptions {
  /** Default `heUniform()`. */
  readonly aInitializer?: WeightInitializer | undefined;
  /** Default zeros, so that an adapter changes nothing at first. */
  readonly bInitializer?: WeightInitializer | undefined;
  /** Default `nnx.LoRAParam`. */
  readonly loraParamType?: ParamType | undefined;
  readonly aMetadata?: Metadata | undefined;
  readonly bMetadata?: Metadata | undefined;
}

/** What `LoRA` takes besides the sizes. */
export interface LoRAOptions extends LayerOptions, AdapterOptions {
  /** A layer whose result is added. */
  readonly baseModule?: ((...args: never[]) => unknown) | null | undefined;
}

/** What `LoRALinear` takes besides the sizes. */
export interface LoRALinearOptions extends LinearOptions, AdapterOptions {
  readonly loraRank: number;
  readonly loraDtype?: DType | undefined;
  readonly loraParamDtype?: DType | undefined;
  readonly loraPromoteDtype?: PromoteDtype | undefined;
}

const defaultA: WeightInitializer = heUniform();
const defaultB: WeightInitializer = zerosInit();

/**
 * A low-rank adapter: `x @ lora_a @ lora_b`, plus the base module's result where there is one. `lora_a`
 * [inFeatures, loraRank], `lora_b` [loraRank, outFeatures].
 *
 * Two keys of the stream `params`: lora_a, lora_b.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/lora.py` (`LoRA`).
 * @example
 * const lora = new nnx.LoRA(3, 2, 4, { rngs: new nnx.Rngs(0) });
 * lora(jnp.ones([16, 3])).shape // => [16, 4]
 */
export class LoRA extends Module<[x: ArrayLike], NDArray> {
  declare readonly lora_a: Variable;
  declare readonly lora_b: Variable;
  declare readonly base_module: ((x: NDArray) => NDArray) | null;
  declare readonly inFeatures: number;
  declare readonly outFeatures: number;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly promoteDtype: PromoteDtype;

  /**
   * @throws TypeError if `rngs` is missing, a size is not a number or the base module cannot be called; RangeError if a
   * size is negative or not finite
   */
  constructor(
    options: LoRAOptions & {
      readonly inFeatures: number;
      readonly loraRank: number;
      readonly outFeatures: number;
    },
  );
  constructor(inFeatures: number, options: LoRAOptions & { readonly loraRank: number; readonly outFeatures: number });
  constructor(inFeatures: number, loraRank: number, options: LoRAOptions & { readonly outFeatures: number });
  constructor(inFeatures: number, loraRank: number, outFeatures: number, options: LoRAOptions);
  constructor(...args: readonly unknown[]) {
    const [inFeatures, loraRank, outFeatures, options] = layerArguments<[number, number, number, LoRAOptions]>(
      args,
      3,
      "nnx.LoRA inFeatures loraRank outFeatures * baseModule aInitializer:f bInitializer:f loraParamType " +
        "aMetadata bMetadata " +
        WEIGHTS,
    );
    super();
    const rngs = rngsOf(options, "LoRA");
    const {
      baseModule = null,
      dtype,
      paramDtype = "float32",
      aInitializer = defaultA,
      bInitializer = defaultB,
      loraParamType = LoRAParam,
    } = options;
    if (baseModule !== null && typeof baseModule !== "function")
      throw new TypeError(`nnx.LoRA: "baseModule" expected a module or a function, got ${describe(baseModule)}`);
    this.inFeatures = toSize(inFeatures, 'nnx.LoRA: "inFeatures"');
    const rank = toSize(loraRank, 'nnx.LoRA: "loraRank"');
    this.outFeatures = toSize(outFeatures, 'nnx.LoRA: "outFeatures"');
    this.base_module = baseModule as ((x: NDArray) => NDArray) | null;
    this.lora_a = new loraParamType(
      drawn(aInitializer, rngs.params(), [this.inFeatures, rank], paramDtype),
      options.aMetadata,
    );
    this.lora_b = new loraParamType(
      drawn(bInitializer, rngs.params(), [rank, this.outFeatures], paramDtype),
      options.bMetadata,
    );
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
    if (arguments.length > 1) refuseSurplus("nnx.LoRA", "x", arguments);
    const given = [asarray(x), this.lora_a.get(), this.lora_b.get()] as const;
    const [inputs, a, b] = this.promoteDtype(given, this.dtype);
    if (inputs.shape[inputs.ndim - 1] !== this.inFeatures) throw widthError(inputs, a, this.inFeatures);
    const y = inputs.matmul(a).matmul(b);
    return this.base_module === null ? y : add(y, this.base_module(inputs));
  }
}

function widthError({ shape }: NDArray, a: NDArray, inFeatures: number): ShapeError {
  return new ShapeError(
    `nnx.LoRA: "x" expected shape [..., ${inFeatures}] for lora_a ${formatShape(a.shape)}, got ${formatShape(shape)}`,
  );
}

/**
 * A `Linear` with a low-rank adapter under `lora`, added after the bias. The rest of its state is that of `Linear`.
 *
 * Four keys of the stream `params`: kernel, bias, lora_a, lora_b.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/lora.py` (`LoRALinear`).
 * @example
 * const layer = new nnx.LoRALinear(3, 4, { loraRank: 2, rngs: new nnx.Rngs(0) });
 * layer.lora.lora_a.shape // => [3, 2]
 */
export class LoRALinear extends Linear {
  declare readonly lora: LoRA;

  /** @throws what `Linear` and `LoRA` throw */
  constructor(options: LoRALinearOptions & { readonly inFeatures: number; readonly outFeatures: number });
  constructor(inFeatures: number, options: LoRALinearOptions & { readonly outFeatures: number });
  constructor(inFeatures: number, outFeatures: number, options: LoRALinearOptions);
  constructor(...args: readonly unknown[]) {
    const [inFeatures, outFeatures, options] = layerArguments<[number, number, LoRALinearOptions]>(
      args,
      2,
      "nnx.LoRALinear inFeatures outFeatures * loraRank loraDtype:d loraParamDtype:d loraPromoteDtype:f " +
        "aInitializer:f " +
        "bInitializer:f loraParamType aMetadata bMetadata " +
        KERNEL,
    );
    rngsOf(options, "LoRALinear");
    const {
      loraRank,
      loraDtype,
      loraParamDtype,
      loraPromoteDtype,
      aInitializer,
      bInitializer,
      loraParamType,
      aMetadata,
      bMetadata,
      ...linear
    } = options;
    const { rngs } = linear;
    super(inFeatures, outFeatures, linear);
    this.lora = new LoRA(inFeatures, loraRank, outFeatures, {
      dtype: loraDtype,
      paramDtype: loraParamDtype,
      promoteDtype: loraPromoteDtype,
      aInitializer,
      bInitializer,
      loraParamType,
      aMetadata,
      bMetadata,
      rngs,
    });
  }

  /** @throws ShapeError naming both shapes if the last size of `x` is not inFeatures */
  override __call__(x: ArrayLike): NDArray {
    if (arguments.length > 1) refuseSurplus("nnx.LoRALinear", "x", arguments, false);
    return add(super.__call__(x), this.lora(x));
  }
}
