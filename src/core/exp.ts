/**
 * float32 exp, and logistic by it, as XLA's CPU backend computes them.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/backends/cpu/codegen/polynomial_approximations.cc` (GenerateVF32Exp, after Cephes
 * expf) and `xla/hlo/transforms/expanders/logistic_expander.cc`.
 */
import { fma } from "../base/index.ts";
import { horner, table } from "./horner.ts";

const { floor, fround, max, min } = Math;

const word = new Uint32Array(1);
const real = new Float32Array(word.buffer);

const LOWEST = fround(-87.8); // C2AF999A
const HIGHEST = fround(88.8); // 42B1999A
const LOG2_E = fround(Math.LOG2E); // 3FB8AA3B
const LN2_HIGH = 0.693359375; // 3F318000
const LN2_LOW = fround(-0.00021219444); // B95E8083

/** 0.00019875691 0.0013981999 0.008333452 0.041665796 0.16666666 0.5 */
const POLYNOMIAL = table(0x39506967, 0x3ab743ce, 0x3c088908, 0x3d2aa9c1, 0x3e2aaaaa, 0x3f000000);

/** e^x of a float32 `x`: 2^n times a polynomial of degree 7 in the rest. */
export function exp(x: number, fused: boolean): number {
  // A NaN passes: min and max return it.
  const clamped = max(LOWEST, min(HIGHEST, x));
  const n = max(-127, min(127, floor(fma(clamped, LOG2_E, 0.5, fused))));
  let r = fma(-LN2_HIGH, n, clamped, fused);
  r = fma(-LN2_LOW, n, r, fused);
  const z = fround(fma(horner(POLYNOMIAL, r, fused), fround(r * r), r, fused) + 1);
  // 2^n: for n = -127 the word is 0, which is how XLA has it.
  word[0] = (n + 127) << 23;
  return fround(z * real[0]!);
}

/** 1 / (1 + e^-x). */
export function logistic(x: number, fused: boolean): number {
  return fround(1 / fround(exp(-x, fused) + 1));
}
