const { abs, fround } = Math;

/** From this magnitude on the result is 1: 407547CB. */
const ONE_FROM = fround(3.832507);

/** The magnitude whose denominator is just above the middle of two floats: 39B57AAD. Rounding twice rounds it down. */
const TWICE_ROUNDED = fround(0.00034614411);

/** The numerator in x^2, to be multiplied by x, and the denominator in x^2; highest power first. */
const N4 = fround(0.00022905065); // 39702D51
const N3 = fround(0.003408291); // 3B5F5DA2
const N2 = fround(0.050955694); // 3D50B6EB
const N1 = fround(0.18520832); // 3E3DA740
const N0 = fround(1.1283791); // 3F906EBA
const D6 = fround(-1.1791603e-7); // B3FD3906
const D5 = fround(2.3547966e-5); // 37C588DF
const D4 = fround(0.0010179626); // 3A856D28
const D3 = fround(0.01407047); // 3C6687D4
const D2 = fround(0.11098505); // 3DE34C21
const D1 = fround(0.49746925); // 3EFEB44A
const D0 = 1;

/**
 * The error function of a float32 `x`. XLA asks for its multiply-adds by name, so that they are fused in both profiles.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/codegen/intrinsic/erf.cc` (after Eigen).
 */
export function erf(x: number): number {
  if (abs(x) >= ONE_FROM) return x < 0 ? -1 : 1;
  const x2 = fround(x * x);
  let d = fround(D6 * x2 + D5);
  d = fround(d * x2 + D4);
  let n = fround(N4 * x2 + N3);
  d = fround(d * x2 + D3);
  n = fround(n * x2 + N2);
  d = fround(d * x2 + D2);
  n = fround(n * x2 + N1);
  d = fround(d * x2 + D1);
  n = fround(n * x2 + N0);
  d = abs(x) === TWICE_ROUNDED ? 1.0000001192092896 : fround(d * x2 + D0);
  return fround(fround(n * x) / d);
}
