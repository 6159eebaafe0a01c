/**
 * float32 tanh, and expm1 by it, as XLA's CPU backend computes them.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/codegen/intrinsic/tanh.cc` (after Eigen) and `xla/service/elemental_ir_emitter.cc`
 * (EmitExpm1).
 */
import { exp } from "./exp.ts";

const { abs, fround, max, min } = Math;

/** Arguments are clamped to this magnitude, at which the fused approximation reaches 1. */
const BOUND = fround(7.9988117); // 40FFF644
/** Below this magnitude tanh(x) is x. */
const LINEAR_BELOW = fround(0.0004); // 39D1B717

/** The numerator in x^2, to be multiplied by x, and the denominator in x^2; highest power first. */
const N6 = fround(-2.7607684e-16); // A59F25C0
const N5 = fround(2.0001879e-13); // 2A61337E
const N4 = fround(-8.604672e-11); // AEBD37FF
const N3 = fround(5.1222973e-8); // 335C0041
const N2 = fround(1.48572235e-5); // 3779434A
const N1 = fround(0.00063726195); // 3A270DED
const N0 = fround(0.0048935246); // 3BA059DC
const D3 = fround(1.1982584e-6); // 35A0D3D8
const D2 = fround(0.00011853471); // 38F895D6
const D1 = fround(0.0022684347); // 3B14AA05
const D0 = fround(0.004893525); // 3BA059DD

/** The hyperbolic tangent of a float32 `x`. */
export function tanh(x: number, fused: boolean): number {
  if (abs(x) < LINEAR_BELOW) return x;
  if (abs(x) >= 20) return x < 0 ? -1 : 1;
  const clamped = max(-BOUND, min(BOUND, x));
  const x2 = fround(clamped * clamped);
  let n: number;
  let d: number;
  if (fused) {
    n = fround(N6 * x2 + N5);
    n = fround(n * x2 + N4);
    n = fround(n * x2 + N3);
    d = fround(D3 * x2 + D2);
    n = fround(n * x2 + N2);
    d = fround(d * x2 + D1);
    n = fround(n * x2 + N1);
    d = fround(d * x2 + D0);
    n = fround(n * x2 + N0);
  } else {
    n = fround(fround(N6 * x2) + N5);
    n = fround(fround(n * x2) + N4);
    n = fround(fround(n * x2) + N3);
    n = fround(fround(n * x2) + N2);
    n = fround(fround(n * x2) + N1);
    n = fround(fround(n * x2) + N0);
    d = fround(fround(D3 * x2) + D2);
    d = fround(fround(d * x2) + D1);
    d = fround(fround(d * x2) + D0);
  }
  return fround(fround(n * clamped) / d);
}

/** e^x - 1 of a float32 `x`, exact in the first order near 0. */
export function expm1(x: number, fused: boolean): number {
  if (abs(x) > 0.5) return fround(exp(x, fused) - 1);
  const half = x / 2;
  if (abs(half) < 2 ** -126) return x;
  return fround(tanh(half, fused) * fround(exp(x, fused) + 1));
}
