import { flush, fma } from "../base/index.ts";
import { exp } from "./exp.ts";

const { abs, fround } = Math;

function table(...coefficients: number[]): Float32Array {
  return Float32Array.from(coefficients);
}

/** erf(x) / x in x^2, up to 1. */
const NEAR = table(7.8538614e-5, -8.0101936e-4, 5.1883277e-3, -0.026853812, 0.112835851, -0.37612626, 1.128379166);
/** erfc(x) * e^(x^2) * x in 1 / x^2, from 1 to 2. */
const MIDDLE = table(
  0.0232682,
  -0.13870394,
  0.36874247,
  -0.5824733,
  0.62100046,
  -0.49445153,
  0.340488,
  -0.2741127,
  0.56382594,
);
/** Like `MIDDLE`, from 2 on. */
const FAR = table(-10.477664, 12.9772, -7.4955187, 2.921019, -1.01526528, 0.42184634, -0.28207674, 0.5641895);

function polynomial(coefficients: Float32Array, x: number, fused: boolean): number {
  let p = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) p = fma(p, x, coefficients[i]!, fused);
  return p;
}

/**
 * erfc of a float32 that is not subnormal. The source returns 0 from |x| = 9.42 on, where e^(-x^2) is 0 anyway.
 *
 * Source: `chlo.erfc` at jaxlib 0.10.2 (after Cephes ndtrf).
 */
export function erfc(x: number, fused: boolean): number {
  const size = abs(x);
  const square = fround(x * x);
  if (size < 1) return fma(-x, polynomial(NEAR, flush(square), fused), 1, fused);
  const z = flush(exp(-square, fused));
  const q = flush(fround(1 / size));
  const y = flush(fround(1 / square));
  const p = polynomial(size < 2 ? MIDDLE : FAR, y, fused);
  const far = flush(fround(flush(fround(z * q)) * p));
  return x < 0 ? fround(2 - far) : far;
}
