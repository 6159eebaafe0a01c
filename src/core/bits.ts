/**
 * Random bits: the words of threefry2x32 in the two layouts of JAX.
 *
 * Source: JAX 0.10.2 `jax/_src/random/threefry2x32.py` (`threefry_random_bits`).
 */
import { highWord, lowWord } from "../base/index.ts";
import { block, hashed } from "./threefry2x32.ts";

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

/** bits32, bits16 and bits8: a narrower `out` keeps the low bits of each word. */
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
