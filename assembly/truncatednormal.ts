/** Normal samples between bounds: sqrt(2) * erf_inv(u), u uniform in [minval, maxval), then clipped. */
import { bits32 } from "./bits";
import { CHUNK, From, scaledErfInv } from "./erfinv";
import { SQRT2 } from "./normal";
import { Unary } from "./opcodes";
import { unaryF32 } from "./unary";
import { uniformFromBitsF32 } from "./uniform";

/**
 * Results lie in [clipMin, clipMax]. A NaN stays, and `clipMax` wins where the two are in the wrong order. `bitsPtr`
 * [n] uint32, `outPtr` [n] float32 (the same address is allowed), both with room up to a multiple of 8.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_truncated_normal`).
 */
export function truncatedNormalFromBitsF32(
  bitsPtr: usize,
  minval: f32,
  maxval: f32,
  clipMin: f32,
  clipMax: f32,
  outPtr: usize,
  n: u32,
  fused: bool,
): void {
  for (let i: u32 = 0; i < n; i += CHUNK, bitsPtr += CHUNK * 4, outPtr += CHUNK * 4)
    chunk(bitsPtr, minval, maxval, clipMin, clipMax, outPtr, min(CHUNK, n - i), fused);
}

/** `truncatedNormalFromBitsF32` of `bits32`: `outPtr` [n] float32 with room up to a multiple of 16. */
export function truncatedNormalF32(
  k0: i32,
  k1: i32,
  high: i32,
  low: i32,
  minval: f32,
  maxval: f32,
  clipMin: f32,
  clipMax: f32,
  outPtr: usize,
  n: u32,
  fused: bool,
): void {
  for (let i: u32 = 0; i < n; i += CHUNK, outPtr += CHUNK * 4) {
    const count = min(CHUNK, n - i);
    bits32(k0, k1, high, low + i, outPtr, count);
    chunk(outPtr, minval, maxval, clipMin, clipMax, outPtr, count, fused);
  }
}

function chunk(
  bitsPtr: usize,
  minval: f32,
  maxval: f32,
  clipMin: f32,
  clipMax: f32,
  outPtr: usize,
  n: u32,
  fused: bool,
): void {
  uniformFromBitsF32(bitsPtr, minval, maxval, outPtr, n, fused);
  if (fused) scaledErfInv(From.values, outPtr, outPtr, n, SQRT2);
  else unaryF32(Unary.erfInv, outPtr, outPtr, n, false);
  const factor = fused ? f32x4.splat(1) : i32x4.splat(SQRT2);
  const min4 = f32x4.splat(clipMin);
  const max4 = f32x4.splat(clipMax);
  const end = outPtr + ((<usize>n) << 2);
  for (; outPtr < end; outPtr += 16) {
    const x = f32x4.mul(v128.load(outPtr), factor);
    // pmax(a, b) is a < b ? b : a, pmin(a, b) is b < a ? b : a.
    v128.store(outPtr, f32x4.pmin(f32x4.pmax(x, min4), max4));
  }
}
