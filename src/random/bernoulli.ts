import type { ArrayLike, DType, ShapeLike } from "../array/index.ts";
import { isDType, NDArray, sizeOf, toDense, toShape, zerosDense } from "../array/index.ts";
import { describe } from "../base/index.ts";
import { fillBits, fillUniform } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { resultShape, stretched } from "./params.ts";

export interface BernoulliOptions {
  /** `"high"` resolves probabilities near 0 and 1 with 46 random bits instead of 23. */
  readonly mode?: "low" | "high";
}

/**
 * true with probability `p`: uniform < p. Outside 0 .. 1 that is never or always, with NaN never.
 *
 * @param p a number or a float array, default 0.5
 * @param shape of the result; `p`'s, if left out
 * @returns bool
 * @throws KeyError if `key` is no key
 * @throws TypeError if `p` is not float32; RangeError for another mode; ShapeError, LimitError for a bad shape
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_bernoulli`)
 * @example
 * bernoulli(key(42), 0.5, [4]).tolist() // => [true, false, false, false]
 */
export function bernoulli(key: KeyLike, p: ArrayLike = 0.5, shape?: ShapeLike, { mode = "low" }: BernoulliOptions = {}): NDArray {
  if (mode !== "low" && mode !== "high") throw new RangeError(`random.bernoulli: "mode" expected "low" or "high", got ${describe(mode)}`);
  const given = toDense(p, 'random.bernoulli: "p"');
  if (given.dtype !== "float32") throw new TypeError(`random.bernoulli: "p" expected a float32 array or a number, got ${given.dtype}`);
  const words = keyWords(key, "random.bernoulli");
  const result = zerosDense(resultShape("bernoulli", shape, [given]), "bool");
  const out = result.storage.data;
  const one = sizeOf(given.shape) === 1;
  const chances = one ? given.storage.data : stretched(given, result.shape);
  if (mode === "high") {
    const u = fillUniform(words, 0, 1, new Float32Array(2 * out.length));
    for (let i = 0; i < out.length; i++) out[i] = u[out.length + i]! * 2 ** -23 < Math.fround(chances[one ? 0 : i]! - u[i]!) ? 1 : 0;
    return new NDArray(result);
  }
  // A uniform draw is its word's upper 23 bits times 2^-23: whole numbers compare without a branch, of which half would be mispredicted.
  const bits = fillBits(words, new Uint32Array(out.length));
  const common = limitOf(chances[0] ?? 0);
  for (let i = 0; i < out.length; i++) out[i] = ((bits[i]! >>> 9) - (one ? common : limitOf(chances[i]!))) >>> 31;
  return new NDArray(result);
}

/** How many of the 2^23 uniform draws are less than `p`. */
function limitOf(p: number): number {
  return Math.ceil(Math.min(Math.max(p, 0), 1) * 2 ** 23) | 0;
}

/**
 * -1 or 1, evenly.
 *
 * @param shape of the result, default `[]`
 * @param dtype `"int32"` by default; in an unsigned dtype -1 wraps
 * @throws KeyError if `key` is no key
 * @throws TypeError if `dtype` is none of ours, or bool; ShapeError, LimitError for a bad shape
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_rademacher`)
 * @example
 * rademacher(key(42), [4]).tolist() // => [1, -1, -1, -1]
 */
export function rademacher(key: KeyLike, shape: ShapeLike = [], dtype: DType = "int32"): NDArray {
  const words = keyWords(key, "random.rademacher");
  const sizes = toShape(shape, 'random.rademacher: "shape"');
  if (!isDType(dtype) || dtype === "bool") throw new TypeError(`random.rademacher: "dtype" expected float32, int32, uint32, uint16 or uint8, got ${describe(dtype)}`);
  const result = zerosDense(sizes, dtype);
  const out = result.storage.data;
  const bits = fillBits(words, new Uint32Array(out.length));
  for (let i = 0; i < out.length; i++) out[i] = 1 - 2 * (bits[i]! >>> 31);
  return new NDArray(result);
}
