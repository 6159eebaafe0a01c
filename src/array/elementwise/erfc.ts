import { kernels } from "../../backend.ts";
import { config, flush, fma } from "../../base/index.ts";

const { abs, fround } = Math;

function table(...coefficients: number[]): Float32Array {
  return Float32Array.from(coefficients);
}

/** erf(x) / x in x^2, up to 1. */
const NEAR = table(7.853861353153693e-5, -8.010193625184903e-4, 5.188327685732524e-3, -2.685381193529856e-2, 1.12835851486141e-1, -3.7612625824233e-1, 1.12837916572671);
/** erfc(x) * e^(x^2) * x in 1 / x^2, from 1 to 2. */
const MIDDLE = table(2.326819970068386e-2, -1.387039388740657e-1, 3.687424674597105e-1, -5.824733027278666e-1, 6.210004621745983e-1, -4.944515323274145e-1, 3.404879937665872e-1, -2.741127028184656e-1, 5.638259427386472e-1);
/** The same from 2 on. */
const FAR = table(-1.047766399936249e1, 1.297719955372516e1, -7.495518717768503, 2.921019019210786, -1.0152652792027, 4.218463358204948e-1, -2.820767439740514e-1, 5.641895067754075e-1);

function polynomial(coefficients: Float32Array, x: number, fused: boolean): number {
  let p = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) p = fma(p, x, coefficients[i]!, fused);
  return p;
}

/**
 * erfc of each element of `x` into `out`, which may be `x`.
 *
 * Source: `chlo.erfc` at jaxlib 0.10.2 (after Cephes ndtrf).
 */
export function erfcInto(x: Float32Array, out: Float32Array): void {
  const fused = config.profile === "fma";
  const z = new Float32Array(x.length);
  for (let i = 0; i < x.length; i++) z[i] = flush(fround(-x[i]! * x[i]!));
  kernels().unaryF32("exp", z, z, fused);
  for (let i = 0; i < x.length; i++) out[i] = erfc(x[i]!, z[i]!, fused);
}

function erfc(x: number, z: number, fused: boolean): number {
  const size = abs(x);
  if (size < 1) {
    const near = polynomial(NEAR, flush(fround(x * x)), fused);
    return fma(-x, near, 1, fused);
  }
  const q = flush(fround(1 / size));
  const y = flush(fround(1 / fround(x * x)));
  const p = polynomial(size < 2 ? MIDDLE : FAR, y, fused);
  const far = flush(fround(flush(fround(z * q)) * p));
  const result = x === x && fround(x * x) > 88.72283905206835 ? 0 : far;
  return x < 0 ? fround(2 - result) : result;
}
