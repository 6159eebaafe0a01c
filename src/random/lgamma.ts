import { fma } from "../base/index.ts";
import { fused } from "./draw.ts";
import { unaryOf } from "./elementary.ts";

const { fround } = Math;

/** Lanczos' approximation with g = 7 and 9 terms. */
const BASE = fround(0.9999999999998099);
const TERMS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
].map(fround);
const HALF_LOG_2PI = fround(0.9189385332046727);
const LOG_7_5 = fround(2.0149030205422647);
const SEVENTH_AND_HALF = fround(1 / 7.5);

/**
 * The logarithm of the gamma function of a float32 `x` of at least 1/2.
 *
 * Source: `chlo.lgamma` as jaxlib 0.10.2 expands it
 */
export function lgamma(x: number): number {
  const one = fused();
  const z = fround(x - 1);
  let sum = BASE;
  for (let i = 0; i < TERMS.length; i++) sum = fround(sum + fround(TERMS[i]! / fround(z + (i + 1))));
  const t = fround(7.5 + z);
  const logT = fround(LOG_7_5 + unaryOf("log1p", fround(z * SEVENTH_AND_HALF)));
  const factor = fround(fround(z + 0.5) - fround(t / logT));
  return fround(fma(factor, logT, HALF_LOG_2PI, one) + unaryOf("log", sum));
}
