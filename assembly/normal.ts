/** Normal samples: sqrt(2) * erf_inv(u), u uniform in (-1, 1), bit for bit as JAX gives them. */
import { bits32 } from "./bits";
import { CHUNK, erfInv, From, scaledErfInv } from "./erfinv";
import { splatBits } from "./lanes";
import { PASS } from "./scratch";
import { fraction } from "./uniform";

/** sqrt(2), 1.41421354. */
// @ts-ignore: decorator
@inline
export const SQRT2: i32 = 0x3fb504f3;

/**
 * Normal samples from bits: `bitsPtr` [n] uint32, `outPtr` [n] float32 (the same address is allowed), both with room up
 * to a multiple of 16.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_normal_real`).
 */
export function normalFromBitsF32(bitsPtr: usize, outPtr: usize, n: u32, fused: bool): void {
  if (!fused) return splitNormals(bitsPtr, outPtr, n);
  for (let i: u32 = 0; i < n; i += CHUNK, bitsPtr += CHUNK * 4, outPtr += CHUNK * 4)
    fusedNormals(bitsPtr, outPtr, min(CHUNK, n - i));
}

/** `normalFromBitsF32` of `bits32`: `outPtr` [n] float32 with room up to a multiple of 16. */
export function normalF32(k0: i32, k1: i32, high: i32, low: i32, outPtr: usize, n: u32, fused: bool): void {
  // Chunk by chunk, so that the bits are still in the first-level cache.
  for (let i: u32 = 0; i < n; i += CHUNK, outPtr += CHUNK * 4) {
    const count = min(CHUNK, n - i);
    bits32(k0, k1, high, low + i, outPtr, count);
    normalFromBitsF32(outPtr, outPtr, count, fused);
  }
}

/** Like `normalFromBitsF32`, of at most `CHUNK` elements, fused. */
function fusedNormals(bitsPtr: usize, outPtr: usize, n: u32): void {
  scaledErfInv(From.normalBits, bitsPtr, outPtr, n, SQRT2);
}

/** Like `normalFromBitsF32`, in the profile that rounds every product. */
function splitNormals(bitsPtr: usize, outPtr: usize, n: u32): void {
  const end = outPtr + ((<usize>n) << 2);
  for (let ptr = outPtr; ptr < end; ptr += 16, bitsPtr += 16) {
    const f = fraction(v128.load(bitsPtr));
    // The span from the float32 after -1 to 1 rounds to 2.
    v128.store(ptr, f32x4.add(f32x4.add(f, f), f32x4.splat(-0.99999994)));
  }
  for (; outPtr < end; outPtr += PASS * 4) {
    const count = min<u32>(PASS, (<u32>(end - outPtr)) >> 2);
    erfInv(outPtr, count, false);
    for (let i: u32 = 0; i < count; i += 4)
      v128.store(outPtr + (i << 2), f32x4.mul(v128.load(outPtr + (i << 2)), splatBits(SQRT2)));
  }
}
