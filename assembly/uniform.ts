import { fma, flush } from "./fma";
import { bits32 } from "./bits";

/** Random bits to fractions in [0, 1): the top 23 bits as multiples of 2^-23. Exact. */
// @ts-ignore: decorator
@inline
export function fraction(bits: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.sub(v128.or(i32x4.shr_u(bits, 9), one), one);
}

/** max(low, f * span + low), as `uniformFromBitsF32` has it. */
// @ts-ignore: decorator
@inline
export function scale(f: v128, low: v128, span: v128, fused: bool): v128 {
  const value = flush(fused ? fma(f, span, low) : f32x4.add(flush(f32x4.mul(f, span)), low));
  return v128.bitselect(low, value, f32x4.gt(low, value));
}

/**
 * max(low, fraction * span + low), `fused` or the product rounded before the sum, with subnormal results made zeros of their sign; NaN wherever low is.
 * `bitsPtr` [n] uint32, `outPtr` [n] float32 (the same address is allowed), both with room up to a multiple of 4.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_uniform`).
 */
export function uniformFromBitsF32(bitsPtr: usize, low: f32, span: f32, fused: bool, outPtr: usize, n: u32): void {
  if (low == 0 && span == 1) {
    for (let i: u32 = 0; i < n; i += 4) {
      v128.store(outPtr, fraction(v128.load(bitsPtr)));
      bitsPtr += 16;
      outPtr += 16;
    }
    return;
  }
  const low4 = f32x4.splat(low);
  const span4 = f32x4.splat(span);
  for (let i: u32 = 0; i < n; i += 4) {
    v128.store(outPtr, scale(fraction(v128.load(bitsPtr)), low4, span4, fused));
    bitsPtr += 16;
    outPtr += 16;
  }
}

/** `uniformFromBitsF32` of `bits32`: `outPtr` [n] float32 with room up to a multiple of 16. */
export function uniformF32(k0: i32, k1: i32, high: i32, lowWord: i32, low: f32, span: f32, fused: bool, outPtr: usize, n: u32): void {
  bits32(k0, k1, high, lowWord, outPtr, n);
  uniformFromBitsF32(outPtr, low, span, fused, outPtr, n);
}
