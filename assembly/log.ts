/**
 * float32 log and log1p of XLA's CPU backend, in both profiles. Each works in place on the `n` numbers at `ptr`, at
 * most `PASS`, with room up to a multiple of 16.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/backends/cpu/codegen/polynomial_approximations.cc` (GenerateVF32Log, after Cephes)
 * and `xla/codegen/intrinsic/log1p.cc`.
 */
import { multiplyAdd } from "./fma";
import { splatBits } from "./lanes";
import { polynomial } from "./polynomial";
import { a0, a1, a2, a3, a4, b0, b1, b2, b3, join, part } from "./scratch";

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

/** The natural logarithm of numbers that are not subnormal. */
export function log(ptr: usize, n: u32, fused: bool): void {
  const bytes = (<usize>n) << 2;
  const one = f32x4.splat(1);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    const mantissa = v128.or(v128.and(x, splatBits(0x007fffff)), splatBits(0x3f000000));
    const low = f32x4.lt(mantissa, splatBits(0x3f3504f3)); // sqrt(1/2)
    v128.store(a0 + i, f32x4.add(f32x4.sub(mantissa, one), v128.and(mantissa, low)));
    v128.store(a1 + i, f32x4.convert_i32x4_s(i32x4.add(i32x4.sub(i32x4.shr_u(x, 23), splatBits(126)), low)));
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
    y = multiplyAdd(y, t3, f32x4.mul(e, splatBits(0xb95e8083)), fused); // -2.12194440e-4
    // Half of t2 and e * 0.693359375 are exact: these sums are rounded once in both profiles.
    const s = f32x4.add(f32x4.sub(t, f32x4.mul(t2, f32x4.splat(0.5))), y);
    let result = f32x4.add(f32x4.mul(e, f32x4.splat(0.693359375)), s);
    result = v128.bitselect(result, f32x4.splat(NaN), f32x4.ge(x, zero));
    result = v128.bitselect(f32x4.splat(-Infinity), result, f32x4.eq(x, zero));
    v128.store(ptr + i, v128.bitselect(x, result, f32x4.eq(x, infinity)));
  }
}

/**
 * log1p near 0: 4.52700e-5 0.498541 6.57873 29.9119 60.9497 57.1130 20.0396 over 1 15.0629 83.0476 221.762 309.099
 * 216.428 60.1187
 */
const log1pTable: usize = memory.data<u32>([
  0x383de04b, 0x3eff40c5, 0x40d284fa, 0x41ef4b9c, 0x4273cc76, 0x426473ad, 0x41a05101, 0x3f800000, 0x417101ad,
  0x42a6185b, 0x435dc32d, 0x439a8ca3, 0x43586d8a, 0x42707982,
]);

/** log(1 + x). */
export function log1p(ptr: usize, n: u32, fused: bool): void {
  const near = part(ptr, n, splatBits(0x3ed413cd)); // 0.4142135679721832
  const far = ((n + 3) & ~3) - near;
  log1pRational(b0, near, fused);
  for (let i: usize = 0; i < (<usize>near) << 2; i += 16) v128.store(b0 + i, log1pFinish(v128.load(b0 + i), i));
  for (let i: usize = 0; i < (<usize>far) << 2; i += 16)
    v128.store(b3 + i, f32x4.add(v128.load(b3 + i), f32x4.splat(1)));
  log(b3, far, fused);
  join(ptr, n);
}

/** Computes the two polynomials of log1p near 0. Call `log1pFinish` to complete the result. */
export function log1pRational(ptr: usize, n: u32, fused: bool): void {
  polynomial(log1pTable, 7, ptr, b1, n, fused);
  polynomial(log1pTable + 28, 7, ptr, b2, n, fused);
}

/** x - x^2 / 2 + x^3 times the quotient of the polynomials. */
// @ts-ignore: decorator
@inline
export function log1pFinish(x: v128, i: usize): v128 {
  const x2 = f32x4.mul(x, x);
  const z = f32x4.mul(f32x4.mul(x, x2), f32x4.div(v128.load(b1 + i), v128.load(b2 + i)));
  return f32x4.add(x, f32x4.sub(z, f32x4.mul(x2, f32x4.splat(0.5))));
}
