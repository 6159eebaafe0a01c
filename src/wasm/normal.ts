import { highWord, lowWord } from "../base/index.ts";
import { chunkFrom } from "./bits.ts";
import { copyIn, copyOut } from "./copy.ts";
import { CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { min } = Math;

export function normal(
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
    exports.normalF32(k0, k1, highWord(start + i), lowWord(start + i), chunkPtr, n, fused);
    copyOut(chunkF32, n, out, i);
  }
}

export function normalFromBits(
  { exports, chunkPtr, secondPtr, chunkF32, second32 }: Arena,
  bits: Uint32Array,
  out: Float32Array,
  fused: boolean,
): void {
  for (let i = 0; i < out.length; i += CHUNK) {
    const n = min(CHUNK, out.length - i);
    copyIn(bits, i, n, second32);
    exports.normalFromBitsF32(secondPtr, chunkPtr, n, fused);
    copyOut(chunkF32, n, out, i);
  }
}
