import { highWord, lowWord } from "../base/index.ts";
import { chunkFrom } from "./bits.ts";
import { copyIn, copyOut } from "./copy.ts";
import { CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { min } = Math;

export function truncatedNormal(
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
  const size = out.length;
  for (let i = 0, n = 0; i < size; i += n) {
    n = chunkFrom(start + i, size - i);
    exports.truncatedNormalF32(
      k0,
      k1,
      highWord(start + i),
      lowWord(start + i),
      minval,
      maxval,
      clipMin,
      clipMax,
      chunkPtr,
      n,
      fused,
    );
    copyOut(chunkF32, n, out, i);
  }
}

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
  for (let i = 0; i < out.length; i += CHUNK) {
    const n = min(CHUNK, out.length - i);
    copyIn(bits, i, n, second32);
    exports.truncatedNormalFromBitsF32(secondPtr, minval, maxval, clipMin, clipMax, chunkPtr, n, fused);
    copyOut(chunkF32, n, out, i);
  }
}
