/**
 * threefry2x32 with 20 rounds, 16 counters at a time.
 *
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011);
 * JAX 0.10.2 `jax/_src/random/threefry2x32.py` (`_threefry2x32_lowering`, `threefry_random_bits`).
 */
import { GROUP } from "./layout";

/** The key schedule's parity splatBits, 466688986. */
const PARITY: i32 = 0x1bd11bda;

/**
 * The key injections: after each four rounds a pair of words is added, to the first words and to the second. In lanes.
 */
export const keys: usize = memory.data(5 * 32, 16);

/** Fills `keys` for the key (k0, k1). */
export function schedule(k0: i32, k1: i32): void {
  const k2 = k0 ^ k1 ^ PARITY;
  v128.store(keys, i32x4.splat(k1), 0);
  v128.store(keys, i32x4.splat(k2 + 1), 16);
  v128.store(keys, i32x4.splat(k2), 32);
  v128.store(keys, i32x4.splat(k0 + 2), 48);
  v128.store(keys, i32x4.splat(k0), 64);
  v128.store(keys, i32x4.splat(k1 + 3), 80);
  v128.store(keys, i32x4.splat(k1), 96);
  v128.store(keys, i32x4.splat(k2 + 4), 112);
  v128.store(keys, i32x4.splat(k2), 128);
  v128.store(keys, i32x4.splat(k0 + 5), 144);
}

/** The second half of a round: `b` rotated left by `r`, then xor `a`. */
// @ts-ignore: decorator
@inline
export function mix(b: v128, a: v128, r: i32): v128 {
  return v128.xor(v128.or(i32x4.shl(b, r), i32x4.shr_u(b, 32 - r)), a);
}

/**
 * Hashes 16 counters under `keys`: the pairs of lanes of a0..a3 (first words) and b0..b3 (second words), to which k0
 * and k1 are added already. With `pairs` the first words are written to `ptr0` and the second words to `ptr1`, without
 * it their xor to `ptr0`.
 *
 * Four vectors in flight hide some of the latency of the serial rounds. The loop keeps compilers from hashing one
 * vector after another: without it V8 13 takes 1.6 times as long.
 */
// @ts-ignore: decorator
@inline
export function block(
  a0: v128,
  a1: v128,
  a2: v128,
  a3: v128,
  b0: v128,
  b1: v128,
  b2: v128,
  b3: v128,
  pairs: bool,
  ptr0: usize,
  ptr1: usize,
): void {
  for (let key = keys; ; key += 64) {
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    b0 = mix(b0, a0, 13);
    b1 = mix(b1, a1, 13);
    b2 = mix(b2, a2, 13);
    b3 = mix(b3, a3, 13);
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    b0 = mix(b0, a0, 15);
    b1 = mix(b1, a1, 15);
    b2 = mix(b2, a2, 15);
    b3 = mix(b3, a3, 15);
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    b0 = mix(b0, a0, 26);
    b1 = mix(b1, a1, 26);
    b2 = mix(b2, a2, 26);
    b3 = mix(b3, a3, 26);
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    b0 = mix(b0, a0, 6);
    b1 = mix(b1, a1, 6);
    b2 = mix(b2, a2, 6);
    b3 = mix(b3, a3, 6);
    const keyA1 = v128.load(key),
      keyB1 = v128.load(key, 16);
    a0 = i32x4.add(a0, keyA1);
    a1 = i32x4.add(a1, keyA1);
    a2 = i32x4.add(a2, keyA1);
    a3 = i32x4.add(a3, keyA1);
    b0 = i32x4.add(b0, keyB1);
    b1 = i32x4.add(b1, keyB1);
    b2 = i32x4.add(b2, keyB1);
    b3 = i32x4.add(b3, keyB1);
    if (key == keys + 128) break;
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    b0 = mix(b0, a0, 17);
    b1 = mix(b1, a1, 17);
    b2 = mix(b2, a2, 17);
    b3 = mix(b3, a3, 17);
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    b0 = mix(b0, a0, 29);
    b1 = mix(b1, a1, 29);
    b2 = mix(b2, a2, 29);
    b3 = mix(b3, a3, 29);
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    b0 = mix(b0, a0, 16);
    b1 = mix(b1, a1, 16);
    b2 = mix(b2, a2, 16);
    b3 = mix(b3, a3, 16);
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    b0 = mix(b0, a0, 24);
    b1 = mix(b1, a1, 24);
    b2 = mix(b2, a2, 24);
    b3 = mix(b3, a3, 24);
    const keyA2 = v128.load(key, 32),
      keyB2 = v128.load(key, 48);
    a0 = i32x4.add(a0, keyA2);
    a1 = i32x4.add(a1, keyA2);
    a2 = i32x4.add(a2, keyA2);
    a3 = i32x4.add(a3, keyA2);
    b0 = i32x4.add(b0, keyB2);
    b1 = i32x4.add(b1, keyB2);
    b2 = i32x4.add(b2, keyB2);
    b3 = i32x4.add(b3, keyB2);
  }

  if (pairs) {
    v128.store(ptr0, a0, 0);
    v128.store(ptr0, a1, 16);
    v128.store(ptr0, a2, 32);
    v128.store(ptr0, a3, 48);
    v128.store(ptr1, b0, 0);
    v128.store(ptr1, b1, 16);
    v128.store(ptr1, b2, 32);
    v128.store(ptr1, b3, 48);
  } else {
    v128.store(ptr0, v128.xor(a0, b0), 0);
    v128.store(ptr0, v128.xor(a1, b1), 16);
    v128.store(ptr0, v128.xor(a2, b2), 32);
    v128.store(ptr0, v128.xor(a3, b3), 48);
  }
}

/**
 * threefry2x32 of the counter pairs (x0[i], x1[i]) under the key (k0, k1), in place.
 *
 * `x0Ptr` [n] uint32, `x1Ptr` [n] uint32, both with room up to a multiple of 16.
 */
export function threefry2x32(k0: i32, k1: i32, x0Ptr: usize, x1Ptr: usize, n: u32): void {
  schedule(k0, k1);
  const key0 = i32x4.splat(k0);
  const key1 = i32x4.splat(k1);
  for (let i: u32 = 0; i < n; i += GROUP) {
    block(
      i32x4.add(v128.load(x0Ptr), key0),
      i32x4.add(v128.load(x0Ptr, 16), key0),
      i32x4.add(v128.load(x0Ptr, 32), key0),
      i32x4.add(v128.load(x0Ptr, 48), key0),
      i32x4.add(v128.load(x1Ptr), key1),
      i32x4.add(v128.load(x1Ptr, 16), key1),
      i32x4.add(v128.load(x1Ptr, 32), key1),
      i32x4.add(v128.load(x1Ptr, 48), key1),
      true,
      x0Ptr,
      x1Ptr,
    );
    x0Ptr += 4 * GROUP;
    x1Ptr += 4 * GROUP;
  }
}
