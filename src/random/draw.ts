import type { ShapeLike } from "../array/index.ts";
import { emptyData, NDArray, toShape, zerosData } from "../array/index.ts";
import { kernels } from "../backend/index.ts";
import { config, describe } from "../base/index.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";

/** Whether multiply-adds are fused, as `config.profile` says. */
export function fused(): boolean {
  return config.profile === "fma";
}

/** A float32 array to fill. */
export function floats(size: number): Float32Array {
  return zerosData([size], "float32").storage.data as Float32Array;
}

/** 32 random bits an element under the key `words`, in the layout of `config.threefryPartitionable`. */
export function fillBits(words: Uint32Array, out: Uint32Array): Uint32Array {
  if (config.threefryPartitionable) kernels().bits32(words[0]!, words[1]!, 0, out);
  else kernels().bits32Original(words[0]!, words[1]!, out);
  return out;
}

/** The words of `fillBits` at the indices `places`, of `size` in all. */
export function bitsAt(words: Uint32Array, places: Int32Array, size: number): Uint32Array {
  if (!config.threefryPartitionable)
    return Uint32Array.from(
      places,
      (
        (all) => (place) =>
          all[place]!
      )(fillBits(words, new Uint32Array(size))),
    );
  const high = new Uint32Array(places.length);
  const low = new Uint32Array(places);
  kernels().threefry2x32(words[0]!, words[1]!, high, low);
  return low.map((word, i) => word ^ high[i]!);
}

/** Uniform float32 values under the key `words`, in either layout. */
export function fillUniform(words: Uint32Array, minval: number, maxval: number, out: Float32Array): Float32Array {
  if (config.threefryPartitionable) kernels().uniformF32(words[0]!, words[1]!, 0, minval, maxval, out, fused());
  else kernels().uniformFromBitsF32(fillBits(words, new Uint32Array(out.length)), minval, maxval, out, fused());
  return out;
}

/** Standard normal float32 values under the key `words`, in either layout. */
export function fillNormal(words: Uint32Array, out: Float32Array): Float32Array {
  if (config.threefryPartitionable) kernels().normalF32(words[0]!, words[1]!, 0, out, fused());
  else kernels().normalFromBitsF32(fillBits(words, new Uint32Array(out.length)), out, fused());
  return out;
}

/** The range of the uniform draw of `fillTruncatedNormal`, and the bounds that its results are clipped to. */
export interface TruncatedBounds {
  readonly minval: number;
  readonly maxval: number;
  readonly clipMin: number;
  readonly clipMax: number;
}

/** Normal float32 values kept between bounds, under the key `words`, in either layout. */
export function fillTruncatedNormal(
  words: Uint32Array,
  { minval, maxval, clipMin, clipMax }: TruncatedBounds,
  out: Float32Array,
): Float32Array {
  if (config.threefryPartitionable)
    kernels().truncatedNormalF32(words[0]!, words[1]!, 0, minval, maxval, clipMin, clipMax, out, fused());
  else
    kernels().truncatedNormalFromBitsF32(
      fillBits(words, new Uint32Array(out.length)),
      minval,
      maxval,
      clipMin,
      clipMax,
      out,
      fused(),
    );
  return out;
}

/** The words of the `num` keys that `split` gives, one after another. */
export function splitWords(words: Uint32Array, num: number): Uint32Array {
  const out = new Uint32Array(2 * num);
  if (config.threefryPartitionable) kernels().bits64(words[0]!, words[1]!, 0, out);
  else kernels().bits32Original(words[0]!, words[1]!, out);
  return out;
}

/** The words of the keys that `split(key)` gives. */
export function pair(words: Uint32Array): [Uint32Array, Uint32Array] {
  const both = splitWords(words, 2);
  return [both.subarray(0, 2), both.subarray(2, 4)];
}

/** The words of the keys that `split(key, 3)` gives. */
export function triple(words: Uint32Array): [Uint32Array, Uint32Array, Uint32Array] {
  const all = splitWords(words, 3);
  return [all.subarray(0, 2), all.subarray(2, 4), all.subarray(4, 6)];
}

/** @throws TypeError if `dtype` is not the one the samplers of real numbers draw */
export function checkFloat32(dtype: unknown, fn: string): void {
  if (dtype !== "float32") throw new TypeError(`random.${fn}: "dtype" expected "float32", got ${describe(dtype)}`);
}

/** A float32 array of `shape` that `fill` draws under the key's words. */
export function drawFloat32(
  fn: string,
  key: KeyLike,
  shape: ShapeLike,
  dtype: unknown,
  fill: (words: Uint32Array, out: Float32Array) => void,
): NDArray {
  const words = keyWords(key, `random.${fn}`);
  const sizes = toShape(shape, `random.${fn}: "shape"`);
  checkFloat32(dtype, fn);
  const result = emptyData(sizes, "float32");
  fill(words, result.storage.data as Float32Array);
  return new NDArray(result);
}

/** A sampler that maps one uniform draw in [minval, maxval) to one value, in place. */
export interface UniformMap {
  readonly minval: number;
  readonly maxval: number;
  apply(u: Float32Array): void;
}

/** Elements that are drawn and mapped at a time, few enough for the processor's cache. */
const CHUNK = 2 ** 13;

/** Uniform draws under the key `words`, mapped. */
export function fillMapped(words: Uint32Array, { minval, maxval, apply }: UniformMap, out: Float32Array): void {
  if (!config.threefryPartitionable) {
    apply(fillUniform(words, minval, maxval, out));
    return;
  }
  for (let start = 0; start < out.length; start += CHUNK) {
    const part = out.subarray(start, start + CHUNK);
    kernels().uniformF32(words[0]!, words[1]!, start, minval, maxval, part, fused());
    apply(part);
  }
}

/** A float32 array of `shape`, every element mapped from its uniform draw. */
export function drawMapped(fn: string, key: KeyLike, shape: ShapeLike, dtype: unknown, map: UniformMap): NDArray {
  return drawFloat32(fn, key, shape, dtype, (words, out) => fillMapped(words, map, out));
}
