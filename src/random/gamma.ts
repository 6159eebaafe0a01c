import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { fma, inOrder } from "../base/index.ts";
import { fillNormal, fillUniform, floats, fused, pair, splitWords, triple } from "./draw.ts";
import { powOf, unaryOf } from "./elementary.ts";
import { fillExponential } from "./exponential.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, checkDraw } from "./params.ts";

const { fround, sqrt } = Math;
const THIRD = fround(1 / 3);
const SQUEEZE = fround(0.0331);

/**
 * Gamma float32 values of shape parameter `a` and scale 1, by Marsaglia and Tsang's rejection, one key an element.
 *
 * JAX takes a reciprocal square root and a power from the processor and the C library of its host: last bits differ
 * between hosts.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_gamma_one`)
 * @param a above 0
 * @param shape of the result; `a`'s, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `a` is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * gamma(key(42), 2.5, [3]).tolist() // => [4.378075, 1.5007864, 4.1941113]
 */
export function gamma(
  ...places: Given<
    [key: KeyLike, a: ArrayLike],
    "key a",
    [shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function gamma(): NDArray {
  return inOrder(gammaOf, arguments, 3, "random.gamma key a shape:x | dtype:g");
}

function gammaOf(key: KeyLike, a: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, params } = checkDraw("gamma", key, shape, { a });
  return arrayOf(sizes, fillGamma(words, params.a.values));
}

/**
 * The logarithm of a gamma value, which does not underflow for a small `a`.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_gamma_one`, log space)
 * @param a above 0
 * @param shape of the result; `a`'s, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `a` is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * loggamma(key(42), 2.5, [3]).tolist() // => [1.4766091, 0.40598923, 1.4336815]
 */
export function loggamma(
  ...places: Given<
    [key: KeyLike, a: ArrayLike],
    "key a",
    [shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function loggamma(): NDArray {
  return inOrder(loggammaOf, arguments, 3, "random.loggamma key a shape:x | dtype:g");
}

function loggammaOf(key: KeyLike, a: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, params } = checkDraw("loggamma", key, shape, { a });
  return arrayOf(sizes, fillLogGamma(words, params.a.values));
}

/** A gamma value for each parameter, under the key `words`. */
export function fillGamma(words: Uint32Array, a: Float32Array): Float32Array {
  return fillWith(words, a, (d, v, boost, key) => {
    const power = boost === 0 ? 1 : powOf(fround(1 - oneUniform(key)), boost);
    return fround(fround(d * v) * power);
  });
}

/** The logarithm of a gamma value for each parameter, under the key `words`. */
export function fillLogGamma(words: Uint32Array, a: Float32Array): Float32Array {
  return fillWith(words, a, (d, v, boost, key) => {
    const sample = boost === 0 ? 0 : -fillExponential(key, 1)[0]!;
    const power = sample === 0 ? 0 : fround(sample * boost);
    return fround(fround(unaryOf("log", d) + unaryOf("log", v)) + power);
  });
}

/**
 * Gamma draws, which `finish` makes of d, v and a correction. A parameter below 1 is drawn as a + 1; its correction is
 * 1 / a, that of others 0.
 */
function fillWith(
  words: Uint32Array,
  a: Float32Array,
  finish: (d: number, v: number, boost: number, key: Uint32Array) => number,
): Float32Array {
  const keys = splitWords(words, a.length);
  const out = floats(a.length);
  for (let i = 0; i < a.length; i++) {
    const alpha = a[i]!;
    const d = fround((alpha >= 1 ? alpha : fround(alpha + 1)) - THIRD);
    const [key, sub] = pair(keys.subarray(2 * i, 2 * i + 2));
    out[i] = finish(d, accepted(key, d), alpha >= 1 ? 0 : fround(1 / alpha), sub);
  }
  return out;
}

/** The first v = (1 + c x)^3 that the rejection accepts. */
function accepted(words: Uint32Array, d: number): number {
  const c = fround(THIRD * fround(1 / sqrt(d)));
  const one = fused();
  let key = words;
  let v = 1;
  let square = 0;
  let u = 2;
  while (u >= fma(-SQUEEZE, fround(square * square), 1, one) && unaryOf("log", u) >= bound(square, v, d, one)) {
    const [next, normalKey, uniformKey] = triple(key);
    key = next;
    const { x, root } = positiveRoot(normalKey, c, one);
    square = fround(x * x);
    v = fround(fround(root * root) * root);
    u = oneUniform(uniformKey);
  }
  return v;
}

function bound(square: number, v: number, d: number, one: boolean): number {
  const rest = fround(d * fround(fround(1 - v) + unaryOf("log", v)));
  return fma(square, 0.5, rest, one);
}

/** A normal x with 1 + c x above 0, and that sum. */
function positiveRoot(words: Uint32Array, c: number, one: boolean): { x: number; root: number } {
  let key = words;
  let x = 0;
  let root = -1;
  while (root <= 0) {
    const [next, sub] = pair(key);
    key = next;
    x = fillNormal(sub, new Float32Array(1))[0]!;
    root = fma(x, c, 1, one);
  }
  return { x, root };
}

function oneUniform(words: Uint32Array): number {
  return fillUniform(words, 0, 1, new Float32Array(1))[0]!;
}
