import type { DrawOptions, Keyed } from "./drawoptions.ts";
import type { Places } from "../base/index.ts";
import type { ArrayLike, DType, ShapeLike } from "../array/index.ts";
import { castData, emptyData, isDType, NDArray, toData, toShape } from "../array/index.ts";
import { describe, inOrder } from "../base/index.ts";
import { fillBits, fillUniform, floats } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { checkDraw } from "./params.ts";

export interface BernoulliOptions {
  /** `"high"` resolves probabilities near 0 and 1 with 46 random bits instead of 23. */
  readonly mode?: "low" | "high";
}

/**
 * true with probability `p`: uniform < p. Below 0 and for NaN it is never true, above 1 always.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_bernoulli`)
 * @param p a number or a float array, default 0.5
 * @param shape of the result; `p`'s, if left out
 * @returns bool
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `p` is not float32; RangeError for another mode; ShapeError, LimitError for a bad shape
 * @example
 * bernoulli(key(42), 0.5, [4]).tolist() // => [true, false, false, false]
 */
export function bernoulli(
  key: KeyLike | Keyed<BernoulliOptions & { readonly p?: ArrayLike; readonly shape?: ShapeLike }>,
  ...places: Places<
    [p: ArrayLike, shape: ShapeLike | null, mode: "low" | "high"],
    BernoulliOptions & { readonly p?: ArrayLike; readonly shape?: ShapeLike }
  >
): NDArray;
export function bernoulli(): NDArray {
  return inOrder(bernoulliOf, arguments, 3, "random.bernoulli key p shape:x | mode:x");
}

function bernoulliOf(
  key: KeyLike,
  p: ArrayLike = 0.5,
  shape?: ShapeLike,
  { mode = "low" }: BernoulliOptions = {},
): NDArray {
  if (mode !== "low" && mode !== "high")
    throw new RangeError(`random.bernoulli: "mode" expected "low" or "high", got ${describe(mode)}`);
  const given = toData(p, 'random.bernoulli: "p"');
  if (given.dtype !== "float32")
    throw new TypeError(`random.bernoulli: "p" expected a float32 array or a number, got ${given.dtype}`);
  const { words, shape: sizes, params } = checkDraw("bernoulli", key, shape, { p }, true);
  const result = emptyData(sizes, "bool");
  const out = result.storage.data;
  const chances = params.p.values;
  if (mode === "high") {
    const u = fillUniform(words, 0, 1, floats(2 * out.length));
    for (let i = 0; i < out.length; i++)
      out[i] = u[out.length + i]! * 2 ** -23 < Math.fround(chances[i]! - u[i]!) ? 1 : 0;
    return new NDArray(result);
  }
  // A uniform draw is the upper 23 bits of a word, times 2^-23. A branch on random bits would be mispredicted half the
  // time.
  const bits = fillBits(words, emptyData(sizes, "uint32").storage.data as Uint32Array);
  for (let i = 0; i < out.length; i++) out[i] = Number(bits[i]! >>> 9 < chances[i]! * 2 ** 23);
  return new NDArray(result);
}

/**
 * -1 or 1 with equal probability.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_rademacher`)
 * @param shape of the result, default `[]`
 * @param dtype `"int32"` by default; in an unsigned dtype -1 wraps
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `dtype` is none of ours, or bool; ShapeError, LimitError for a bad shape
 * @example
 * rademacher(key(42), [4]).tolist() // => [1, -1, -1, -1]
 */
export function rademacher(
  key: KeyLike | Keyed<DrawOptions<DType>>,
  ...places: Places<[shape: ShapeLike, dtype: DType | null], DrawOptions<DType>>
): NDArray;
export function rademacher(): NDArray {
  return inOrder(rademacherOf, arguments, 3, "random.rademacher key shape dtype:d");
}

function rademacherOf(key: KeyLike, shape: ShapeLike = [], dtype: DType = "int32"): NDArray {
  const words = keyWords(key, "random.rademacher");
  const sizes = toShape(shape, 'random.rademacher: "shape"');
  if (!isDType(dtype) || dtype === "bool")
    throw new TypeError(`random.rademacher: "dtype" expected a dtype of numbers, got ${describe(dtype)}`);
  const result = emptyData(sizes, "int32");
  const out = result.storage.data;
  const bits = fillBits(words, emptyData(sizes, "uint32").storage.data as Uint32Array);
  for (let i = 0; i < out.length; i++) out[i] = 1 - 2 * (bits[i]! >>> 31);
  return new NDArray(castData(result, dtype));
}
