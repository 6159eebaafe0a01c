import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { fma } from "../base/index.ts";
import { checkFloat32, drawFloat32, fillUniform, floats, fused } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, checkDraw } from "./params.ts";

/** The range of `uniform`, and its dtype. */
export interface UniformOptions {
  /** The least value, default 0. */
  readonly minval?: ArrayLike;
  /** The end of the range, not drawn itself (rounding aside), default 1. */
  readonly maxval?: ArrayLike;
  readonly dtype?: "float32";
}

/**
 * Uniform float32 values in [minval, maxval).
 *
 * @param shape of the result, default `[]`; arrays of bounds broadcast to it
 * @throws KeyError if `key` is no key
 * @throws TypeError if a bound is no array of numbers; ShapeError, LimitError for a bad shape
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_uniform`): a multiple f of 2^-23 in [0, 1), then
 * max(minval, fma(f, maxval - minval, minval)).
 * @example
 * uniform(key(42), [2]).tolist() // => [0.48870957, 0.6797972]
 */
export function uniform(key: KeyLike, shape: ShapeLike = [], { minval = 0, maxval = 1, dtype = "float32" }: UniformOptions = {}): NDArray {
  if (typeof minval === "number" && typeof maxval === "number") {
    const low = Math.fround(minval);
    const high = Math.fround(maxval);
    return drawFloat32("uniform", key, shape, dtype, (words, out) => fillUniform(words, low, high, out));
  }
  checkFloat32(dtype, "uniform");
  const draw = checkDraw("uniform", key, shape, { minval, maxval });
  return arrayOf(draw.shape, fillBetween(draw.words, draw.params.minval.values, draw.params.maxval.values));
}

/** Uniform values between bounds that have one value an element. */
export function fillBetween(words: Uint32Array, low: Float32Array, high: Float32Array): Float32Array {
  const out = fillUniform(words, 0, 1, floats(low.length));
  const one = fused();
  for (let i = 0; i < out.length; i++) {
    const value = fma(out[i]!, Math.fround(high[i]! - low[i]!), low[i]!, one);
    out[i] = low[i]! > value || low[i]! !== low[i]! ? low[i]! : value;
  }
  return out;
}
