import type { ArrayLike, Axes, DType, NDArray } from "../../array/index.ts";
import { formatShape, toAxis, viewArray } from "../../array/index.ts";
import { describe, ShapeError } from "../../base/index.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { Rngs } from "../streams/rngs.ts";
import type { Metadata } from "../variables/variable.ts";
import type { PromoteDtype } from "./options.ts";

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

/** What a normalisation layer's call takes besides the input. */
export interface NormCallOptions {
  /** Which elements count for the statistics; broadcasts to the input. */
  readonly mask?: ArrayLike;
}

/**
 * A call's mask.
 *
 * @throws TypeError if it is not an array; ShapeError if it does not broadcast to the shape of `x`
 */
export function toMask(mask: ArrayLike | undefined, { shape }: NDArray, layer: string): NDArray | undefined {
  if (mask === undefined) return undefined;
  const name = `nnx.${layer}: "mask"`;
  const given = viewArray(mask, name);
  const skipped = shape.length - given.ndim;
  if (skipped >= 0 && given.shape.every((n, i) => n === 1 || n === shape[skipped + i])) return given;
  throw new ShapeError(
    `${name} expected a shape that broadcasts to ${formatShape(shape)}, got ${formatShape(given.shape)}`,
  );
}

/** An epsilon, which must be a number. */
export function toEpsilon(epsilon: unknown, layer: string): number {
  if (typeof epsilon === "number") return epsilon;
  throw new TypeError(`nnx.${layer}: "epsilon" expected a number, got ${describe(epsilon)}`);
}

/** Axes as Flax canonicalises them: each from 0 on, once, ascending. */
export function normAxes(axes: Axes, rank: number, layer: string): number[] {
  if (axes === -1 && rank > 0) return [rank - 1];
  const name = `nnx.${layer}: "axes"`;
  if (typeof axes === "number") return [toAxis(axes, rank, name)];
  if (axes !== null && axes !== undefined && !Array.isArray(axes))
    throw new TypeError(`${name} expected an axis or a list of axes, got ${describe(axes)}`);
  const all = ((axes ?? []) as readonly number[]).map((axis) => toAxis(axis, rank, name));
  return [...new Set(all)].sort((a, b) => a - b);
}

/** @throws ShapeError if a Param has another number of elements than `x` has features, along the axes `features` */
export function assertFeatures(
  x: NDArray,
  params: readonly (NDArray | undefined)[],
  features: readonly number[],
  layer: string,
): void {
  const { shape } = x;
  let size = 1;
  for (let i = 0; i < features.length; i++) size *= shape[features[i]!]!;
  for (let i = 0; i < params.length; i++)
    if (params[i] !== undefined && params[i]!.size !== size) throw featuresError(x, params[i]!, features, layer);
}

function featuresError(x: NDArray, param: NDArray, features: readonly number[], layer: string): ShapeError {
  return new ShapeError(
    `nnx.${layer}: "x" expected ${param.size} features along axis ${features.join(", ")}, ` +
      `got shape ${formatShape(x.shape)}`,
  );
}
