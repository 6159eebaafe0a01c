import type { ArrayLike, Shape, ShapeLike } from "../array/index.ts";
import { fromHalf, NDArray, sizeOf, toHalf, zerosData } from "../array/index.ts";
import type { Places } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import { fillNarrow } from "./bits.ts";
import { checkFloat32, drawFloat32, fillUniform, floats } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, checkDraw, checkFormula, multiplyAdd } from "./params.ts";

/** The range of `uniform`, and its dtype. */
export interface UniformOptions {
  /** The smallest value, default 0. */
  readonly minval?: ArrayLike;
  /** The end of the range, not drawn itself (rounding aside), default 1. */
  readonly maxval?: ArrayLike;
  /** Default `"float32"`. The 16-bit floats draw fewer bits: 8 (bfloat16) or 16. */
  readonly dtype?: UniformDType;
  readonly shape?: ShapeLike;
}

/** What `uniform` draws in. */
export type UniformDType = "float32" | "bfloat16" | "float16";

/**
 * Uniform values in [minval, maxval), float32 unless told otherwise.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_uniform`): a multiple f of 2^-23 in [0, 1), then
 * max(minval, fma(f, maxval - minval, minval)). bfloat16 and float16 take 7 and 10 bits for f, and round every step.
 * @param shape of the result, default `[]`; arrays of bounds broadcast to it
 * @throws KeyError if `key` is no key
 * @throws TypeError if a bound is no array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * uniform(key(42), [2]).tolist() // => [0.48870957, 0.6797972]
 */
export function uniform(
  key: KeyLike,
  ...places: Places<[shape: ShapeLike, dtype: UniformDType, minval: ArrayLike, maxval: ArrayLike], UniformOptions>
): NDArray;
export function uniform(): NDArray {
  return inOrder(uniformOf, arguments, 2, "random.uniform key shape | dtype:d minval maxval");
}

function uniformOf(
  key: KeyLike,
  shape: ShapeLike = [],
  { minval = 0, maxval = 1, dtype = "float32" }: UniformOptions = {},
): NDArray {
  if (dtype === "bfloat16" || dtype === "float16") return uniformHalf(key, shape, minval, maxval, dtype);
  if (typeof minval === "number" && typeof maxval === "number") {
    const low = Math.fround(minval);
    const high = Math.fround(maxval);
    return drawFloat32("uniform", key, shape, dtype, (words, out) => fillUniform(words, low, high, out));
  }
  checkFloat32(dtype, "uniform");
  const draw = checkFormula("uniform", key, shape, { minval, maxval });
  return uniformBetween(draw.words, draw.shape, draw.params.minval, draw.params.maxval);
}

/** Uniform values of `shape` between bounds that broadcast to it. */
export function uniformBetween(words: Uint32Array, shape: Shape, low: NDArray, high: NDArray): NDArray {
  const draws = arrayOf(shape, fillUniform(words, 0, 1, floats(sizeOf(shape))));
  const values = multiplyAdd(draws, high.sub(low), low);
  return values.clip(low);
}

/** The draws of a 16-bit float: a number of [1, 2) by its bits, less 1, scaled to the range. */
function uniformHalf(
  key: KeyLike,
  shape: ShapeLike,
  minval: ArrayLike,
  maxval: ArrayLike,
  dtype: "bfloat16" | "float16",
): NDArray {
  const { words, shape: sizes, params } = checkDraw("uniform", key, shape, { minval, maxval });
  const bfloat = dtype === "bfloat16";
  const drawn = fillNarrow(words, bfloat ? new Uint8Array(sizeOf(sizes)) : new Uint16Array(sizeOf(sizes)));
  const round = (x: number): number => fromHalf(dtype, toHalf(dtype, x));
  const out = zerosData(sizes, dtype);
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) {
    const unit = fromHalf(dtype, bfloat ? (drawn[i]! >>> 1) | 0x3f80 : (drawn[i]! >>> 6) | 0x3c00) - 1;
    const low = round(params.minval.values[i]!);
    const span = round(round(params.maxval.values[i]!) - low);
    const value = round(round(unit * span) + low);
    to[i] = toHalf(dtype, low > value || low !== low ? low : value);
  }
  return new NDArray(out);
}
