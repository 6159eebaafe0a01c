import type { DType, NDArray } from "../../array/index.ts";
import { describe, hasBrand } from "../../base/index.ts";
import type { Key } from "../../random/index.ts";
import { lecunNormal, zerosInit } from "../initializers/index.ts";
import type { Rngs } from "../streams/rngs.ts";
import type { Metadata } from "../variables/variable.ts";
import { Param } from "../variables/kinds.ts";
import type { promoteDtype } from "./dtypes.ts";

/** Makes the first values of a weight. Every initializer of `nnx.initializers` is one. */
export type WeightInitializer = (key: Key, shape: readonly number[], dtype: never) => NDArray;

/** Brings a layer's operands to one dtype: what `promoteDtype` does, or a function of the caller's own. */
export type PromoteDtype = typeof promoteDtype;

/** What every layer with weights takes. */
export interface LayerOptions {
  /** Where the weights' keys come from: the stream `params`. */
  readonly rngs: Rngs;
  /** What is computed in. Default what input and weights promote to. */
  readonly dtype?: DType | undefined;
  /** The dtype that the initializers are asked for. Default float32. */
  readonly paramDtype?: DType | undefined;
  /** Brings the operands to one dtype. */
  readonly promoteDtype?: PromoteDtype | undefined;
  /** Changes nothing: products are in full float32, the highest precision that JAX has on a CPU. */
  readonly precision?: "default" | "high" | "highest" | "float32" | "fastest" | null | undefined;
}

/** What a layer of a kernel and a bias takes. */
export interface KernelOptions extends LayerOptions {
  /** Whether there is a bias. Default true. */
  readonly useBias?: boolean | undefined;
  /** Default `lecunNormal()`. */
  readonly kernelInit?: WeightInitializer | undefined;
  /** Default zeros; it uses a key all the same. */
  readonly biasInit?: WeightInitializer | undefined;
  readonly kernelMetadata?: Metadata | undefined;
  readonly biasMetadata?: Metadata | undefined;
}

export const defaultKernelInit: WeightInitializer = lecunNormal();
export const defaultBiasInit: WeightInitializer = zerosInit();

/**
 * The Rngs among a layer's options.
 *
 * @throws TypeError if there is none
 */
export function rngsOf(options: { readonly rngs?: unknown } | undefined, layer: string): Rngs {
  const rngs = options?.rngs;
  if (hasBrand(rngs, "Rngs")) return rngs as Rngs;
  const got = hasBrand(rngs, "Key")
    ? "a key: keys are used once, an Rngs hands out as many as the layer needs"
    : describe(rngs);
  throw rngsError(layer, got, "");
}

/** What is thrown for an Rngs that stands by itself. */
export function bareRngsError(layer: string): TypeError {
  return rngsError(layer, "the bare Rngs in place of the options", ", rngs");
}

function rngsError(layer: string, got: string, wrong: string): TypeError {
  return new TypeError(
    `nnx.${layer}: "rngs" expected an nnx.Rngs, got ${got}.\n` +
      `  wrong: new nnx.${layer}(...${wrong})\n` +
      `  right: new nnx.${layer}(..., { rngs: new nnx.Rngs(0) })`,
  );
}

/** A new Param: the next key of the stream `params`, whatever the initializer does with it. */
export function newParam(
  rngs: Rngs,
  init: WeightInitializer,
  shape: readonly number[],
  dtype: DType = "float32",
  metadata?: Metadata,
): Param {
  return new Param(drawn(init, rngs.params(), shape, dtype), metadata);
}

/**
 * What an initializer gives in the dtype of a layer's weights.
 *
 * @throws TypeError if it does not draw in `dtype`, as orthogonal draws in float32 alone; with the way to such weights
 */
export function drawn(init: WeightInitializer, key: Key, shape: readonly number[], dtype: DType): NDArray {
  try {
    return init(key, shape, dtype as never);
  } catch (cause) {
    if (dtype === "float32" || !(cause instanceof TypeError)) throw cause;
    throw new TypeError(
      `"paramDtype" expected float32, got ${describe(dtype)}, which this initializer does not draw in.\n` +
        "  either: make the layer in float32 and cast its Params: for (const [, w] of " +
        `nnx.toFlatState(nnx.state(layer, nnx.Param))) w.setValue(w.get().astype(${describe(dtype)}))\n` +
        `  or: compute in it: { dtype: ${describe(dtype)} }`,
      { cause },
    );
  }
}
