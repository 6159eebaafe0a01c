/**
 * Draws in 16-bit floats: every step is rounded to the dtype, as XLA rounds it. (On processors with float16 arithmetic,
 * AVX512-FP16, XLA fuses products and sums of float16: JAX's own draws differ there.)
 */
import type { ArrayLike, ShapeLike } from "../array/index.ts";
import { fromHalf, NDArray, sizeOf, toHalf, zerosData } from "../array/index.ts";
import type { HalfDType } from "../base/index.ts";
import { describe } from "../base/index.ts";
import { fillNarrow } from "./bits.ts";
import type { KeyLike } from "./key.ts";
import { checkDraw } from "./params.ts";

/** What `uniform`, `normal` and `truncatedNormal` draw in. */
export type FloatDType = "float32" | HalfDType;

/**
 * Whether a sampler draws in 16 bits.
 *
 * @throws TypeError if it draws in neither those nor float32
 */
export function drawsHalf(dtype: unknown, fn: string): dtype is HalfDType {
  if (dtype === "bfloat16" || dtype === "float16") return true;
  if (dtype === "float32") return false;
  throw new TypeError(`random.${fn}: "dtype" expected "float32", "bfloat16" or "float16", got ${describe(dtype)}`);
}

/** Uniform values: a number of [1, 2) by its bits, less 1, scaled to the range. The bounds broadcast to `shape`. */
export function uniformHalf(
  fn: string,
  key: KeyLike,
  shape: ShapeLike | undefined,
  bounds: { readonly minval: ArrayLike; readonly maxval: ArrayLike },
  dtype: HalfDType,
): NDArray {
  const { words, shape: sizes, params } = checkDraw(fn, key, shape, bounds);
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

/**
 * The number of the dtype next to `x`, towards Infinity or -Infinity. (Every program of a layer has this; arrays'
 * `nextafter` would add 0.4 KiB to it.)
 */
export function nextHalf(dtype: HalfDType, x: number, towards: number): number {
  if (x !== x || x === towards) return x;
  // From 0 on float16 has a number that float32 keeps; that of bfloat16 is flushed.
  if (x === 0) return dtype === "float16" ? Math.sign(towards) * 2 ** -24 : 0;
  return fromHalf(dtype, toHalf(dtype, x) + (x > 0 === towards > 0 ? 1 : -1));
}
