/**
 * float32 exp and logistic of four numbers.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/backends/cpu/codegen/polynomial_approximations.cc` (GenerateVF32Exp, after Cephes
 * expf) and `xla/hlo/transforms/expanders/logistic_expander.cc`.
 */
import { constant, flushPositive, half, one } from "./constants";
import { fma } from "./fma";

/**
 * log2(e), ln(2) in two parts, the polynomial from the highest power down to the third, the bounds that x is clamped
 * to, the largest exponent, and a number whose sum with an exponent has 127 more than that in its low bits.
 */
const table: usize = memory.data<u32>(
  [
    0x3fb8aa3b, 0xbf318000, 0x395e8083, 0x39506967, 0x3ab743ce, 0x3c088908, 0x3d2aa9c1, 0x3e2aaaaa, 0xc2af999a,
    0x42b1999a, 0x42fe0000, 0x4b40007f,
  ],
  16,
);

// @ts-ignore: decorator
@inline
function k(i: usize): v128 {
  return constant(table, i);
}

/** e^x, which may be subnormal. A NaN stays: pmin(a, b) is b < a ? b : a, pmax(a, b) is a < b ? b : a. */
// @ts-ignore: decorator
@inline
function power(given: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(given, k(9)), k(8));
  return scaled(x, f32x4.pmin(f32x4.floor(fma(x, k(0), half())), k(10)));
}

/** e^x, where n is x over ln(2), rounded. */
// @ts-ignore: decorator
@inline
function scaled(x: v128, n: v128): v128 {
  const r = fma(n, k(2), fma(n, k(1), x));
  let p = fma(k(3), r, k(4));
  p = fma(p, r, k(5));
  p = fma(p, r, k(6));
  p = fma(p, r, k(7));
  p = fma(p, r, half());
  const y = f32x4.add(fma(p, f32x4.mul(r, r), r), one());
  return f32x4.mul(y, i32x4.shl(f32x4.add(n, k(11)), 23));
}

/** e^x of numbers that are not positive, as `exp`: its upper bounds are left out. */
// @ts-ignore: decorator
@inline
export function expOfNegative(given: v128): v128 {
  const x = f32x4.pmax(given, k(8));
  return flushPositive(scaled(x, f32x4.floor(fma(x, k(0), half()))));
}

/** e^x. A subnormal x needs no flush: its power is 1. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  return flushPositive(power(x));
}

/** 1 / (1 + e^-x). */
// @ts-ignore: decorator
@inline
export function logistic(x: v128): v128 {
  return flushPositive(f32x4.div(one(), f32x4.add(one(), power(f32x4.neg(x)))));
}
