import { bits32 } from "./bits";
import { fma, flush, flushed } from "./fma";

/** Fractions in [0, 1) from random bits: the top 23 bits as multiples of 2^-23. Exact. */
// @ts-ignore: decorator
@inline
export function fraction(bits: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.sub(v128.or(i32x4.shr_u(bits, 9), one), one);
}

/**
 * max(low, fraction * span + low), low being `minval` and span `maxval` - `minval`, both flushed.
 *
 * - `fused`, or the product is rounded before the sum. Subnormal results become zeros of their sign. NaN where low is.
 * - `bitsPtr` [n] uint32, `outPtr` [n] float32 (the same address is allowed), both with room up to a multiple of 4.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_uniform`).
 */
export function uniformFromBitsF32(bitsPtr: usize, minval: f32, maxval: f32, outPtr: usize, n: u32, fused: bool): void {
  const low = flushedBound(minval);
  const span = flushedBound(flushedBound(maxval) - low);
  // Products and sums are multiples of the last bit of span times 2^-23, or of low's. Where these are 2^-126 or more,
  // no result is subnormal.
  if (!(abs(span) >= 2 ** -80) || (abs(low) < 2 ** -103 && low != 0)) anyBounds(bitsPtr, low, span, outPtr, n, fused);
  // A product with a power of two is exact.
  else if (!fused || (reinterpret<u32>(span) & 0x007fffff) == 0) split(bitsPtr, low, span, outPtr, n);
  else fusedOnce(bitsPtr, low, span, outPtr, n);
}

/** A function of its own, because three copies of `flushed` take 70 bytes more. */
function flushedBound(x: f32): f32 {
  return flushed(x);
}

/** For any bounds. Here and below, pmax(value, low) is value < low ? low : value. */
function anyBounds(bitsPtr: usize, low: f32, span: f32, outPtr: usize, n: u32, fused: bool): void {
  const low4 = f32x4.splat(low);
  const span4 = f32x4.splat(span);
  for (let i: u32 = 0; i < n; i += 4) {
    const f = fraction(v128.load(bitsPtr));
    const value = fused ? fma(f, span4, low4) : f32x4.add(flush(f32x4.mul(f, span4)), low4);
    v128.store(outPtr, f32x4.pmax(flush(value), low4));
    bitsPtr += 16;
    outPtr += 16;
  }
}

/** For a product that is rounded, or exact. */
function split(bitsPtr: usize, low: f32, span: f32, outPtr: usize, n: u32): void {
  const low4 = f32x4.splat(low);
  const span4 = f32x4.splat(span);
  for (let i: u32 = 0; i < n; i += 4) {
    v128.store(outPtr, f32x4.pmax(f32x4.add(f32x4.mul(fraction(v128.load(bitsPtr)), span4), low4), low4));
    bitsPtr += 16;
    outPtr += 16;
  }
}

/**
 * For a product and sum that are rounded once: `fma` of the top 23 bits and span * 2^-23, both exact in double
 * precision.
 */
function fusedOnce(bitsPtr: usize, low: f32, span: f32, outPtr: usize, n: u32): void {
  const low4 = f32x4.splat(low);
  const low2 = f64x2.splat(<f64>low);
  const step = f64x2.splat(<f64>span * 2 ** -23);
  for (let i: u32 = 0; i < n; i += 4) {
    const m = i32x4.shr_u(v128.load(bitsPtr), 9);
    const a = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_s(m), step), low2);
    const b = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_s(i64x2.shuffle(m, m, 1, 1)), step), low2);
    v128.store(outPtr, f32x4.pmax(i64x2.shuffle(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2), low4));
    bitsPtr += 16;
    outPtr += 16;
  }
}

/** `uniformFromBitsF32` of `bits32`: `outPtr` [n] float32 with room up to a multiple of 16. */
export function uniformF32(
  k0: i32,
  k1: i32,
  high: i32,
  low: i32,
  minval: f32,
  maxval: f32,
  outPtr: usize,
  n: u32,
  fused: bool,
): void {
  bits32(k0, k1, high, low, outPtr, n);
  uniformFromBitsF32(outPtr, minval, maxval, outPtr, n, fused);
}
