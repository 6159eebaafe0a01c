/** Arithmetic of `binaryF32` on values that are flushed already: rounded once, subnormals become zeros of their sign. */
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
