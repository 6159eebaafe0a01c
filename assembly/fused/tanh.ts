/**
 * float32 tanh and expm1 of four numbers.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/codegen/intrinsic/tanh.cc` (after Eigen) and `xla/service/elemental_ir_emitter.cc`
 * (EmitExpm1).
 */
import { constant, half, one, signedOne } from "./constants";
import { exp } from "./exp";
import { fma } from "./fma";

/**
 * The numerator in x^2, to be multiplied by x, and the denominator, of 7 and 4 coefficients; the bounds that x is
 * clamped to; below which tanh(x) is x; from which it is 1; below which expm1(x) is x.
 */
const table: usize = memory.data<u32>(
  [
    0xa59f25c0, 0x2a61337e, 0xaebd37ff, 0x335c0041, 0x3779434a, 0x3a270ded, 0x3ba059dc, 0x35a0d3d8, 0x38f895d6,
    0x3b14aa05, 0x3ba059dd, 0x40fff644, 0xc0fff644, 0x39d1b717, 0x41a00000, 0x01000000,
  ],
  16,
);

// @ts-ignore: decorator
@inline
function k(i: usize): v128 {
  return constant(table, i);
}

/** tanh of a number within the bounds; `size` is the magnitude of what they were applied to, `x`. */
// @ts-ignore: decorator
@inline
function clampedTanh(c: v128, x: v128, size: v128): v128 {
  const s = f32x4.mul(c, c);
  let p = fma(k(0), s, k(1));
  p = fma(p, s, k(2));
  p = fma(p, s, k(3));
  p = fma(p, s, k(4));
  p = fma(p, s, k(5));
  p = fma(p, s, k(6));
  let q = fma(k(7), s, k(8));
  q = fma(q, s, k(9));
  q = fma(q, s, k(10));
  return v128.bitselect(x, f32x4.div(f32x4.mul(p, c), q), f32x4.lt(size, k(13)));
}

/** tanh(x). Near 0 it is x itself, subnormals too. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const y = clampedTanh(f32x4.pmax(f32x4.pmin(x, k(11)), k(12)), x, size);
  return v128.bitselect(signedOne(x), y, f32x4.ge(size, k(14)));
}

/** e^x - 1. Near 0 it is x itself, subnormals too. */
// @ts-ignore: decorator
@inline
export function expm1(x: v128): v128 {
  const e = exp(x);
  const size = f32x4.abs(x);
  // Up to 1/2 it is tanh(x / 2) * (e^x + 1), for which no bounds are needed.
  const h = f32x4.mul(x, half());
  const near = f32x4.mul(clampedTanh(h, h, f32x4.abs(h)), f32x4.add(e, one()));
  const y = v128.bitselect(f32x4.sub(e, one()), near, f32x4.gt(size, half()));
  return v128.bitselect(x, y, f32x4.lt(size, k(15)));
}
