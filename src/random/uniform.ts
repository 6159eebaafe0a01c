import type { ArrayLike, NDArray, Shape, ShapeLike } from "../array/index.ts";
import { sizeOf } from "../array/index.ts";
import type { Places } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import { drawFloat32, fillUniform, floats } from "./draw.ts";
import type { FloatDType } from "./half.ts";
import { drawsHalf, uniformHalf } from "./half.ts";
import type { Keyed } from "./drawoptions.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, checkFormula, multiplyAdd } from "./params.ts";

/** The range of `uniform`, and its dtype. */
export interface UniformOptions {
  /** The smallest value, default 0. */
  readonly minval?: ArrayLike;
  /** The end of the range, not drawn itself (rounding aside), default 1. */
  readonly maxval?: ArrayLike;
  /** Default `"float32"`. The 16-bit floats draw fewer bits: 8 (bfloat16) or 16. */
  readonly dtype?: FloatDType;
  readonly shape?: ShapeLike;
}

/**
 * Uniform values in [minval, maxval), float32 unless told otherwise.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_uniform`): a multiple f of 2^-23 in [0, 1), then
 * max(minval, fma(f, maxval - minval, minval)). bfloat16 and float16 take 7 and 10 bits for f, and round every step.
 * @param shape of the result, default `[]`; arrays of bounds broadcast to it
 * @throws KeyError if `key` is not a key
 * @throws TypeError if a bound is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * uniform(key(42), [2]).tolist() // => [0.48870957, 0.6797972]
 */
export function uniform(
  key: KeyLike | Keyed<UniformOptions>,
  ...places: Places<[shape: ShapeLike, dtype: FloatDType | null, minval: ArrayLike, maxval: ArrayLike], UniformOptions>
): NDArray;
export function uniform(): NDArray {
  return inOrder(uniformOf, arguments, 2, "random.uniform key shape | dtype:d minval maxval");
}

function uniformOf(
  key: KeyLike,
  shape: ShapeLike = [],
  { minval = 0, maxval = 1, dtype = "float32" }: UniformOptions = {},
): NDArray {
  if (drawsHalf(dtype, "uniform")) return uniformHalf("uniform", key, shape, { minval, maxval }, dtype);
  if (typeof minval === "number" && typeof maxval === "number") {
    const low = Math.fround(minval);
    const high = Math.fround(maxval);
    return drawFloat32("uniform", key, shape, dtype, (words, out) => fillUniform(words, low, high, out));
  }
  const draw = checkFormula("uniform", key, shape, { minval, maxval });
  return uniformBetween(draw.words, draw.shape, draw.params.minval, draw.params.maxval);
}

/** Uniform values of `shape` between bounds that broadcast to it. */
export function uniformBetween(words: Uint32Array, shape: Shape, low: NDArray, high: NDArray): NDArray {
  const draws = arrayOf(shape, fillUniform(words, 0, 1, floats(sizeOf(shape))));
  const values = multiplyAdd(draws, high.sub(low), low);
  return values.clip(low);
}
