import type { ArrayLike, Axes, ArrayData, DType, NDArray, Shape } from "../../array/index.ts";
import { viewData, castData, formatShape, sizeOf, toAxis, toData } from "../../array/index.ts";
import { describe, ShapeError } from "../../base/index.ts";
import * as initializers from "../initializers/index.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { Rngs } from "../rngs.ts";
import type { Metadata, Variable } from "../variable.ts";
import { Param } from "../variables.ts";
import { promoteDtype } from "./dtypes.ts";
import type { PromoteDtype } from "./options.ts";
import { drawn, rngsOf } from "./options.ts";

/** An initializer of any dtype; those that draw nothing fit too. */
export type ParamInit = Initializer | ((key: never, shape: never) => NDArray);

/** What every normalisation layer takes. */
export interface NormOptions {
  /** Added to the variance before its root is taken. */
  readonly epsilon?: number;
  /** Of the result. Default what input and Params promote to. */
  readonly dtype?: DType | undefined;
  /** Of the Params. Default float32. */
  readonly paramDtype?: DType;
  /** Multiplies by a learned `scale`. Default true. */
  readonly useScale?: boolean;
  readonly scaleInit?: ParamInit;
  readonly scaleMetadata?: Metadata;
  /** The variance as max(0, E[x^2] - E[x]^2), else as E[(x - E[x])^2]. Default true. */
  readonly useFastVariance?: boolean;
  /** Brings input and Params to one dtype. */
  readonly promoteDtype?: PromoteDtype | undefined;
  readonly rngs: Rngs;
}

/** With a bias. */
export interface BiasedNormOptions extends NormOptions {
  /** Adds a learned `bias`. Default true. */
  readonly useBias?: boolean;
  readonly biasInit?: ParamInit;
  readonly biasMetadata?: Metadata;
}

/** What a normalisation layer's call takes beside the input. */
export interface NormCallOptions {
  /** Which elements count for the statistics; broadcasts to the input. */
  readonly mask?: ArrayLike;
}

/** Makes `scale` and then `bias`, each of one key of the params stream, ones and zeros too; undefined where not wanted. */
export function makeNormParams(
  layer: string,
  numFeatures: number,
  options: BiasedNormOptions,
  biased: boolean,
): { scale: Param | undefined; bias: Param | undefined } {
  const rngs = rngsOf(options, layer);
  const {
    useScale = true,
    useBias = biased,
    scaleInit = initializers.ones,
    biasInit = initializers.zeros,
    paramDtype = "float32",
  } = options;
  const make = (init: ParamInit, metadata: Metadata | undefined): Param =>
    new Param(drawn(init as Initializer, rngs.params(), [numFeatures], paramDtype).astype(paramDtype), metadata);
  return {
    scale: useScale ? make(scaleInit, options.scaleMetadata) : undefined,
    bias: useBias ? make(biasInit, options.biasMetadata) : undefined,
  };
}

/** An epsilon, which must be a number. */
export function toEpsilon(epsilon: unknown, layer: string): number {
  if (typeof epsilon === "number") return epsilon;
  throw new TypeError(`nnx.${layer}: "epsilon" expected a number, got ${describe(epsilon)}`);
}

/** Axes as Flax canonicalises them: each once, ascending. */
export function normAxes(axes: Axes, rank: number, layer: string): number[] {
  const list = typeof axes === "number" ? [axes] : axes;
  const all = (list ?? []).map((axis) => toAxis(axis, rank, `nnx.${layer}: "axes"`));
  return [...new Set(all)].sort((a, b) => a - b);
}

/**
 * A Param of one axis as it broadcasts to `shape`: float32, its elements along the feature axes.
 *
 * @throws ShapeError if the feature axes do not have as many elements
 */
export function alongFeatures(
  param: NDArray | undefined,
  shape: Shape,
  features: readonly number[],
  layer: string,
): ArrayData | undefined {
  if (param === undefined) return undefined;
  const x = castData(toData(param, `nnx.${layer}`), "float32");
  const sizes = shape.map((size, axis) => (features.includes(axis) ? size : 1));
  if (sizeOf(sizes) !== sizeOf(x.shape))
    throw new ShapeError(
      `nnx.${layer}: "x" expected ${sizeOf(x.shape)} features along axis ${features.join(", ")}, got shape ${formatShape(shape)}`,
    );
  return { ...x, shape: sizes };
}

/**
 * A layer's input and the elements of `params`, those that are there, in the usual case: all of it float32, the input not
 * empty, and of each Param as many elements as the last axis has. undefined in any other.
 */
export function usualOperands(
  layer: { readonly dtype: DType | undefined; readonly promoteDtype: PromoteDtype },
  input: ArrayLike,
  params: readonly (Variable | undefined)[],
): [x: ArrayData, ...(Float32Array | undefined)[]] | undefined {
  if (layer.dtype !== undefined || layer.promoteDtype !== promoteDtype) return undefined;
  const x = viewData(input, "x");
  if (x.dtype !== "float32" || x.storage.data.length === 0) return undefined;
  const features = x.shape.at(-1);
  const operands: [ArrayData, ...(Float32Array | undefined)[]] = [x];
  for (const param of params) {
    const own = param && toData(param.get(), "param");
    if (own !== undefined && (own.dtype !== "float32" || own.storage.data.length !== features)) return undefined;
    operands.push(own?.storage.data as Float32Array | undefined);
  }
  return operands;
}
