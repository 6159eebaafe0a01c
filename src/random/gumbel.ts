import type { DrawOptions, Keyed } from "./drawoptions.ts";
import type { Places } from "../base/index.ts";
import type { NDArray, ShapeLike } from "../array/index.ts";
import { kernels } from "../backend/index.ts";
import { describe, inOrder } from "../base/index.ts";
import type { UniformMap } from "./draw.ts";
import { bitsAt, drawFloat32, fillBits, fillMapped, fillUniform, floats, fused } from "./draw.ts";
import { negate, unary } from "./elementary.ts";
import type { KeyLike } from "./key.ts";

/** The resolution of `gumbel` in its tails: 23 random bits an element, 46, or 64. */
export type GumbelMode = "low" | "high" | "highest";

const TINY = 2 ** -126;

export const GUMBEL: UniformMap = {
  minval: TINY,
  maxval: 1,
  apply: (u) => void negate(unary("log", negate(unary("log", u)))),
};

/** What `gumbel` takes besides the key. */
export interface GumbelOptions extends DrawOptions {
  /** How finely the tails are resolved. Default `"low"`. */
  readonly mode?: GumbelMode | null;
}

/**
 * Gumbel float32 values: -log(-log(u)).
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_gumbel`)
 * @param shape of the result, default `[]`
 * @param mode how finely the tails are resolved, `"low"` by default
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `dtype` is not `"float32"`; RangeError for another mode; ShapeError, LimitError for a bad shape
 * @example
 * gumbel(key(42), [2]).tolist() // => [0.3340934, 0.95201945]
 */
export function gumbel(
  key: KeyLike | Keyed<GumbelOptions>,
  ...places: Places<[shape: ShapeLike, dtype: "float32" | null, mode: GumbelMode | null], GumbelOptions>
): NDArray;
export function gumbel(): NDArray {
  return inOrder(gumbelOf, arguments, 4, "random.gumbel key shape dtype:d mode:x");
}

function gumbelOf(
  key: KeyLike,
  shape: ShapeLike = [],
  dtype: "float32" = "float32",
  mode: GumbelMode = "low",
): NDArray {
  checkMode(mode, "gumbel");
  return drawFloat32("gumbel", key, shape, dtype, (words, out) => fillGumbel(words, mode, out));
}

/** @throws RangeError if `mode` is none of gumbel's */
export function checkMode(mode: unknown, fn: string): void {
  if (mode !== "low" && mode !== "high" && mode !== "highest")
    throw new RangeError(`random.${fn}: "mode" expected "low", "high" or "highest", got ${describe(mode)}`);
}

/** Gumbel values under the key `words`. */
export function fillGumbel(words: Uint32Array, mode: GumbelMode, out: Float32Array): Float32Array {
  if (mode === "low") fillMapped(words, GUMBEL, out);
  else if (mode === "high") fillHigh(words, out);
  else fillHighest(words, out);
  return out;
}

/** The Gumbel values, mode `"low"`, at the indices `places`, of `size` in all. */
export function gumbelAt(words: Uint32Array, places: Int32Array, size: number): Float32Array {
  const out = new Float32Array(places.length);
  kernels().uniformFromBitsF32(bitsAt(words, places, size), GUMBEL.minval, GUMBEL.maxval, out, fused());
  GUMBEL.apply(out);
  return out;
}

/** Two uniform draws an element, the second 2^-23 below the first. */
function fillHigh(words: Uint32Array, out: Float32Array): void {
  const n = out.length;
  const u = fillUniform(words, 0, 1, floats(2 * n));
  for (let i = 0; i < n; i++) {
    const high = u[i]!;
    const x = high >= 0.5 ? high : Math.fround(Math.fround(high + 2 ** -23 * u[n + i]!) + TINY);
    out[i] = -x;
  }
  negate(unary("log", negate(unary("log1p", out))));
}

/** 64 random bits an element, as a fraction below 1/2 counted from whichever end is nearer. */
function fillHighest(words: Uint32Array, out: Float32Array): void {
  const n = out.length;
  const bits = fillBits(words, new Uint32Array(2 * n));
  const fromEnd = out.slice();
  for (let i = 0; i < n; i++) {
    const high = bits[i]!;
    const low = bits[n + i]!;
    if (high < 2 ** 31) out[i] = -fraction64(high, low);
    else fromEnd[i] = fraction64((~high + (low === 0 ? 1 : 0)) >>> 0, -low >>> 0);
  }
  unary("log1p", out);
  unary("log", fromEnd);
  for (let i = 0; i < n; i++) out[i] = bits[i]! < 2 ** 31 ? -out[i]! : -fromEnd[i]!;
  negate(unary("log", out));
}

const word = new Uint32Array(1);
const real = new Float32Array(word.buffer);

/** (high * 2^32 + low) * 2^-64, cut to 24 significant bits; 2^-65 for 0. */
function fraction64(high: number, low: number): number {
  const zeros = high === 0 ? 32 + Math.clz32(low) : Math.clz32(high);
  word[0] = ((126 - zeros) << 23) | ((leading(high, low, zeros) >>> 8) & 0x7fffff);
  return real[0]!;
}

/** The 32 bits that follow the first `zeros` of a 64-bit word. */
function leading(high: number, low: number, zeros: number): number {
  if (zeros >= 32) return zeros === 64 ? 0 : low << (zeros - 32);
  return zeros === 0 ? high : (high << zeros) | (low >>> (32 - zeros));
}
