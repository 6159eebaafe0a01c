import type { Axes } from "./fans.ts";
import type { Places } from "../../base/index.ts";
import { inOrder } from "../../base/index.ts";
import type { FloatDType } from "../../random/index.ts";
import type { Initializer } from "./initializer.ts";
import type { ScalingOptions } from "./variance.ts";
import { varianceScaling } from "./variance.ts";

/**
 * LeCun's normal initializer: truncated normal values of variance 1 / fan_in.
 *
 * @throws what `varianceScaling` throws, at the inner call
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`lecun_normal`).
 * @example
 * const kernel = nnx.initializers.lecunNormal()(random.key(42), [2, 2]);
 * kernel.tolist() // => [[-0.021717817, 0.35722545], [0.22659318, 0.11777377]]
 */
export function lecunNormal(
  ...places: Places<[inAxis: Axes, outAxis: Axes, batchAxis: Axes, dtype: FloatDType | null], ScalingOptions>
): Initializer;
export function lecunNormal(): Initializer {
  return inOrder(lecunNormalOf, arguments, 0, "nnx.initializers.lecunNormal | inAxis outAxis batchAxis dtype:d");
}

function lecunNormalOf(options: ScalingOptions = {}): Initializer {
  return varianceScaling(1, "fan_in", "truncated_normal", options);
}

/**
 * LeCun's uniform initializer: uniform values of variance 1 / fan_in.
 *
 * @throws what `varianceScaling` throws, at the inner call
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`lecun_uniform`).
 * @example
 * const kernel = nnx.initializers.lecunUniform()(random.key(42), [2, 2]);
 * kernel.tolist() // => [[-0.027655795, 0.44041136], [0.28480583, 0.14945827]]
 */
export function lecunUniform(
  ...places: Places<[inAxis: Axes, outAxis: Axes, batchAxis: Axes, dtype: FloatDType | null], ScalingOptions>
): Initializer;
export function lecunUniform(): Initializer {
  return inOrder(lecunUniformOf, arguments, 0, "nnx.initializers.lecunUniform | inAxis outAxis batchAxis dtype:d");
}

function lecunUniformOf(options: ScalingOptions = {}): Initializer {
  return varianceScaling(1, "fan_in", "uniform", options);
}

/**
 * Glorot's (Xavier's) normal initializer: truncated normal values of variance 2 / (fan_in + fan_out).
 *
 * @throws what `varianceScaling` throws, at the inner call
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`glorot_normal`).
 * @example
 * const kernel = nnx.initializers.glorotNormal()(random.key(42), [2, 2]);
 * kernel.tolist() // => [[-0.021717817, 0.35722545], [0.22659318, 0.11777377]]
 */
export function glorotNormal(
  ...places: Places<[inAxis: Axes, outAxis: Axes, batchAxis: Axes, dtype: FloatDType | null], ScalingOptions>
): Initializer;
export function glorotNormal(): Initializer {
  return inOrder(glorotNormalOf, arguments, 0, "nnx.initializers.glorotNormal | inAxis outAxis batchAxis dtype:d");
}

function glorotNormalOf(options: ScalingOptions = {}): Initializer {
  return varianceScaling(1, "fan_avg", "truncated_normal", options);
}

/**
 * `glorotNormal` under its other name.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`xavier_normal`).
 * @example
 * nnx.initializers.xavierNormal === nnx.initializers.glorotNormal // => true
 */
export const xavierNormal = glorotNormal;

/**
 * Glorot's (Xavier's) uniform initializer: uniform values of variance 2 / (fan_in + fan_out).
 *
 * @throws what `varianceScaling` throws, at the inner call
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`glorot_uniform`).
 * @example
 * const kernel = nnx.initializers.glorotUniform()(random.key(42), [2, 2]);
 * kernel.tolist() // => [[-0.027655795, 0.44041136], [0.28480583, 0.14945827]]
 */
export function glorotUniform(
  ...places: Places<[inAxis: Axes, outAxis: Axes, batchAxis: Axes, dtype: FloatDType | null], ScalingOptions>
): Initializer;
export function glorotUniform(): Initializer {
  return inOrder(glorotUniformOf, arguments, 0, "nnx.initializers.glorotUniform | inAxis outAxis batchAxis dtype:d");
}

function glorotUniformOf(options: ScalingOptions = {}): Initializer {
  return varianceScaling(1, "fan_avg", "uniform", options);
}

/**
 * `glorotUniform` under its other name.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`xavier_uniform`).
 * @example
 * nnx.initializers.xavierUniform === nnx.initializers.glorotUniform // => true
 */
export const xavierUniform = glorotUniform;

/**
 * He's (Kaiming's) normal initializer: truncated normal values of variance 2 / fan_in.
 *
 * @throws what `varianceScaling` throws, at the inner call
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`he_normal`).
 * @example
 * const kernel = nnx.initializers.heNormal()(random.key(42), [2, 2]);
 * kernel.tolist() // => [[-0.030713633, 0.5051931], [0.32045117, 0.16655728]]
 */
export function heNormal(
  ...places: Places<[inAxis: Axes, outAxis: Axes, batchAxis: Axes, dtype: FloatDType | null], ScalingOptions>
): Initializer;
export function heNormal(): Initializer {
  return inOrder(heNormalOf, arguments, 0, "nnx.initializers.heNormal | inAxis outAxis batchAxis dtype:d");
}

function heNormalOf(options: ScalingOptions = {}): Initializer {
  return varianceScaling(2, "fan_in", "truncated_normal", options);
}

/**
 * `heNormal` under its other name.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`kaiming_normal`).
 * @example
 * nnx.initializers.kaimingNormal === nnx.initializers.heNormal // => true
 */
export const kaimingNormal = heNormal;

/**
 * He's (Kaiming's) uniform initializer: uniform values of variance 2 / fan_in.
 *
 * @throws what `varianceScaling` throws, at the inner call
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`he_uniform`).
 * @example
 * const kernel = nnx.initializers.heUniform()(random.key(42), [2, 2]);
 * kernel.tolist() // => [[-0.0391112, 0.62283564], [0.40277627, 0.21136591]]
 */
export function heUniform(
  ...places: Places<[inAxis: Axes, outAxis: Axes, batchAxis: Axes, dtype: FloatDType | null], ScalingOptions>
): Initializer;
export function heUniform(): Initializer {
  return inOrder(heUniformOf, arguments, 0, "nnx.initializers.heUniform | inAxis outAxis batchAxis dtype:d");
}

function heUniformOf(options: ScalingOptions = {}): Initializer {
  return varianceScaling(2, "fan_in", "uniform", options);
}

/**
 * `heUniform` under its other name.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`kaiming_uniform`).
 * @example
 * nnx.initializers.kaimingUniform === nnx.initializers.heUniform // => true
 */
export const kaimingUniform = heUniform;
