/**
 * float32 tanh and expm1 of XLA's CPU backend, in both profiles. Each works in place on the `n` numbers at `ptr`, at
 * most `PASS`, with room up to a multiple of 16.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/codegen/intrinsic/tanh.cc` (after Eigen) and `xla/service/elemental_ir_emitter.cc`
 * (EmitExpm1).
 */
import { expF32 } from "./exp";
import { splatBits } from "./lanes";
import { polynomials, quotient, signedOne } from "./quotient";
import { a1, b0, b1 } from "./scratch";

/** tanh in x^2: the numerator, to be multiplied by x, and the denominator. */
const tanhTable: usize = memory.data<u32>([
  0xa59f25c0, // -2.7607684e-16
  0x2a61337e, // 2.0001879e-13
  0xaebd37ff, // -8.604672e-11
  0x335c0041, // 5.1222973e-8
  0x3779434a, // 1.4857224e-5
  0x3a270ded, // 6.3726195e-4
  0x3ba059dc, // 4.8935246e-3
  0x35a0d3d8, // 1.1982584e-6
  0x38f895d6, // 1.1853471e-4
  0x3b14aa05, // 2.2684346e-3
  0x3ba059dd, // 4.893525e-3
]);

export function tanh(ptr: usize, n: u32, fused: bool): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = clamped(v128.load(ptr + i));
    v128.store(a1 + i, f32x4.mul(x, x));
  }
  polynomials(tanhTable, 7, 4, n, fused);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    const size = f32x4.abs(x);
    const near = f32x4.lt(size, splatBits(0x39d1b717)); // 0.00039999998989515007
    const result = v128.bitselect(x, quotient(clamped(x), i), near);
    v128.store(ptr + i, v128.bitselect(signedOne(x), result, f32x4.ge(size, f32x4.splat(20))));
  }
}

// @ts-ignore: decorator
@inline
function clamped(x: v128): v128 {
  // pmin(a, b) is b < a ? b : a, pmax(a, b) is a < b ? b : a: a NaN stays.
  return f32x4.pmax(f32x4.pmin(x, splatBits(0x40fff644)), splatBits(0xc0fff644)); // 7.998811721801758
}

export function expm1(ptr: usize, n: u32, fused: bool): void {
  const bytes = (<usize>n) << 2;
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  expF32(ptr, b0, n, fused);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(b1 + i, f32x4.mul(v128.load(ptr + i), half));
  tanh(b1, n, fused);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    const size = f32x4.abs(x);
    const e = v128.load(b0 + i);
    const near = f32x4.mul(v128.load(b1 + i), f32x4.add(e, one));
    const result = v128.bitselect(f32x4.sub(e, one), near, f32x4.gt(size, half));
    v128.store(ptr + i, v128.bitselect(x, result, f32x4.lt(size, splatBits(0x01000000)))); // 2^-125
  }
}
