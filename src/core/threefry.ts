import { highWord, lowWord } from "../base/index.ts";

/**
 * threefry2x32 with 20 rounds, the block function under all of jax.random, and the two ways JAX lays its words out.
 *
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011);
 * JAX 0.10.2 `jax/_src/random/threefry2x32.py` (`_threefry2x32_lowering`, `threefry_random_bits`).
 */

/** The key schedule's parity word, 466688986. */
const PARITY = 0x1bd11bda;

/** The two words y0, y1 of the last block hashed: a result without an allocation. */
const hashed = new Uint32Array(2);

function rotl(x: number, r: number): number {
  return (x << r) | (x >>> (32 - r));
}

/** Hashes the counter (c0, c1) under the key (k0, k1) into `hashed`. Five groups of four rounds, a key injection after each. */
function block(k0: number, k1: number, c0: number, c1: number): void {
  k0 |= 0;
  k1 |= 0;
  const k2 = k0 ^ k1 ^ PARITY;
  let a = (c0 + k0) | 0;
  let b = (c1 + k1) | 0;

  a = (a + b) | 0;
  b = rotl(b, 13) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 15) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 26) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 6) ^ a;
  a = (a + k1) | 0;
  b = (b + k2 + 1) | 0;

  a = (a + b) | 0;
  b = rotl(b, 17) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 29) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 16) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 24) ^ a;
  a = (a + k2) | 0;
  b = (b + k0 + 2) | 0;

  a = (a + b) | 0;
  b = rotl(b, 13) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 15) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 26) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 6) ^ a;
  a = (a + k0) | 0;
  b = (b + k1 + 3) | 0;

  a = (a + b) | 0;
  b = rotl(b, 17) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 29) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 16) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 24) ^ a;
  a = (a + k1) | 0;
  b = (b + k2 + 4) | 0;

  a = (a + b) | 0;
  b = rotl(b, 13) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 15) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 26) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 6) ^ a;
  a = (a + k2) | 0;
  b = (b + k0 + 5) | 0;

  hashed[0] = a;
  hashed[1] = b;
}

export function threefry2x32(k0: number, k1: number, x0: Uint32Array, x1: Uint32Array): void {
  for (let i = 0; i < x0.length; i++) {
    block(k0, k1, x0[i]!, x1[i]!);
    x0[i] = hashed[0]!;
    x1[i] = hashed[1]!;
  }
}

export function bits64(k0: number, k1: number, start: number, out: Uint32Array): void {
  let high = highWord(start);
  let low = lowWord(start) | 0;
  for (let i = 0; i < out.length; i += 2) {
    block(k0, k1, high, low);
    out[i] = hashed[0]!;
    out[i + 1] = hashed[1]!;
    low = (low + 1) | 0;
    if (low === 0) high++;
  }
}

/** A narrower `out` keeps the low bits of each word: 32, 16 and 8 bits are one function. */
export function bits(k0: number, k1: number, start: number, out: Uint32Array | Uint16Array | Uint8Array): void {
  let high = highWord(start);
  let low = lowWord(start) | 0;
  for (let i = 0; i < out.length; i++) {
    block(k0, k1, high, low);
    out[i] = hashed[0]! ^ hashed[1]!;
    low = (low + 1) | 0;
    if (low === 0) high++;
  }
}

export function bits32Original(k0: number, k1: number, out: Uint32Array): void {
  const n = out.length;
  const half = Math.ceil(n / 2);
  for (let i = 0; i < half; i++) {
    const second = half + i;
    block(k0, k1, i, second < n ? second : 0);
    out[i] = hashed[0]!;
    if (second < n) out[second] = hashed[1]!;
  }
}
