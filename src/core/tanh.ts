/**
 * float32 tanh, and expm1 by it, as XLA's CPU backend computes them.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/codegen/intrinsic/tanh.cc` (after Eigen) and `xla/service/elemental_ir_emitter.cc`
 * (EmitExpm1).
 */
import { exp } from "./exp.ts";
import { horner, table } from "./horner.ts";

const { abs, fround, max, min } = Math;

/** Arguments are clamped to this magnitude, where the approximation reaches 1 (fused). */
const BOUND = fround(7.9988117); // 40FFF644
/** Below this magnitude tanh(x) is x. */
const LINEAR_BELOW = fround(0.0004); // 39D1B717

/** In x^2, to be multiplied by x: -2.7607684e-16 2.0001879e-13 -8.604672e-11 5.1222973e-8 1.4857224e-5 0.00063726195 0.0048935246 */
const NUMERATOR = table(0xa59f25c0, 0x2a61337e, 0xaebd37ff, 0x335c0041, 0x3779434a, 0x3a270ded, 0x3ba059dc);
/** In x^2: 1.1982584e-6 0.00011853471 0.0022684346 0.004893525 */
const DENOMINATOR = table(0x35a0d3d8, 0x38f895d6, 0x3b14aa05, 0x3ba059dd);

/** The hyperbolic tangent of a float32 `x`. */
export function tanh(x: number, fused: boolean): number {
  if (abs(x) < LINEAR_BELOW) return x;
  if (abs(x) >= 20) return x < 0 ? -1 : 1;
  const clamped = max(-BOUND, min(BOUND, x));
  const x2 = fround(clamped * clamped);
  return fround(fround(horner(NUMERATOR, x2, fused) * clamped) / horner(DENOMINATOR, x2, fused));
}

/** e^x - 1 of a float32 `x`, exact in the first order near 0. */
export function expm1(x: number, fused: boolean): number {
  if (abs(x) > 0.5) return fround(exp(x, fused) - 1);
  const half = x / 2;
  if (abs(half) < 2 ** -126) return x;
  return fround(tanh(half, fused) * fround(exp(x, fused) + 1));
}
