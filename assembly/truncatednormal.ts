/** Normal samples kept between bounds: sqrt(2) * erf_inv(u), u uniform in [low, low + span), then clipped. */
import { bits32 } from "./bits";
import { CHUNK, From, scaledErfInv } from "./erfinv";
import { SQRT2 } from "./normal";
import { Unary } from "./opcodes";
import { unaryF32 } from "./unary";
import { uniformFromBitsF32 } from "./uniform";

/**
 * Results lie in [least, most]; a NaN stays, and `most` wins where the two are in the wrong order. `bitsPtr` [n] uint32,
 * `outPtr` [n] float32 (the same address is allowed), both with room up to a multiple of 8.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_truncated_normal`).
 */
export function truncatedNormalFromBitsF32(
  bitsPtr: usize,
  low: f32,
  span: f32,
  least: f32,
  most: f32,
  fused: bool,
  outPtr: usize,
  n: u32,
): void {
  for (; n > CHUNK; n -= CHUNK) {
    chunk(bitsPtr, low, span, least, most, fused, outPtr, CHUNK);
    bitsPtr += CHUNK * 4;
    outPtr += CHUNK * 4;
  }
  chunk(bitsPtr, low, span, least, most, fused, outPtr, n);
}

/** `truncatedNormalFromBitsF32` of `bits32`: `outPtr` [n] float32 with room up to a multiple of 16. */
export function truncatedNormalF32(
  k0: i32,
  k1: i32,
  high: i32,
  lowWord: i32,
  low: f32,
  span: f32,
  least: f32,
  most: f32,
  fused: bool,
  outPtr: usize,
  n: u32,
): void {
  for (; n > CHUNK; n -= CHUNK) {
    bits32(k0, k1, high, lowWord, outPtr, CHUNK);
    chunk(outPtr, low, span, least, most, fused, outPtr, CHUNK);
    lowWord += CHUNK;
    outPtr += CHUNK * 4;
  }
  bits32(k0, k1, high, lowWord, outPtr, n);
  chunk(outPtr, low, span, least, most, fused, outPtr, n);
}

function chunk(bitsPtr: usize, low: f32, span: f32, least: f32, most: f32, fused: bool, outPtr: usize, n: u32): void {
  uniformFromBitsF32(bitsPtr, low, span, fused, outPtr, n);
  if (fused) scaledErfInv(From.values, outPtr, outPtr, n, SQRT2);
  else unaryF32(Unary.erfInv, false, outPtr, outPtr, n);
  const factor = fused ? f32x4.splat(1) : i32x4.splat(SQRT2);
  const least4 = f32x4.splat(least);
  const most4 = f32x4.splat(most);
  const end = outPtr + ((<usize>n) << 2);
  for (; outPtr < end; outPtr += 16) {
    const x = f32x4.mul(v128.load(outPtr), factor);
    // pmax(a, b) is a < b ? b : a, pmin(a, b) is b < a ? b : a.
    v128.store(outPtr, f32x4.pmin(f32x4.pmax(x, least4), most4));
  }
}
