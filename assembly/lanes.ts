/**
 * float32 arithmetic on f64x2: two float32 values a vector, each held in double precision, where products are exact.
 *
 * Rounding the double result of one `+ - * /` or sqrt to float32 is the float32 operation itself. Rounding only after a
 * product was added is the fused multiply-add, except for a double rounding, which erf alone shows and mends.
 */
import { Binary } from "./opcodes";

/** Rounds to float32, and keeps the values in double precision. */
// @ts-ignore: decorator
@inline
export function round(x: v128): v128 {
  return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(x));
}

/** The four float32 that two vectors round to. */
// @ts-ignore: decorator
@inline
export function rounded(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** A float32 constant in every lane, by its bits. */
// @ts-ignore: decorator
@inline
export function splatBits(bits: i32): v128 {
  return i32x4.splat(bits);
}

/**
 * The minimum, NaN where one is, by pmin, because engines have computed f32x4.min of zeros wrong. Equal numbers have
 * the same bits except for the sign of a zero. "or" sets it, and leaves a NaN one.
 */
// @ts-ignore: decorator
@inline
export function smaller(a: v128, b: v128): v128 {
  return v128.or(f32x4.pmin(a, b), f32x4.pmin(b, a));
}

/** What flips signs for a maximum, which is the negative of the minimum of the negatives. */
// @ts-ignore: decorator
@inline
export function signOf(op: Binary): v128 {
  return i32x4.splat(op == Binary.maximum ? 0x80000000 : 0);
}
