import type { ArrayLike, DType, NDArray } from "../../array/index.ts";
import { columns, concatenate } from "../../array/index.ts";
import type { Places } from "../../base/index.ts";
import { bind, hasBrand, RngError, toSize } from "../../base/index.ts";
import * as initializers from "../initializers/index.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { Module } from "../modules/module.ts";
import type { Rngs } from "../streams/rngs.ts";
import type { RngStream } from "../streams/rngstream.ts";
import type { Metadata } from "../variables/variable.ts";
import { sigmoid, tanh } from "./activations.ts";
import type { CellLayers } from "./fastsequence.ts";
import { Linear } from "./linear.ts";
import type { ParamInit } from "./normparams.ts";
import type { PromoteDtype } from "./options.ts";
import { rngsOf } from "./options.ts";

/** What a cell hands on from step to step: one array, or for LSTMs a pair. */
export type Carry = NDArray | readonly [NDArray, NDArray];

/** A function of each element. */
export type Activation = (x: NDArray) => NDArray;

/** What every recurrent cell takes besides the sizes. */
export interface CellOptions {
  /** Of the new state. Default tanh. */
  readonly activationFn?: Activation;
  /** Default lecunNormal. */
  readonly kernelInit?: ParamInit;
  /** Default orthogonal. */
  readonly recurrentKernelInit?: ParamInit;
  /** Default zeros. */
  readonly biasInit?: ParamInit;
  /** Of the computation. Default what inputs and Params promote to. */
  readonly dtype?: DType | undefined;
  /** Of the Params. Default float32. */
  readonly paramDtype?: DType;
  /** Makes the first carry where `initializeCarry` is not told. Default zeros. */
  readonly carryInit?: ParamInit | undefined;
  /** Brings inputs and weights to one dtype. */
  readonly promoteDtype?: PromoteDtype | undefined;
  readonly kernelMetadata?: Metadata | undefined;
  readonly recurrentKernelMetadata?: Metadata | undefined;
  readonly biasMetadata?: Metadata | undefined;
  /** Keeps a fork of the stream `carry`, from which `initializeCarry` draws where it is given none. Default false. */
  readonly keepRngs?: boolean | undefined;
  readonly rngs: Rngs;
}

/** With gates. */
export interface GatedCellOptions extends CellOptions {
  /** Of the gates. Default sigmoid. */
  readonly gateFn?: Activation;
}

/**
 * The base of recurrent cells: `cell(carry, x)` gives the next carry and the output. A subclass writes `__call__` and
 * `initializeCarry`; `numFeatureAxes` tells an RNN how many axes of the input are not batch axes.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/recurrent.py` (`RNNCellBase`).
 * @example
 * new nnx.GRUCell(2, 3, { rngs: new nnx.Rngs(0) }) instanceof nnx.RNNCellBase // => true
 */
export abstract class RNNCellBase<C extends Carry = Carry> extends Module<[carry: C, inputs: ArrayLike], [C, NDArray]> {
  declare readonly inFeatures: number;
  declare readonly hiddenFeatures: number;
  declare readonly activationFn: Activation;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly carryInit: ParamInit | undefined;
  declare readonly promoteDtype: PromoteDtype | undefined;
  declare readonly rngs: RngStream | undefined;

  /**
   * The first carry for inputs of a shape [..., inFeatures]: zeros, or what `carryInit` makes; one key of the stream
   * `carry` an array.
   */
  abstract initializeCarry(...given: CarryArguments): C;

  /** How many of the input's axes are features. */
  get numFeatureAxes(): number {
    return 1;
  }

  /**
   * The layers of a cell whose steps an RNN may compute in one; undefined where it must call the cell. @internal
   */
  fusedLayers(): CellLayers | undefined {
    return undefined;
  }

  /** Sets what all cells have. */
  protected setUp(inFeatures: number, hiddenFeatures: number, options: CellOptions): void {
    const name = this.constructor.name;
    const rngs = rngsOf(options, name);
    const set = this as { -readonly [Name in keyof this]: this[Name] };
    set.inFeatures = toSize(inFeatures, `nnx.${name}: "inFeatures"`);
    set.hiddenFeatures = toSize(hiddenFeatures, `nnx.${name}: "hiddenFeatures"`);
    set.activationFn = options.activationFn ?? tanh;
    set.dtype = options.dtype;
    set.paramDtype = options.paramDtype ?? "float32";
    set.carryInit = options.carryInit;
    set.promoteDtype = options.promoteDtype;
    set.rngs = options.keepRngs === true ? rngs.stream("carry").fork() : undefined;
  }

  /** A layer from the inputs. */
  protected inputLayer(features: number, useBias: boolean, options: CellOptions): Linear {
    const { kernelInit = initializers.lecunNormal(), kernelMetadata } = options;
    return this.linear(this.inFeatures, features, options, { useBias, kernelInit, kernelMetadata });
  }

  /** A layer from the hidden state. */
  protected hiddenLayer(features: number, useBias: boolean, options: CellOptions): Linear {
    const { recurrentKernelInit = initializers.orthogonal(), recurrentKernelMetadata } = options;
    const kernel = { kernelInit: recurrentKernelInit, kernelMetadata: recurrentKernelMetadata };
    return this.linear(this.hiddenFeatures, features, options, { useBias, ...kernel });
  }

  private linear(
    inFeatures: number,
    outFeatures: number,
    { biasInit = initializers.zeros, biasMetadata, promoteDtype, rngs }: CellOptions,
    { useBias, kernelInit, kernelMetadata }: KernelOfCell,
  ): Linear {
    return new Linear(inFeatures, outFeatures, {
      useBias,
      kernelInit: kernelInit as Initializer,
      biasInit: biasInit as Initializer,
      kernelMetadata,
      biasMetadata,
      promoteDtype,
      dtype: this.dtype,
      paramDtype: this.paramDtype,
      rngs,
    });
  }

  /** One array of a first carry. */
  protected newCarry(
    inputShape: readonly number[],
    given: Rngs | RngStream | undefined,
    carryInit: ParamInit = this.carryInit ?? initializers.zeros,
  ): NDArray {
    const rngs = given ?? this.rngs;
    if (rngs === undefined)
      throw new RngError(
        `nnx.${this.constructor.name}.initializeCarry: "rngs" expected an Rngs or a stream, got none. ` +
          "Flax asks for one though zeros need no key: cell.initializeCarry(shape, new nnx.Rngs(0))",
      );
    const stream = hasBrand(rngs, "Rngs") ? (rngs as Rngs).stream("carry") : (rngs as RngStream);
    return (carryInit as Initializer)(
      stream(),
      [...inputShape.slice(0, -1), this.hiddenFeatures],
      this.paramDtype as never,
    ).astype(this.paramDtype);
  }
}

/** What the layers of a cell differ in. */
interface KernelOfCell {
  readonly useBias: boolean;
  readonly kernelInit: ParamInit;
  readonly kernelMetadata: Metadata | undefined;
}

/** What `initializeCarry` takes, by place or by name. */
export type CarryArguments = [
  inputShape: readonly number[],
  ...places: Places<[rngs: Rngs | RngStream | undefined, carryInit: ParamInit | undefined], CarryOptions>,
];

/** What `initializeCarry` takes by name. */
export interface CarryOptions {
  /** Where keys come from. */
  readonly rngs?: Rngs | RngStream;
  /** Default the cell's own. */
  readonly carryInit?: ParamInit;
}

/** The arguments of `initializeCarry` in order. */
export function carryArguments(
  cell: object,
  given: CarryArguments,
): [inputShape: readonly number[], rngs: Rngs | RngStream | undefined, carryInit: ParamInit | undefined] {
  const signature = `nnx.${cell.constructor.name}.initializeCarry inputShape rngs:x carryInit:x`;
  return bind(signature, given) as never;
}

/** The gates' function of a cell's options. */
export function gateOf(options: GatedCellOptions): Activation {
  return options.gateFn ?? sigmoid;
}

/** Whether a cell's gates are sigmoids and its activation is tanh, which have a kernel in one. */
export function hasDefaultGates({ gateFn, activationFn }: { gateFn: Activation; activationFn: Activation }): boolean {
  return gateFn === sigmoid && activationFn === tanh;
}

/** `x` [..., parts * n] as `parts` arrays [..., n]. */
export function splitLast(x: NDArray, parts: number): NDArray[] {
  const count = x.shape[x.ndim - 1]! / parts;
  return Array.from({ length: parts }, (_, part) => columns(x, part * count, count));
}

/** `a` [..., m] and `b` [..., n] side by side as [..., m + n], in the dtype of `a`. */
export function joinLast(a: NDArray, b: NDArray): NDArray {
  return concatenate([a, b.astype(a.dtype)], -1);
}
