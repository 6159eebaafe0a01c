/**
 * The float32 functions of XLA's CPU backend, two values a vector (see lanes.ts), in both profiles.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/backends/cpu/codegen/polynomial_approximations.cc` (GenerateVF32Exp, GenerateVF32Log,
 * after Cephes), `xla/codegen/intrinsic/log1p.cc`, `tanh.cc`, `erf.cc` (after Eigen); `chlo.erf_inv` after Giles,
 * "Approximating the erfinv function" (GPU Computing Gems, 2011).
 */
import { clamp, constant, fusedHorner, horner, multiplyAdd, round } from "./lanes";
import { word } from "./log";

/** exp: 1.98756915e-4 1.39819995e-3 8.3334519e-3 4.16657959e-2 0.166666657 0.5, then log2(e) 1.44269502, ln(2)'s -0.693359375 and 2.12194440e-4 */
const expTable: usize = memory.data<u32>([0x39506967, 0x3ab743ce, 0x3c088908, 0x3d2aa9c1, 0x3e2aaaaa, 0x3f000000, 0x3fb8aa3b, 0xbf318000, 0x395e8083]);

export function exp(x: v128, fused: bool): v128 {
  const clamped = clamp(x, -87.80000305175781, 88.80000305175781); // C2AF999A 42B1999A
  const n = clamp(f64x2.floor(multiplyAdd(clamped, constant(expTable + 24), f64x2.splat(0.5), fused)), -127, 127);
  let r = multiplyAdd(constant(expTable + 28), n, clamped, fused);
  r = multiplyAdd(constant(expTable + 32), n, r, fused);
  const p = multiplyAdd(horner(expTable, 6, r, fused), round(f64x2.mul(r, r)), r, fused);
  const z = round(f64x2.add(p, f64x2.splat(1)));
  // 2^n as a float32: the word of n = -127 is 0.
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f64x2_s_zero(n), word(127)), 23);
  return round(f64x2.mul(z, f64x2.promote_low_f32x4(power)));
}

/** log: three polynomials of degree 2 in turn, then ln(2)'s low part -2.12194440e-4. */
const logTable: usize = memory.data<u32>([
  0x3d9021bb, 0xbdebd1b8, 0x3def251a, // 0.0703768 -0.115146 0.116770
  0xbdfe5d4f, 0x3e11e9bf, 0xbe2aae50, // -0.124201 0.142493 -0.166681
  0x3e4cceac, 0xbe7ffffc, 0x3eaaaaaa, // 0.200007 -0.250000 0.333333
  0xb95e8083,
]);

/** Of lanes that are not subnormal. */
export function log(x: v128, fused: bool): v128 {
  const bits = f32x4.demote_f64x2_zero(x);
  const mantissa = v128.or(v128.and(bits, word(0x007fffff)), word(0x3f000000));
  const low = f32x4.lt(mantissa, word(0x3f3504f3)); // sqrt(1/2)
  const t = f64x2.promote_low_f32x4(f32x4.add(f32x4.sub(mantissa, f32x4.splat(1)), v128.and(mantissa, low)));
  const e = f64x2.convert_low_i32x4_s(i32x4.add(i32x4.sub(i32x4.shr_u(bits, 23), word(126)), low));

  const t2 = round(f64x2.mul(t, t));
  const t3 = round(f64x2.mul(t2, t));
  let y = multiplyAdd(horner(logTable, 3, t, fused), t3, horner(logTable + 12, 3, t, fused), fused);
  y = multiplyAdd(y, t3, horner(logTable + 24, 3, t, fused), fused);
  y = multiplyAdd(y, t3, round(f64x2.mul(e, constant(logTable + 36))), fused);
  // Half of t2 and e * 0.693359375 are exact: these sums are rounded once in both profiles.
  const s = round(f64x2.add(round(f64x2.sub(t, f64x2.mul(t2, f64x2.splat(0.5)))), y));
  let result = round(f64x2.add(f64x2.mul(e, f64x2.splat(0.693359375)), s));

  const zero = f64x2.splat(0);
  result = v128.bitselect(result, f64x2.splat(NaN), f64x2.ge(x, zero));
  result = v128.bitselect(f64x2.splat(-Infinity), result, f64x2.eq(x, zero));
  return v128.bitselect(x, result, f64x2.eq(x, f64x2.splat(Infinity)));
}

/** log1p near 0: 4.52700e-5 0.498541 6.57873 29.9119 60.9497 57.1130 20.0396 over 1 15.0629 83.0476 221.762 309.099 216.428 60.1187 */
const log1pTable: usize = memory.data<u32>([
  0x383de04b, 0x3eff40c5, 0x40d284fa, 0x41ef4b9c, 0x4273cc76, 0x426473ad, 0x41a05101,
  0x3f800000, 0x417101ad, 0x42a6185b, 0x435dc32d, 0x439a8ca3, 0x43586d8a, 0x42707982,
]);

export function log1p(x: v128, fused: bool): v128 {
  const r = round(f64x2.div(horner(log1pTable, 7, x, fused), horner(log1pTable + 28, 7, x, fused)));
  const x2 = round(f64x2.mul(x, x));
  const z = round(f64x2.mul(round(f64x2.mul(x, x2)), r));
  const small = round(f64x2.add(x, round(f64x2.sub(z, f64x2.mul(x2, f64x2.splat(0.5))))));
  const large = log(round(f64x2.add(x, f64x2.splat(1))), fused);
  return v128.bitselect(small, large, f64x2.lt(f64x2.abs(x), f64x2.splat(0.4142135679721832))); // 3ED413CD
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

export function tanh(x: v128, fused: bool): v128 {
  const clamped = clamp(x, -7.998811721801758, 7.998811721801758); // 40FFF644
  const x2 = round(f64x2.mul(clamped, clamped));
  const p = round(f64x2.mul(horner(tanhTable, 7, x2, fused), clamped));
  const inner = round(f64x2.div(p, horner(tanhTable + 28, 4, x2, fused)));
  const size = f64x2.abs(x);
  const result = v128.bitselect(x, inner, f64x2.lt(size, f64x2.splat(0.00039999998989515007))); // 39D1B717
  return v128.bitselect(signedOne(x), result, f64x2.ge(size, f64x2.splat(20)));
}

/** 1 with the sign of x. */
// @ts-ignore: decorator
@inline
function signedOne(x: v128): v128 {
  return v128.bitselect(x, f64x2.splat(1), f64x2.splat(-0.0));
}

export function expm1(x: v128, fused: bool): v128 {
  const e = exp(x, fused);
  const half = f64x2.mul(x, f64x2.splat(0.5));
  const size = f64x2.abs(half);
  const one = f64x2.splat(1);
  const near = round(f64x2.mul(tanh(half, fused), round(f64x2.add(e, one))));
  const result = v128.bitselect(round(f64x2.sub(e, one)), near, f64x2.gt(size, f64x2.splat(0.25)));
  return v128.bitselect(x, result, f64x2.lt(size, f64x2.splat(1.1754943508222875e-38))); // 2^-126
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
export function erf(x: v128): v128 {
  const x2 = round(f64x2.mul(x, x));
  const p = round(f64x2.mul(fusedHorner(erfTable, 5, x2), x));
  const inner = round(f64x2.div(p, fusedHorner(erfTable + 20, 7, x2)));
  return v128.bitselect(signedOne(x), inner, f64x2.ge(f64x2.abs(x), f64x2.splat(3.832506895065308))); // 407547CB
}

/** erf_inv in w - 2.5 where w < 5, and in sqrt(w) - 3 elsewhere. */
const erfInvTable: usize = memory.data<u32>([
  0x32f16588, 0x34b84b36, 0xb66c7357, 0xb6935ac1, 0x396532db, 0xbaa45408, 0xbb88e4ef, 0x3e7c8f63, 0x3fc02e2f,
  0xb951f09b, 0x38d3b56b, 0x3ab0dc72, 0xbb70bde7, 0x3bbc127b, 0xbbf9c5d7, 0x3c1aa57e, 0x3f8036db, 0x40354f7e,
]);

export function erfInv(x: v128, fused: bool): v128 {
  const w = f64x2.neg(log1p(round(f64x2.mul(x, f64x2.neg(x))), fused));
  const centre = horner(erfInvTable, 9, round(f64x2.sub(w, f64x2.splat(2.5))), fused);
  const tail = horner(erfInvTable + 36, 9, round(f64x2.sub(round(f64x2.sqrt(w)), f64x2.splat(3))), fused);
  const result = round(f64x2.mul(v128.bitselect(centre, tail, f64x2.lt(w, f64x2.splat(5))), x));
  return v128.bitselect(f64x2.mul(x, f64x2.splat(Infinity)), result, f64x2.eq(f64x2.abs(x), f64x2.splat(1)));
}
