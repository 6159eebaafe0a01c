/**
 * The float32 functions of XLA's CPU backend, in both profiles, each of the `n` numbers at `ptr` in place, with room up to
 * a multiple of 16: at most `PASS` at a time go through short loops over lists that stay in the cache.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/backends/cpu/codegen/polynomial_approximations.cc` (GenerateVF32Log, after Cephes),
 * `xla/codegen/intrinsic/log1p.cc`, `tanh.cc`, `erf.cc` (after Eigen); `chlo.erf_inv` after Giles, "Approximating the
 * erfinv function" (GPU Computing Gems, 2011).
 */
import { centre, tail } from "./erfinv";
import { expF32 } from "./exp";
import { flush } from "./fma";
import { splatBits } from "./lanes";
import { log1p } from "./log";
import { polynomial } from "./polynomial";
import { a0, a1, a2, a3, b0, b1, c0 } from "./scratch";

/** x times a polynomial in x^2, over another, x^2 in `a1`: what is left to do is `quotient`. The tables lie behind one another. */
function polynomials(table: usize, above: u32, below: u32, n: u32, fused: bool): void {
  polynomial(table, above, a1, a2, n, fused);
  polynomial(table + ((<usize>above) << 2), below, a1, a3, n, fused);
}

// @ts-ignore: decorator
@inline
function quotient(x: v128, i: usize): v128 {
  return f32x4.div(f32x4.mul(v128.load(a2 + i), x), v128.load(a3 + i));
}

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
    const result = v128.bitselect(x, quotient(clamped(x), i), f32x4.lt(size, splatBits(0x39d1b717))); // 0.00039999998989515007
    v128.store(ptr + i, v128.bitselect(signedOne(x), result, f32x4.ge(size, f32x4.splat(20))));
  }
}

// @ts-ignore: decorator
@inline
function clamped(x: v128): v128 {
  // pmin(a, b) is b < a ? b : a, pmax(a, b) is a < b ? b : a: a NaN stays.
  return f32x4.pmax(f32x4.pmin(x, splatBits(0x40fff644)), splatBits(0xc0fff644)); // 7.998811721801758
}

/** 1 with the sign of x. */
// @ts-ignore: decorator
@inline
function signedOne(x: v128): v128 {
  return v128.bitselect(x, f32x4.splat(1), f32x4.splat(-0.0));
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

/** erf in x^2: the numerator, to be multiplied by x, and the denominator. */
const erfTable: usize = memory.data<u32>([
  0x39702d51, // 2.2905065e-4
  0x3b5f5da2, // 3.4082910e-3
  0x3d50b6eb, // 5.0955694e-2
  0x3e3da740, // 0.18520832
  0x3f906eba, // 1.1283791
  0xb3fd3906, // -1.1791603e-7
  0x37c588df, // 2.3547966e-5
  0x3a856d28, // 1.0179626e-3
  0x3c6687d4, // 1.4070471e-2
  0x3de34c21, // 0.11098505
  0x3efeb44a, // 0.49746925
  0x3f800000, // 1
]);

/** Fused in both profiles: XLA asks for these multiply-adds by name. */
export function erf(ptr: usize, n: u32): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    v128.store(a1 + i, f32x4.mul(x, x));
  }
  polynomials(erfTable, 5, 7, n, true);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    v128.store(ptr + i, v128.bitselect(signedOne(x), quotient(x, i), f32x4.ge(f32x4.abs(x), splatBits(0x407547cb)))); // 3.832506895065308
  }
}

export function erfInv(ptr: usize, n: u32, fused: bool): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    v128.store(c0 + i, f32x4.mul(x, f32x4.neg(x)));
  }
  log1p(c0, n, fused);
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = f32x4.neg(v128.load(c0 + i));
    v128.store(a0 + i, f32x4.sub(w, f32x4.splat(2.5)));
    v128.store(a1 + i, f32x4.sub(f32x4.sqrt(w), f32x4.splat(3)));
  }
  polynomial(centre, 9, a0, a2, n, fused);
  polynomial(tail, 9, a1, a3, n, fused);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    const result = f32x4.mul(
      v128.bitselect(v128.load(a2 + i), v128.load(a3 + i), f32x4.gt(v128.load(c0 + i), f32x4.splat(-5))),
      x,
    );
    v128.store(
      ptr + i,
      v128.bitselect(f32x4.mul(x, f32x4.splat(Infinity)), flush(result), f32x4.eq(f32x4.abs(x), f32x4.splat(1))),
    );
  }
}
