/**
 * Arithmetic of `binaryF32` on values that are flushed already: rounded once, subnormals become zeros of their sign.
 */
import { flush } from "../fma";

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
 * Which lanes are 0 or at least 2^-100 in size. A sum of products by factors of at most 1 that is so is what it would
 * be with subnormals flushed on the way: one is less than a quarter of the sum's last place, and two that cancel give
 * the zero that their zeros give.
 */
// @ts-ignore: decorator
@inline
export function safe(x: v128): v128 {
  return v128.or(f32x4.ge(f32x4.abs(x), f32x4.splat(7.888609052210118e-31)), f32x4.eq(x, f32x4.splat(0)));
}

/** Whether a factor cannot make a subnormal count. */
// @ts-ignore: decorator
@inline
export function isSmall(x: f32): bool {
  return abs(x) <= 1;
}
