/** Normal samples: sqrt(2) * erf_inv(u), u uniform in (-1, 1), bit for bit as JAX with FMA gives them. */
import { bits32 } from "./bits";
import { CHUNK, From, scaledErfInv } from "./erfinv";

/** sqrt(2), 1.41421354. */
// @ts-ignore: decorator
@inline
export const SQRT2: i32 = 0x3fb504f3;

/**
 * `bitsPtr` [n] uint32, `outPtr` [n] float32 (the same address is allowed), both with room up to a multiple of 8.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_normal_real`).
 */
export function normalFromBitsF32(bitsPtr: usize, outPtr: usize, n: u32): void {
  for (; n > CHUNK; n -= CHUNK) {
    chunk(bitsPtr, outPtr, CHUNK);
    bitsPtr += CHUNK * 4;
    outPtr += CHUNK * 4;
  }
  chunk(bitsPtr, outPtr, n);
}

/** `normalFromBitsF32` of `bits32`: `outPtr` [n] float32 with room up to a multiple of 16. */
export function normalF32(k0: i32, k1: i32, high: i32, low: i32, outPtr: usize, n: u32): void {
  for (; n > CHUNK; n -= CHUNK) {
    bits32(k0, k1, high, low, outPtr, CHUNK);
    chunk(outPtr, outPtr, CHUNK);
    low += CHUNK;
    outPtr += CHUNK * 4;
  }
  bits32(k0, k1, high, low, outPtr, n);
  chunk(outPtr, outPtr, n);
}

function chunk(bitsPtr: usize, outPtr: usize, n: u32): void {
  scaledErfInv(From.normalBits, bitsPtr, outPtr, n, SQRT2);
}
