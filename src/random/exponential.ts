import type { DrawOptions, Keyed } from "./drawoptions.ts";
import type { Places } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { NDArray, ShapeLike } from "../array/index.ts";
import type { UniformMap } from "./draw.ts";
import { drawMapped, fillMapped, floats } from "./draw.ts";
import { negate, unary } from "./elementary.ts";
import type { KeyLike } from "./key.ts";

export const EXPONENTIAL: UniformMap = {
  minval: 0,
  maxval: 1,
  apply: (u) => void negate(unary("log1p", negate(u))),
};

/**
 * Exponential float32 values of rate 1: -log1p(-u).
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_exponential`)
 * @param shape of the result, default `[]`
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `dtype` is not `"float32"`; ShapeError, LimitError for a bad shape
 * @example
 * exponential(key(42), [2]).tolist() // => [0.6708175, 1.1388006]
 */
export function exponential(
  key: KeyLike | Keyed<DrawOptions>,
  ...places: Places<[shape: ShapeLike, dtype: "float32" | null], DrawOptions>
): NDArray;
export function exponential(): NDArray {
  return inOrder(exponentialOf, arguments, 3, "random.exponential key shape dtype:d");
}

function exponentialOf(key: KeyLike, shape: ShapeLike = [], dtype: "float32" = "float32"): NDArray {
  return drawMapped("exponential", key, shape, dtype, EXPONENTIAL);
}

/** `size` exponential values under the key `words`. */
export function fillExponential(words: Uint32Array, size: number): Float32Array {
  const out = floats(size);
  fillMapped(words, EXPONENTIAL, out);
  return out;
}
