import type { Places } from "../../base/index.ts";
import { inOrder } from "../../base/index.ts";
import type { FloatDType } from "../../random/index.ts";
import * as random from "../../random/index.ts";
import type { Initializer } from "./initializer.ts";
import { toNumber } from "./initializer.ts";

/**
 * Uniform values in [0, scale): a draw of `random.uniform`, times `scale`.
 *
 * @throws TypeError if `scale` is not a number; at the inner call what `random.uniform` throws
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`uniform`).
 * @example
 * nnx.initializers.uniform(2)(random.key(42), [2]).tolist() // => [0.97741914, 1.3595943]
 */
export function uniform(
  ...places: Places<
    [scale: number, dtype: FloatDType | null],
    { readonly scale?: number; readonly dtype?: FloatDType | null }
  >
): Initializer;
export function uniform(): Initializer {
  return inOrder(uniformOf, arguments, 2, "nnx.initializers.uniform scale dtype:d");
}

function uniformOf(scale = 0.01, dtype: FloatDType = "float32"): Initializer {
  const factor = toNumber(scale, 'initializers.uniform: "scale"');
  return (key, shape, type = dtype) => random.uniform(key, shape, { dtype: type }).mul(factor);
}

/**
 * Normal values of mean 0: a draw of `random.normal`, times `stddev`.
 *
 * @throws TypeError if `stddev` is not a number; at the inner call what `random.normal` throws
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`normal`), called without an outer `jit`, which would fold the
 * factor into another one and change a quarter of the last bits.
 * @example
 * nnx.initializers.normal(2)(random.key(42), [2]).tolist() // => [-0.056609232, 0.9342637]
 */
export function normal(
  ...places: Places<
    [stddev: number, dtype: FloatDType | null],
    { readonly stddev?: number; readonly dtype?: FloatDType | null }
  >
): Initializer;
export function normal(): Initializer {
  return inOrder(normalOf, arguments, 2, "nnx.initializers.normal stddev dtype:d");
}

function normalOf(stddev = 0.01, dtype: FloatDType = "float32"): Initializer {
  const factor = toNumber(stddev, 'initializers.normal: "stddev"');
  return (key, shape, type = dtype) => random.normal(key, shape, type).mul(factor);
}

/** Where `truncatedNormal` cuts, before it multiplies by the standard deviation. */
export interface TruncatedNormalOptions {
  /** The lower bound, default -2. */
  readonly lower?: number;
  /** The upper bound, default 2. */
  readonly upper?: number;
  readonly dtype?: FloatDType;
}

/**
 * Normal values cut to (lower, upper), then times `stddev`. The cut makes the deviation smaller than
 * `stddev`; the variance-scaling initializers correct for that, this one does not.
 *
 * @throws TypeError if a number is none; at the inner call what `random.truncatedNormal` throws
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`truncated_normal`).
 * @example
 * nnx.initializers.truncatedNormal(2)(random.key(42), [2]).tolist() // => [-0.054032996, 0.88876164]
 */
export function truncatedNormal(
  ...places: Places<[stddev: number, dtype: FloatDType | null, lower: number, upper: number], TruncatedNormalOptions>
): Initializer;
export function truncatedNormal(): Initializer {
  return inOrder(truncatedNormalOf, arguments, 1, "nnx.initializers.truncatedNormal stddev | dtype:d lower upper");
}

function truncatedNormalOf(
  stddev = 0.01,
  { lower = -2, upper = 2, dtype = "float32" }: TruncatedNormalOptions = {},
): Initializer {
  const factor = toNumber(stddev, 'initializers.truncatedNormal: "stddev"');
  const low = toNumber(lower, 'initializers.truncatedNormal: "lower"');
  const high = toNumber(upper, 'initializers.truncatedNormal: "upper"');
  return (key, shape, type = dtype) => random.truncatedNormal(key, low, high, shape, type).mul(factor);
}
