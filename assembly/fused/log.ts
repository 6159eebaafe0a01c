/**
 * float32 log and log1p of four numbers.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/backends/cpu/codegen/polynomial_approximations.cc` (GenerateVF32Log, after Cephes)
 * and `xla/codegen/intrinsic/log1p.cc`.
 */
import { constant, half, leastNormal, one } from "./constants";
import { fma } from "./fma";

/**
 * Three polynomials of degree 2 from 0 on, sqrt(1/2), ln(2) in two parts, 126 as an integer, the bits of a mantissa,
 * infinity, -infinity, NaN.
 */
const table: usize = memory.data<u32>(
  [
    0x3d9021bb, 0xbdebd1b8, 0x3def251a, 0xbdfe5d4f, 0x3e11e9bf, 0xbe2aae50, 0x3e4cceac, 0xbe7ffffc, 0x3eaaaaaa,
    0x3f3504f3, 0xb95e8083, 0x3f318000, 126, 0x007fffff, 0x7f800000, 0xff800000, 0x7fc00000,
  ],
  16,
);

// @ts-ignore: decorator
@inline
function k(i: usize): v128 {
  return constant(table, i);
}

/** The polynomial of degree 2 whose coefficients begin with number `i` of the table. */
// @ts-ignore: decorator
@inline
function quadratic(i: usize, t: v128): v128 {
  return fma(fma(k(i), t, k(i + 1)), t, k(i + 2));
}

/** The natural logarithm; subnormals count as zeros. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const mantissa = v128.or(v128.and(x, k(13)), half());
  const low = f32x4.lt(mantissa, k(9));
  const t = f32x4.add(f32x4.sub(mantissa, one()), v128.and(mantissa, low));
  const e = f32x4.convert_i32x4_s(i32x4.add(i32x4.sub(i32x4.shr_u(x, 23), k(12)), low));
  const t2 = f32x4.mul(t, t);
  const t3 = f32x4.mul(t2, t);
  let y = fma(quadratic(0, t), t3, quadratic(3, t));
  y = fma(y, t3, quadratic(6, t));
  y = fma(y, t3, f32x4.mul(e, k(10)));
  y = f32x4.add(f32x4.mul(e, k(11)), f32x4.add(f32x4.sub(t, f32x4.mul(t2, half())), y));
  y = v128.bitselect(y, k(16), f32x4.ge(x, i32x4.splat(0)));
  y = v128.bitselect(k(15), y, f32x4.lt(f32x4.abs(x), leastNormal()));
  return v128.bitselect(x, y, f32x4.eq(x, k(14)));
}

/** log1p near 0: two polynomials of degree 6, and the bound of their use. */
const nearTable: usize = memory.data<u32>(
  [
    0x383de04b, 0x3eff40c5, 0x40d284fa, 0x41ef4b9c, 0x4273cc76, 0x426473ad, 0x41a05101, 0x3f800000, 0x417101ad,
    0x42a6185b, 0x435dc32d, 0x439a8ca3, 0x43586d8a, 0x42707982, 0x3ed413cd,
  ],
  16,
);

// @ts-ignore: decorator
@inline
function kn(i: usize): v128 {
  return constant(nearTable, i);
}

/** log(1 + x) for x near 0. */
// @ts-ignore: decorator
@inline
export function log1pNear(x: v128): v128 {
  let p = fma(kn(0), x, kn(1));
  let q = fma(kn(7), x, kn(8));
  p = fma(p, x, kn(2));
  q = fma(q, x, kn(9));
  p = fma(p, x, kn(3));
  q = fma(q, x, kn(10));
  p = fma(p, x, kn(4));
  q = fma(q, x, kn(11));
  p = fma(p, x, kn(5));
  q = fma(q, x, kn(12));
  p = fma(p, x, kn(6));
  q = fma(q, x, kn(13));
  const x2 = f32x4.mul(x, x);
  const z = f32x4.mul(f32x4.mul(x, x2), f32x4.div(p, q));
  return f32x4.add(x, f32x4.sub(z, f32x4.mul(x2, half())));
}

/** log(1 + x), where `near` is `log1pNear` of x. */
// @ts-ignore: decorator
@inline
export function log1pOf(x: v128, near: v128): v128 {
  return v128.bitselect(near, log(f32x4.add(x, one())), f32x4.lt(f32x4.abs(x), kn(14)));
}
