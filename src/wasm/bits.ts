import { highWord, lowWord } from "../base/index.ts";
import { copyOut } from "./copy.ts";
import { CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

// The exports are called one by one: a loop shared over their names costs 10 ns a call (Node 20, 2026-11).

const { ceil, min } = Math;

/**
 * How many of the next `left` elements one call may draw: a chunk at most, and none past a carry into the high word of
 * the counter.
 */
export function chunkFrom(start: number, left: number): number {
  return min(CHUNK, left, 0x1_0000_0000 - lowWord(start));
}

export function bits64(
  { exports, chunkPtr, pairs32 }: Arena,
  k0: number,
  k1: number,
  start: number,
  out: Uint32Array,
): void {
  const size = out.length / 2;
  for (let i = 0, n = 0; i < size; i += n) {
    n = chunkFrom(start + i, size - i);
    exports.bits64(k0, k1, highWord(start + i), lowWord(start + i), chunkPtr, n);
    copyOut(pairs32, 2 * n, out, 2 * i);
  }
}

export function bits32(
  { exports, chunkPtr, chunk32 }: Arena,
  k0: number,
  k1: number,
  start: number,
  out: Uint32Array,
): void {
  const size = out.length;
  for (let i = 0, n = 0; i < size; i += n) {
    n = chunkFrom(start + i, size - i);
    exports.bits32(k0, k1, highWord(start + i), lowWord(start + i), chunkPtr, n);
    copyOut(chunk32, n, out, i);
  }
}

export function bits16(
  { exports, chunkPtr, chunk16 }: Arena,
  k0: number,
  k1: number,
  start: number,
  out: Uint16Array,
): void {
  const size = out.length;
  for (let i = 0, n = 0; i < size; i += n) {
    n = chunkFrom(start + i, size - i);
    exports.bits16(k0, k1, highWord(start + i), lowWord(start + i), chunkPtr, n);
    copyOut(chunk16, n, out, i);
  }
}

export function bits8(
  { exports, chunkPtr, chunk8 }: Arena,
  k0: number,
  k1: number,
  start: number,
  out: Uint8Array,
): void {
  const size = out.length;
  for (let i = 0, n = 0; i < size; i += n) {
    n = chunkFrom(start + i, size - i);
    exports.bits8(k0, k1, highWord(start + i), lowWord(start + i), chunkPtr, n);
    copyOut(chunk8, n, out, i);
  }
}

/** The counters i and half + i are hashed as a pair. */
export function bits32Original(arena: Arena, k0: number, k1: number, out: Uint32Array): void {
  const { exports, chunkPtr, secondPtr, chunk32, second32 } = arena;
  const half = ceil(out.length / 2);
  // Pairs of two real counters; an odd length leaves one whose second counter is the padding, 0.
  const whole = out.length - half;
  for (let i = 0; i < whole; i += CHUNK) {
    const n = min(CHUNK, whole - i);
    exports.bits32Original(k0, k1, i, half + i, chunkPtr, secondPtr, n);
    copyOut(chunk32, n, out, i);
    copyOut(second32, n, out, half + i);
  }
  if (whole < half) {
    exports.bits32Original(k0, k1, whole, 0, chunkPtr, secondPtr, 1);
    out[whole] = chunk32[0]!;
  }
}
