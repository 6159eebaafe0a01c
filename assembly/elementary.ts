/**
 * The float32 functions of XLA's CPU backend, in both profiles, each of the `n` numbers at `ptr` in place, with room up to
 * a multiple of 16: at most `PASS` at a time go through short loops over lists that stay in the cache.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/backends/cpu/codegen/polynomial_approximations.cc` (GenerateVF32Log, after Cephes),
 * `xla/codegen/intrinsic/log1p.cc`, `tanh.cc`, `erf.cc` (after Eigen); `chlo.erf_inv` after Giles, "Approximating the
 * erfinv function" (GPU Computing Gems, 2011).
 */
import { centre, tail } from "./erfinv";
import { flush, fma } from "./fma";
import { a0, a1, a2, a3, a4, b0, b1, b2, b3, c0, join, part } from "./lists";
import { word } from "./log";
import { polynomial } from "./polynomial";
import { expF32 } from "./powers";

/** a * b + c, the product rounded before the sum unless `fused`. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128, fused: bool): v128 {
  return fused ? fma(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

/** log: three polynomials of degree 2 in turn. */
const logTable: usize = memory.data<u32>([
  0x3d9021bb,
  0xbdebd1b8,
  0x3def251a, // 0.0703768 -0.115146 0.116770
  0xbdfe5d4f,
  0x3e11e9bf,
  0xbe2aae50, // -0.124201 0.142493 -0.166681
  0x3e4cceac,
  0xbe7ffffc,
  0x3eaaaaaa, // 0.200007 -0.250000 0.333333
]);

/** Of numbers that are not subnormal. */
export function log(ptr: usize, n: u32, fused: bool): void {
  const bytes = (<usize>n) << 2;
  const one = f32x4.splat(1);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    const mantissa = v128.or(v128.and(x, word(0x007fffff)), word(0x3f000000));
    const low = f32x4.lt(mantissa, word(0x3f3504f3)); // sqrt(1/2)
    v128.store(a0 + i, f32x4.add(f32x4.sub(mantissa, one), v128.and(mantissa, low)));
    v128.store(a1 + i, f32x4.convert_i32x4_s(i32x4.add(i32x4.sub(i32x4.shr_u(x, 23), word(126)), low)));
  }
  polynomial(logTable, 3, a0, a2, n, fused);
  polynomial(logTable + 12, 3, a0, a3, n, fused);
  polynomial(logTable + 24, 3, a0, a4, n, fused);
  const zero = i32x4.splat(0);
  const infinity = f32x4.splat(Infinity);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    const t = v128.load(a0 + i);
    const e = v128.load(a1 + i);
    const t2 = f32x4.mul(t, t);
    const t3 = f32x4.mul(t2, t);
    let y = multiplyAdd(v128.load(a2 + i), t3, v128.load(a3 + i), fused);
    y = multiplyAdd(y, t3, v128.load(a4 + i), fused);
    y = multiplyAdd(y, t3, f32x4.mul(e, word(0xb95e8083)), fused); // -2.12194440e-4
    // Half of t2 and e * 0.693359375 are exact: these sums are rounded once in both profiles.
    const s = f32x4.add(f32x4.sub(t, f32x4.mul(t2, f32x4.splat(0.5))), y);
    let result = f32x4.add(f32x4.mul(e, f32x4.splat(0.693359375)), s);
    result = v128.bitselect(result, f32x4.splat(NaN), f32x4.ge(x, zero));
    result = v128.bitselect(f32x4.splat(-Infinity), result, f32x4.eq(x, zero));
    v128.store(ptr + i, v128.bitselect(x, result, f32x4.eq(x, infinity)));
  }
}

/** log1p near 0: 4.52700e-5 0.498541 6.57873 29.9119 60.9497 57.1130 20.0396 over 1 15.0629 83.0476 221.762 309.099 216.428 60.1187 */
const log1pTable: usize = memory.data<u32>([
  0x383de04b, 0x3eff40c5, 0x40d284fa, 0x41ef4b9c, 0x4273cc76, 0x426473ad, 0x41a05101, 0x3f800000, 0x417101ad,
  0x42a6185b, 0x435dc32d, 0x439a8ca3, 0x43586d8a, 0x42707982,
]);

export function log1p(ptr: usize, n: u32, fused: bool): void {
  const near = part(ptr, n, word(0x3ed413cd)); // 0.4142135679721832
  const far = ((n + 3) & ~3) - near;
  rational(b0, near, fused);
  for (let i: usize = 0; i < (<usize>near) << 2; i += 16) v128.store(b0 + i, ended(v128.load(b0 + i), i));
  for (let i: usize = 0; i < (<usize>far) << 2; i += 16)
    v128.store(b3 + i, f32x4.add(v128.load(b3 + i), f32x4.splat(1)));
  log(b3, far, fused);
  join(ptr, n);
}

/** The two polynomials of log1p near 0: what is left to do is `ended`. */
export function rational(ptr: usize, n: u32, fused: bool): void {
  polynomial(log1pTable, 7, ptr, b1, n, fused);
  polynomial(log1pTable + 28, 7, ptr, b2, n, fused);
}

/** x - x^2 / 2 + x^3 times the quotient of the polynomials. */
// @ts-ignore: decorator
@inline
export function ended(x: v128, i: usize): v128 {
  const x2 = f32x4.mul(x, x);
  const z = f32x4.mul(f32x4.mul(x, x2), f32x4.div(v128.load(b1 + i), v128.load(b2 + i)));
  return f32x4.add(x, f32x4.sub(z, f32x4.mul(x2, f32x4.splat(0.5))));
}

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
    const result = v128.bitselect(x, quotient(clamped(x), i), f32x4.lt(size, word(0x39d1b717))); // 0.00039999998989515007
    v128.store(ptr + i, v128.bitselect(signedOne(x), result, f32x4.ge(size, f32x4.splat(20))));
  }
}

// @ts-ignore: decorator
@inline
function clamped(x: v128): v128 {
  // pmin(a, b) is b < a ? b : a, pmax(a, b) is a < b ? b : a: a NaN stays.
  return f32x4.pmax(f32x4.pmin(x, word(0x40fff644)), word(0xc0fff644)); // 7.998811721801758
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
    v128.store(ptr + i, v128.bitselect(x, result, f32x4.lt(size, word(0x01000000)))); // 2^-125
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
    v128.store(ptr + i, v128.bitselect(signedOne(x), quotient(x, i), f32x4.ge(f32x4.abs(x), word(0x407547cb)))); // 3.832506895065308
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
