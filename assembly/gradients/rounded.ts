/**
 * Arithmetic of `binaryF32` on values that are flushed already: rounded once, subnormals become zeros of their sign.
 */
import { flush, flushed } from "../fma";

// @ts-ignore: decorator
@inline
export function plus(a: v128, b: v128): v128 {
  return flush(f32x4.add(a, b));
}

// @ts-ignore: decorator
@inline
export function times(a: v128, b: v128): v128 {
  return flush(f32x4.mul(a, b));
}

// @ts-ignore: decorator
@inline
export function over(a: v128, b: v128): v128 {
  return flush(f32x4.div(a, b));
}

/**
 * A number for each lane, of which `areSafe` is told the least: unsigned, it grows with the size of x, and is the
 * greatest where x is 0. A lane is safe that is 0 or at least 2^-100 in size, or no number. A sum of products by
 * factors of at most 1 that is so is what it would be with subnormals flushed on the way: one is less than a quarter of
 * the sum's last place, and two that cancel give the zero that their zeros give.
 */
// @ts-ignore: decorator
@inline
export function sizeOf(x: v128): v128 {
  return i32x4.sub(i32x4.shl(x, 1), i32x4.splat(1));
}

/** The least that `sizeOf` gives of four. */
// @ts-ignore: decorator
@inline
export function leastOf(x0: v128, x1: v128, x2: v128, x3: v128): v128 {
  return i32x4.min_u(i32x4.min_u(sizeOf(x0), sizeOf(x1)), i32x4.min_u(sizeOf(x2), sizeOf(x3)));
}

/** Whether all lanes are safe of which the least of what `sizeOf` gives is this. */
// @ts-ignore: decorator
@inline
export function areSafe(least: v128): bool {
  // 2^-100 has the exponent 27.
  return v128.all_true<i32>(i32x4.ge_u(least, i32x4.splat((27 << 24) - 1)));
}

/** Whether a factor cannot make a subnormal count. */
// @ts-ignore: decorator
@inline
export function isSmall(x: f32): bool {
  return abs(x) <= 1;
}

/** A number in all lanes, a zero of its sign where it is subnormal. */
export function lanesOf(x: f32): v128 {
  return f32x4.splat(flushed(x));
}

/** `flush` as a call, not inlined, as are the next three: a tenth of the code where speed does not matter. */
export function flushCall(x: v128): v128 {
  return flush(x);
}

export function plusCall(a: v128, b: v128): v128 {
  return plus(a, b);
}

export function timesCall(a: v128, b: v128): v128 {
  return times(a, b);
}

export function overCall(a: v128, b: v128): v128 {
  return over(a, b);
}
