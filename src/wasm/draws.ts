import { flush, highWord, lowWord } from "../base/index.ts";
import { copyIn, copyOut } from "./copy.ts";
import { CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";
import { chunkFrom } from "./threefry.ts";

const { fround, min } = Math;

/** How far apart the bounds of a uniform draw are. */
function spanOf(low: number, maxval: number): number {
  return flush(fround(flush(maxval) - low));
}

/** Uniform numbers in [minval, maxval) from the counters from `start` on. */
export function drawUniform(
  { exports, chunkPtr, chunkF32 }: Arena,
  k0: number,
  k1: number,
  start: number,
  minval: number,
  maxval: number,
  out: Float32Array,
  fused: boolean,
): void {
  const low = flush(minval);
  const span = spanOf(low, maxval);
  const size = out.length;
  for (let i = 0, n = 0; i < size; i += n) {
    n = chunkFrom(start + i, size - i);
    exports.uniformF32(k0, k1, highWord(start + i), lowWord(start + i), low, span, fused, chunkPtr, n);
    copyOut(chunkF32, n, out, i);
  }
}

/** Uniform numbers in [minval, maxval) from bits. */
export function uniformFromBits(
  { exports, chunkPtr, secondPtr, chunkF32, second32 }: Arena,
  bits: Uint32Array,
  minval: number,
  maxval: number,
  out: Float32Array,
  fused: boolean,
): void {
  const low = flush(minval);
  const span = spanOf(low, maxval);
  for (let i = 0; i < out.length; i += CHUNK) {
    const n = min(CHUNK, out.length - i);
    copyIn(bits, i, n, second32);
    exports.uniformFromBitsF32(secondPtr, low, span, fused, chunkPtr, n);
    copyOut(chunkF32, n, out, i);
  }
}

/** Normal numbers from the counters from `start` on. */
export function drawNormal(
  { exports, chunkPtr, chunkF32 }: Arena,
  k0: number,
  k1: number,
  start: number,
  out: Float32Array,
  fused: boolean,
): void {
  const size = out.length;
  for (let i = 0, n = 0; i < size; i += n) {
    n = chunkFrom(start + i, size - i);
    if (fused) {
      exports.normalF32(k0, k1, highWord(start + i), lowWord(start + i), chunkPtr, n);
    } else {
      exports.bits32(k0, k1, highWord(start + i), lowWord(start + i), chunkPtr, n);
      exports.splitNormalFromBitsF32(chunkPtr, chunkPtr, n);
    }
    copyOut(chunkF32, n, out, i);
  }
}

/** Normal numbers from bits. */
export function normalFromBits(
  { exports, chunkPtr, secondPtr, chunkF32, second32 }: Arena,
  bits: Uint32Array,
  out: Float32Array,
  fused: boolean,
): void {
  for (let i = 0; i < out.length; i += CHUNK) {
    const n = min(CHUNK, out.length - i);
    copyIn(bits, i, n, second32);
    if (fused) exports.normalFromBitsF32(secondPtr, chunkPtr, n);
    else exports.splitNormalFromBitsF32(secondPtr, chunkPtr, n);
    copyOut(chunkF32, n, out, i);
  }
}

/** Truncated normal numbers from the counters from `start` on. */
export function drawTruncatedNormal(
  { exports, chunkPtr, chunkF32 }: Arena,
  k0: number,
  k1: number,
  start: number,
  minval: number,
  maxval: number,
  clipMin: number,
  clipMax: number,
  out: Float32Array,
  fused: boolean,
): void {
  const low = flush(minval);
  const span = spanOf(low, maxval);
  const size = out.length;
  for (let i = 0, n = 0; i < size; i += n) {
    n = chunkFrom(start + i, size - i);
    exports.truncatedNormalF32(
      k0,
      k1,
      highWord(start + i),
      lowWord(start + i),
      low,
      span,
      clipMin,
      clipMax,
      fused,
      chunkPtr,
      n,
    );
    copyOut(chunkF32, n, out, i);
  }
}

/** Truncated normal numbers from bits. */
export function truncatedNormalFromBits(
  { exports, chunkPtr, secondPtr, chunkF32, second32 }: Arena,
  bits: Uint32Array,
  minval: number,
  maxval: number,
  clipMin: number,
  clipMax: number,
  out: Float32Array,
  fused: boolean,
): void {
  const low = flush(minval);
  const span = spanOf(low, maxval);
  for (let i = 0; i < out.length; i += CHUNK) {
    const n = min(CHUNK, out.length - i);
    copyIn(bits, i, n, second32);
    exports.truncatedNormalFromBitsF32(secondPtr, low, span, clipMin, clipMax, fused, chunkPtr, n);
    copyOut(chunkF32, n, out, i);
  }
}
