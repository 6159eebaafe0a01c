/**
 * threefry2x32 with 20 rounds, 16 counters at a time.
 *
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011);
 * JAX 0.10.2 `jax/_src/random/threefry2x32.py` (`_threefry2x32_lowering`, `threefry_random_bits`).
 */
import { GROUP } from "./layout";

/** The key schedule's parity word, 466688986. */
const PARITY: i32 = 0x1bd11bda;

/** One block's counters on their way to `bits64`: 16 first words, then 16 second words. */
const pair: usize = memory.data(2 * GROUP * 4, 16);

/** The second half of a round: `b` rotated left by `r`, then xor `a`. */
// @ts-ignore: decorator
@inline
function mix(b: v128, a: v128, r: i32): v128 {
  return v128.xor(v128.or(i32x4.shl(b, r), i32x4.shr_u(b, 32 - r)), a);
}

/**
 * Hashes 16 counters, the pairs of lanes of a0..a3 (first words) and b0..b3 (second words), under the key schedule
 * k0, k1, k2 with the sums k2 + 1, k0 + 2, k1 + 3, k2 + 4, k0 + 5. With `pairs` the first words go to `ptr0` and the
 * second words to `ptr1`; without it their xor goes to `ptr0`.
 *
 * Four vectors in flight hide the latency of the serial rounds: 1.6 times the speed of one, 1.06 times that of three,
 * and five no longer fit the registers. 2.8 ns a word (Node 20, x86-64, 2026-11).
 */
// @ts-ignore: decorator
@inline
function block(
  k0: v128, k1: v128, k2: v128, s1: v128, s2: v128, s3: v128, s4: v128, s5: v128,
  a0: v128, a1: v128, a2: v128, a3: v128,
  b0: v128, b1: v128, b2: v128, b3: v128,
  pairs: bool, ptr0: usize, ptr1: usize,
): void {
  a0 = i32x4.add(a0, k0); a1 = i32x4.add(a1, k0); a2 = i32x4.add(a2, k0); a3 = i32x4.add(a3, k0);
  b0 = i32x4.add(b0, k1); b1 = i32x4.add(b1, k1); b2 = i32x4.add(b2, k1); b3 = i32x4.add(b3, k1);

  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 13); b1 = mix(b1, a1, 13); b2 = mix(b2, a2, 13); b3 = mix(b3, a3, 13);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 15); b1 = mix(b1, a1, 15); b2 = mix(b2, a2, 15); b3 = mix(b3, a3, 15);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 26); b1 = mix(b1, a1, 26); b2 = mix(b2, a2, 26); b3 = mix(b3, a3, 26);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 6); b1 = mix(b1, a1, 6); b2 = mix(b2, a2, 6); b3 = mix(b3, a3, 6);
  a0 = i32x4.add(a0, k1); a1 = i32x4.add(a1, k1); a2 = i32x4.add(a2, k1); a3 = i32x4.add(a3, k1);
  b0 = i32x4.add(b0, s1); b1 = i32x4.add(b1, s1); b2 = i32x4.add(b2, s1); b3 = i32x4.add(b3, s1);

  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 17); b1 = mix(b1, a1, 17); b2 = mix(b2, a2, 17); b3 = mix(b3, a3, 17);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 29); b1 = mix(b1, a1, 29); b2 = mix(b2, a2, 29); b3 = mix(b3, a3, 29);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 16); b1 = mix(b1, a1, 16); b2 = mix(b2, a2, 16); b3 = mix(b3, a3, 16);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 24); b1 = mix(b1, a1, 24); b2 = mix(b2, a2, 24); b3 = mix(b3, a3, 24);
  a0 = i32x4.add(a0, k2); a1 = i32x4.add(a1, k2); a2 = i32x4.add(a2, k2); a3 = i32x4.add(a3, k2);
  b0 = i32x4.add(b0, s2); b1 = i32x4.add(b1, s2); b2 = i32x4.add(b2, s2); b3 = i32x4.add(b3, s2);

  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 13); b1 = mix(b1, a1, 13); b2 = mix(b2, a2, 13); b3 = mix(b3, a3, 13);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 15); b1 = mix(b1, a1, 15); b2 = mix(b2, a2, 15); b3 = mix(b3, a3, 15);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 26); b1 = mix(b1, a1, 26); b2 = mix(b2, a2, 26); b3 = mix(b3, a3, 26);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 6); b1 = mix(b1, a1, 6); b2 = mix(b2, a2, 6); b3 = mix(b3, a3, 6);
  a0 = i32x4.add(a0, k0); a1 = i32x4.add(a1, k0); a2 = i32x4.add(a2, k0); a3 = i32x4.add(a3, k0);
  b0 = i32x4.add(b0, s3); b1 = i32x4.add(b1, s3); b2 = i32x4.add(b2, s3); b3 = i32x4.add(b3, s3);

  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 17); b1 = mix(b1, a1, 17); b2 = mix(b2, a2, 17); b3 = mix(b3, a3, 17);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 29); b1 = mix(b1, a1, 29); b2 = mix(b2, a2, 29); b3 = mix(b3, a3, 29);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 16); b1 = mix(b1, a1, 16); b2 = mix(b2, a2, 16); b3 = mix(b3, a3, 16);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 24); b1 = mix(b1, a1, 24); b2 = mix(b2, a2, 24); b3 = mix(b3, a3, 24);
  a0 = i32x4.add(a0, k1); a1 = i32x4.add(a1, k1); a2 = i32x4.add(a2, k1); a3 = i32x4.add(a3, k1);
  b0 = i32x4.add(b0, s4); b1 = i32x4.add(b1, s4); b2 = i32x4.add(b2, s4); b3 = i32x4.add(b3, s4);

  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 13); b1 = mix(b1, a1, 13); b2 = mix(b2, a2, 13); b3 = mix(b3, a3, 13);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 15); b1 = mix(b1, a1, 15); b2 = mix(b2, a2, 15); b3 = mix(b3, a3, 15);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 26); b1 = mix(b1, a1, 26); b2 = mix(b2, a2, 26); b3 = mix(b3, a3, 26);
  a0 = i32x4.add(a0, b0); a1 = i32x4.add(a1, b1); a2 = i32x4.add(a2, b2); a3 = i32x4.add(a3, b3);
  b0 = mix(b0, a0, 6); b1 = mix(b1, a1, 6); b2 = mix(b2, a2, 6); b3 = mix(b3, a3, 6);
  a0 = i32x4.add(a0, k2); a1 = i32x4.add(a1, k2); a2 = i32x4.add(a2, k2); a3 = i32x4.add(a3, k2);
  b0 = i32x4.add(b0, s5); b1 = i32x4.add(b1, s5); b2 = i32x4.add(b2, s5); b3 = i32x4.add(b3, s5);

  if (pairs) {
    v128.store(ptr0, a0, 0); v128.store(ptr0, a1, 16); v128.store(ptr0, a2, 32); v128.store(ptr0, a3, 48);
    v128.store(ptr1, b0, 0); v128.store(ptr1, b1, 16); v128.store(ptr1, b2, 32); v128.store(ptr1, b3, 48);
  } else {
    v128.store(ptr0, v128.xor(a0, b0), 0);
    v128.store(ptr0, v128.xor(a1, b1), 16);
    v128.store(ptr0, v128.xor(a2, b2), 32);
    v128.store(ptr0, v128.xor(a3, b3), 48);
  }
}

/**
 * threefry2x32 of the counter pairs (x0[i], x1[i]) under the key (k0, k1), in place.
 * `x0Ptr` [n] uint32, `x1Ptr` [n] uint32, both with room up to a multiple of 16.
 */
export function threefry2x32(k0: i32, k1: i32, x0Ptr: usize, x1Ptr: usize, n: u32): void {
  const key0 = i32x4.splat(k0);
  const key1 = i32x4.splat(k1);
  const key2 = i32x4.splat(k0 ^ k1 ^ PARITY);
  const sum1 = i32x4.add(key2, i32x4.splat(1));
  const sum2 = i32x4.add(key0, i32x4.splat(2));
  const sum3 = i32x4.add(key1, i32x4.splat(3));
  const sum4 = i32x4.add(key2, i32x4.splat(4));
  const sum5 = i32x4.add(key0, i32x4.splat(5));
  for (let i: u32 = 0; i < n; i += GROUP) {
    block(
      key0, key1, key2, sum1, sum2, sum3, sum4, sum5,
      v128.load(x0Ptr, 0), v128.load(x0Ptr, 16), v128.load(x0Ptr, 32), v128.load(x0Ptr, 48),
      v128.load(x1Ptr, 0), v128.load(x1Ptr, 16), v128.load(x1Ptr, 32), v128.load(x1Ptr, 48),
      true, x0Ptr, x1Ptr,
    );
    x0Ptr += 4 * GROUP;
    x1Ptr += 4 * GROUP;
  }
}

/**
 * 32 random bits an element, y0 ^ y1 of the counters (high, low + i); low + n must not pass 2^32.
 * `outPtr` [n] uint32 with room up to a multiple of 16.
 */
export function bits32(k0: i32, k1: i32, high: i32, low: i32, outPtr: usize, n: u32): void {
  const key0 = i32x4.splat(k0);
  const key1 = i32x4.splat(k1);
  const key2 = i32x4.splat(k0 ^ k1 ^ PARITY);
  const sum1 = i32x4.add(key2, i32x4.splat(1));
  const sum2 = i32x4.add(key0, i32x4.splat(2));
  const sum3 = i32x4.add(key1, i32x4.splat(3));
  const sum4 = i32x4.add(key2, i32x4.splat(4));
  const sum5 = i32x4.add(key0, i32x4.splat(5));
  const lanes = i32x4(0, 1, 2, 3);
  const high4 = i32x4.splat(high);
  for (let i: u32 = 0; i < n; i += GROUP) {
    const b = i32x4.add(i32x4.splat(low + i), lanes);
    block(
      key0, key1, key2, sum1, sum2, sum3, sum4, sum5,
      high4, high4, high4, high4,
      b, i32x4.add(b, i32x4.splat(4)), i32x4.add(b, i32x4.splat(8)), i32x4.add(b, i32x4.splat(12)),
      false, outPtr, outPtr,
    );
    outPtr += 4 * GROUP;
  }
}

/** The low 16 bits of `bits32`: `outPtr` [n] uint16 with the room that n words of `bits32` need. */
export function bits16(k0: i32, k1: i32, high: i32, low: i32, outPtr: usize, n: u32): void {
  bits32(k0, k1, high, low, outPtr, n);
  for (let i: usize = 0; i < n; i += 8) {
    const words = outPtr + 4 * i;
    const first = v128.load(words);
    const second = v128.load(words, 16);
    v128.store(outPtr + 2 * i, i8x16.shuffle(first, second, 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29));
  }
}

/** The low 8 bits of `bits32`: `outPtr` [n] uint8 with the room that n words of `bits32` need. */
export function bits8(k0: i32, k1: i32, high: i32, low: i32, outPtr: usize, n: u32): void {
  bits32(k0, k1, high, low, outPtr, n);
  const byte = i32x4.splat(0xff);
  for (let i: usize = 0; i < n; i += 16) {
    const words = outPtr + 4 * i;
    const first = i16x8.narrow_i32x4_u(v128.and(v128.load(words), byte), v128.and(v128.load(words, 16), byte));
    const second = i16x8.narrow_i32x4_u(v128.and(v128.load(words, 32), byte), v128.and(v128.load(words, 48), byte));
    v128.store(outPtr + i, i8x16.narrow_i16x8_u(first, second));
  }
}

/** Writes `first`, `first` + 1, ... to `ptr` [n] uint32, room up to a multiple of 4. */
function count(first: i32, ptr: usize, n: u32): void {
  const lanes = i32x4(0, 1, 2, 3);
  for (let i: u32 = 0; i < n; i += 4) {
    v128.store(ptr, i32x4.add(i32x4.splat(first + i), lanes));
    ptr += 16;
  }
}

/**
 * 64 random bits an element: y0, y1 of the counters (high, low + i); low + n must not pass 2^32.
 * `outPtr` [2n] uint32 with room for a multiple of 16 elements.
 */
export function bits64(k0: i32, k1: i32, high: i32, low: i32, outPtr: usize, n: u32): void {
  const high4 = i32x4.splat(high);
  for (let i: u32 = 0; i < n; i += GROUP) {
    for (let j: usize = 0; j < 4 * GROUP; j += 16) v128.store(pair + j, high4);
    count(low + i, pair + 4 * GROUP, GROUP);
    threefry2x32(k0, k1, pair, pair + 4 * GROUP, GROUP);
    for (let j: usize = 0; j < 4 * GROUP; j += 16) {
      const y0 = v128.load(pair + j);
      const y1 = v128.load(pair + j, 4 * GROUP);
      v128.store(outPtr, i32x4.shuffle(y0, y1, 0, 4, 1, 5), 0);
      v128.store(outPtr, i32x4.shuffle(y0, y1, 2, 6, 3, 7), 16);
      outPtr += 32;
    }
  }
}

/**
 * A run of the original layout: y0, y1 of the counters (first + i, second + i).
 * `y0Ptr` [n] uint32, `y1Ptr` [n] uint32, both with room up to a multiple of 16.
 */
export function pairsOriginal(k0: i32, k1: i32, first: i32, second: i32, y0Ptr: usize, y1Ptr: usize, n: u32): void {
  count(first, y0Ptr, n);
  count(second, y1Ptr, n);
  threefry2x32(k0, k1, y0Ptr, y1Ptr, n);
}
