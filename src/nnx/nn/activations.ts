/**
 * The elementwise functions of jax.nn. Each takes anything array-like and gives an array of its shape, float32 of
 * integers unless the docs say otherwise; subnormals count as zeros of their sign. All have the bits of JAX on a CPU,
 * in the profile of `config`.
 */
import type { Activation, ArrayLike, NDArray } from "../../array/index.ts";
import { activate, asarray, isFloat, logistic, tanh as arrayTanh, viewArray, where } from "../../array/index.ts";
import type { Places } from "../../base/index.ts";
import { describe, inOrder, refuseSurplus } from "../../base/index.ts";

function activated(activation: Activation, x: ArrayLike, fn: string): NDArray {
  return activate(activation, viewArray(x, `${fn}: "x"`));
}

function toNumber(x: unknown, name: string): number {
  if (typeof x === "number") return x;
  throw new TypeError(`${name} expected a number, got ${describe(x)}`);
}

/**
 * x itself.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`identity`), bit for bit.
 * @example
 * nnx.identity([1, 2]).tolist() // => [1, 2]
 */
export function identity(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nnx.identity", "x", arguments);
  return asarray(x);
}

/**
 * max(x, 0): NaN stays, -0 is 0; integers keep their dtype, a bool becomes int32.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`relu`), bit for bit.
 * @example
 * nnx.relu([-1, 0, 2, NaN]).tolist() // => [0, 0, 2, NaN]
 */
export function relu(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nnx.relu", "x", arguments);
  return activated({ name: "relu" }, x, "nnx.relu");
}

/**
 * x between 0 and 6.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`relu6`), bit for bit.
 * @example
 * nnx.relu6([-1, 3, 9]).tolist() // => [0, 3, 6]
 */
export function relu6(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nnx.relu6", "x", arguments);
  return activated({ name: "relu6" }, x, "nnx.relu6");
}

/**
 * x at or above 0, negativeSlope * x (default 0.01) below.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`leaky_relu`), bit for bit.
 * @example
 * nnx.leakyRelu([-2, 3]).tolist() // => [-0.02, 3]
 */
export function leakyRelu(
  x: ArrayLike,
  ...places: Places<[negativeSlope: number], { readonly negativeSlope?: number }>
): NDArray;
export function leakyRelu(): NDArray {
  return inOrder(leakyReluOf, arguments, 2, "nnx.leakyRelu x negativeSlope");
}

function leakyReluOf(x: ArrayLike, negativeSlope = 0.01): NDArray {
  const a = toNumber(negativeSlope, 'nnx.leakyRelu: "negativeSlope"');
  const given = viewArray(x, 'nnx.leakyRelu: "x"');
  // Integers and a whole slope stay integers, as in JAX.
  if (Number.isInteger(a) && !isFloat(given.dtype)) return where(given.ge(0), given, given.mul(a));
  return activate({ name: "leakyRelu", a }, given);
}

/**
 * x above 0, alpha * (e^x - 1) below.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`elu`), bit for bit.
 * @example
 * nnx.elu([-1, 2]).tolist() // => [-0.63212055, 2]
 */
export function elu(x: ArrayLike, ...places: Places<[alpha: number], { readonly alpha?: number }>): NDArray;
export function elu(): NDArray {
  return inOrder(eluOf, arguments, 2, "nnx.elu x alpha");
}

function eluOf(x: ArrayLike, alpha = 1): NDArray {
  return activated({ name: "elu", a: toNumber(alpha, 'nnx.elu: "alpha"') }, x, "nnx.elu");
}

/**
 * max(x, 0) + alpha * (e^(min(x, 0) / alpha) - 1).
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`celu`), bit for bit.
 * @example
 * nnx.celu([-1, 2]).tolist() // => [-0.63212055, 2]
 */
export function celu(x: ArrayLike, ...places: Places<[alpha: number], { readonly alpha?: number }>): NDArray;
export function celu(): NDArray {
  return inOrder(celuOf, arguments, 2, "nnx.celu x alpha");
}

function celuOf(x: ArrayLike, alpha = 1): NDArray {
  return activated({ name: "celu", a: toNumber(alpha, 'nnx.celu: "alpha"') }, x, "nnx.celu");
}

/**
 * `elu` with alpha 1.67326324, times 1.05070099: activations keep mean 0 and variance 1.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`selu`), bit for bit.
 * @example
 * nnx.selu([-1, 2]).tolist() // => [-1.1113307, 2.101402]
 */
export function selu(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nnx.selu", "x", arguments);
  return activated({ name: "elu", a: 1.6732632423543772, b: 1.0507009873554805 }, x, "nnx.selu");
}

/** The option of `gelu`. */
export interface GeluOptions {
  /** Whether to use the tanh formula, default true. */
  readonly approximate?: boolean;
}

/**
 * x times the normal distribution function at x: by the tanh formula, unless `approximate` is false, then by erfc.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`gelu`), bit for bit.
 * @example
 * nnx.gelu([-1, 2]).tolist() // => [-0.15880796, 1.9545977]
 * nnx.gelu([-1, 2], { approximate: false }).tolist() // => [-0.15865527, 1.9544997]
 */
export function gelu(x: ArrayLike, ...places: Places<[approximate: boolean], GeluOptions>): NDArray;
export function gelu(): NDArray {
  return inOrder(geluOf, arguments, 1, "nnx.gelu x | approximate:b");
}

function geluOf(x: ArrayLike, { approximate = true }: GeluOptions = {}): NDArray {
  return activated({ name: approximate ? "gelu" : "geluErf" }, x, "nnx.gelu");
}

/**
 * 1 / (1 + e^-x).
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`sigmoid`), bit for bit.
 * @example
 * nnx.sigmoid([0, 1]).tolist() // => [0.5, 0.7310586]
 */
export function sigmoid(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nnx.sigmoid", "x", arguments);
  return logistic(viewArray(x, 'nnx.sigmoid: "x"'));
}

/**
 * x * sigmoid(x). Also called `swish`.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`silu`), bit for bit.
 * @example
 * nnx.silu([0, 1]).tolist() // => [0, 0.7310586]
 */
export function silu(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nnx.silu", "x", arguments);
  return activated({ name: "silu" }, x, "nnx.silu");
}

/**
 * log(sigmoid(x)), as -softplus(-x).
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`log_sigmoid`), bit for bit.
 * @example
 * nnx.logSigmoid([0]).tolist() // => [-0.6931472]
 */
export function logSigmoid(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nnx.logSigmoid", "x", arguments);
  return activated({ name: "softplus", a: -1 }, x, "nnx.logSigmoid");
}

/**
 * log(1 + e^x), as max(x, 0) + log1p(e^-|x|).
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`softplus`), bit for bit.
 * @example
 * nnx.softplus([0, 100]).tolist() // => [0.6931472, 100]
 */
export function softplus(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nnx.softplus", "x", arguments);
  return activated({ name: "softplus" }, x, "nnx.softplus");
}

/**
 * x / (|x| + 1).
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`soft_sign`), bit for bit.
 * @example
 * nnx.softSign([1, -3]).tolist() // => [0.5, -0.75]
 */
export function softSign(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nnx.softSign", "x", arguments);
  return activated({ name: "softSign" }, x, "nnx.softSign");
}

/**
 * relu6(x + 3) / 6.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`hard_sigmoid`), bit for bit.
 * @example
 * nnx.hardSigmoid([-4, 0, 4]).tolist() // => [0, 0.5, 1]
 */
export function hardSigmoid(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nnx.hardSigmoid", "x", arguments);
  return activated({ name: "hardSigmoid" }, x, "nnx.hardSigmoid");
}

/**
 * x * hardSigmoid(x). Also called `hardSwish`.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`hard_silu`), bit for bit.
 * @example
 * nnx.hardSilu([-4, 1, 4]).tolist() // => [-0, 0.6666667, 4]
 */
export function hardSilu(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nnx.hardSilu", "x", arguments);
  return activated({ name: "hardSilu" }, x, "nnx.hardSilu");
}

/**
 * x between -1 and 1; integers keep their dtype, a bool becomes int32.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`hard_tanh`), bit for bit.
 * @example
 * nnx.hardTanh([-2, 0.5, 2]).tolist() // => [-1, 0.5, 1]
 */
export function hardTanh(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nnx.hardTanh", "x", arguments);
  return activated({ name: "hardTanh" }, x, "nnx.hardTanh");
}

/**
 * The hyperbolic tangent.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`tanh`), bit for bit.
 * @example
 * nnx.tanh([0, 1]).tolist() // => [0, 0.7615942]
 */
export function tanh(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nnx.tanh", "x", arguments);
  return arrayTanh(viewArray(x, 'nnx.tanh: "x"'));
}

/** `silu` by its other name. */
export const swish = silu;

/** `hardSilu` by its other name. */
export const hardSwish = hardSilu;
