/**
 * float32 exp, and logistic by it, as XLA's CPU backend computes them.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/backends/cpu/codegen/polynomial_approximations.cc` (GenerateVF32Exp, after Cephes
 * expf) and `xla/hlo/transforms/expanders/logistic_expander.cc`.
 */
import { fma } from "../base/index.ts";

const { floor, fround, max, min } = Math;

const word = new Uint32Array(1);
const real = new Float32Array(word.buffer);

const LOWEST = fround(-87.8); // C2AF999A
const HIGHEST = fround(88.8); // 42B1999A
const LOG2_E = fround(Math.LOG2E); // 3FB8AA3B
const LN2_HIGH = 0.693359375; // 3F318000
const LN2_LOW = fround(-0.00021219444); // B95E8083

/** The polynomial, highest power first. */
const P5 = fround(0.00019875691); // 39506967
const P4 = fround(0.0013981999); // 3AB743CE
const P3 = fround(0.008333452); // 3C088908
const P2 = fround(0.041665796); // 3D2AA9C1
const P1 = fround(0.16666666); // 3E2AAAAA
const P0 = 0.5;

/** e^x of a float32 `x`: 2^n times a polynomial of degree 7 in the rest. */
export function exp(x: number, fused: boolean): number {
  // A NaN stays: min and max return it.
  const clamped = max(LOWEST, min(HIGHEST, x));
  const n = max(-127, min(127, floor(fma(clamped, LOG2_E, 0.5, fused))));
  let r = fma(-LN2_HIGH, n, clamped, fused);
  r = fma(-LN2_LOW, n, r, fused);
  let p: number;
  if (fused) {
    p = fround(P5 * r + P4);
    p = fround(p * r + P3);
    p = fround(p * r + P2);
    p = fround(p * r + P1);
    p = fround(p * r + P0);
  } else {
    p = fround(fround(P5 * r) + P4);
    p = fround(fround(p * r) + P3);
    p = fround(fround(p * r) + P2);
    p = fround(fround(p * r) + P1);
    p = fround(fround(p * r) + P0);
  }
  const z = fround(fma(p, fround(r * r), r, fused) + 1);
  // 2^n. For n = -127 the word is 0, as in XLA.
  word[0] = (n + 127) << 23;
  return fround(z * real[0]!);
}

/** 1 / (1 + e^-x). */
export function logistic(x: number, fused: boolean): number {
  return fround(1 / fround(exp(-x, fused) + 1));
}
