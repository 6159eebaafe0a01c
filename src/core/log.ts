/**
 * float32 log and log1p as XLA's CPU backend computes them.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/backends/cpu/codegen/polynomial_approximations.cc` (GenerateVF32Log, after
 * Cephes logf) and `xla/codegen/intrinsic/log1p.cc`.
 */

const { fround } = Math;

const word = new Int32Array(1);
const real = new Float32Array(word.buffer);

const SMALLEST_NORMAL = 2 ** -126;
/** The bits of sqrt(1/2), 0.70710677: mantissas are from there up to sqrt(2). The next power of two is 2^23 further. */
const SQRT_HALF = 0x3f3504f3;
const LN2_HIGH = 0.693359375; // 3F318000
const LN2_LOW = fround(-0.00021219444); // B95E8083

/** The mantissa's polynomial of degree 8, highest power first. */
const L8 = fround(0.070376836); // 3D9021BB
const L7 = fround(-0.1151461); // BDEBD1B8
const L6 = fround(0.116769984); // 3DEF251A
const L5 = fround(-0.12420141); // BDFE5D4F
const L4 = fround(0.14249323); // 3E11E9BF
const L3 = fround(-0.16668057); // BE2AAE50
const L2 = fround(0.20000714); // 3E4CCEAC
const L1 = fround(-0.24999994); // BE7FFFFC
const L0 = fround(0.3333333); // 3EAAAAAA

/** log(x) of a float32 `x`. Subnormals count as 0, as in XLA's kernels: log(0) = -Infinity; x < 0 or NaN gives NaN. */
export function log(x: number, fused: boolean): number {
  return fused ? fusedLog(x) : splitLog(x);
}

// A function for each profile, with its polynomial written out, is short enough for V8 to inline. A call would return
// its number in a heap object; a loop over a table of coefficients takes twice the time.

export function fusedLog(x: number): number {
  if (!(x >= SMALLEST_NORMAL && x < Infinity)) return logOfEdge(x);
  // x = (1 + t) * 2^e without a branch, which would be mispredicted every other time.
  real[0] = x;
  const e = (word[0]! - SQRT_HALF) >> 23;
  word[0] = word[0]! - (e << 23);
  const t = real[0]! - 1;
  const t2 = fround(t * t);
  const t3 = fround(t2 * t);
  // In three parts of degree 2.
  let y = fround(fround(L8 * t + L7) * t + L6);
  y = fround(y * t3 + fround(fround(L5 * t + L4) * t + L3));
  y = fround(y * t3 + fround(fround(L2 * t + L1) * t + L0));
  y = fround(y * t3 + fround(e * LN2_LOW));
  // Half of t2 and e * LN2_HIGH, of at most 7 bits with 9, are exact: these sums are rounded once in both profiles.
  const s = fround(fround(-0.5 * t2 + t) + y);
  return fround(e * LN2_HIGH + s);
}

/** Like `fusedLog`, each product rounded. */
export function splitLog(x: number): number {
  if (!(x >= SMALLEST_NORMAL && x < Infinity)) return logOfEdge(x);
  real[0] = x;
  const e = (word[0]! - SQRT_HALF) >> 23;
  word[0] = word[0]! - (e << 23);
  const t = real[0]! - 1;
  const t2 = fround(t * t);
  const t3 = fround(t2 * t);
  let y = fround(fround(fround(fround(L8 * t) + L7) * t) + L6);
  y = fround(fround(y * t3) + fround(fround(fround(fround(L5 * t) + L4) * t) + L3));
  y = fround(fround(y * t3) + fround(fround(fround(fround(L2 * t) + L1) * t) + L0));
  y = fround(fround(y * t3) + fround(e * LN2_LOW));
  const s = fround(fround(-0.5 * t2 + t) + y);
  return fround(e * LN2_HIGH + s);
}

/** log(x) of an x that is not positive, finite and normal. */
function logOfEdge(x: number): number {
  if (x === Infinity) return Infinity;
  return x > -SMALLEST_NORMAL && x < SMALLEST_NORMAL ? -Infinity : NaN;
}

/** Below this magnitude log1p has a rational approximation of its own: sqrt(2) - 1, 3ED413CD. */
export const RATIONAL_BELOW = fround(0.41421357);

/** Its numerator, of degree 6, and its denominator x^6 + D5 x^5 + ... + D0. */
const N6 = fround(4.527e-5); // 383DE04B
const N5 = fround(0.49854103); // 3EFF40C5
const N4 = fround(6.5787325); // 40D284FA
const N3 = fround(29.911919); // 41EF4B9C
const N2 = fround(60.94967); // 4273CC76
const N1 = fround(57.112965); // 426473AD
const N0 = fround(20.039553); // 41A05101
const D5 = fround(15.062909); // 417101AD
const D4 = fround(83.04757); // 42A6185B
const D3 = fround(221.7624); // 435DC32D
const D2 = fround(309.09872); // 439A8CA3
const D1 = fround(216.42789); // 43586D8A
const D0 = fround(60.11866); // 42707982

/** log(1 + x) of a float32 `x`; x = -1 gives -Infinity, below it or NaN gives NaN. */
export function log1p(x: number, fused: boolean): number {
  if (!(Math.abs(x) < RATIONAL_BELOW)) return log(fround(x + 1), fused);
  return fused ? fusedRational(x) : splitRational(x);
}

/** log1p of a float32 of a magnitude below `RATIONAL_BELOW`. */
export function fusedRational(x: number): number {
  let n = fround(N6 * x + N5);
  let d = fround(fround(x + D5) * x + D4);
  n = fround(n * x + N4);
  d = fround(d * x + D3);
  n = fround(n * x + N3);
  d = fround(d * x + D2);
  n = fround(n * x + N2);
  d = fround(d * x + D1);
  n = fround(n * x + N1);
  d = fround(d * x + D0);
  n = fround(n * x + N0);
  return log1pFinish(x, n, d);
}

/** Like `fusedRational`, each product rounded. */
export function splitRational(x: number): number {
  let n = fround(fround(N6 * x) + N5);
  let d = fround(fround(fround(x + D5) * x) + D4);
  n = fround(fround(n * x) + N4);
  d = fround(fround(d * x) + D3);
  n = fround(fround(n * x) + N3);
  d = fround(fround(d * x) + D2);
  n = fround(fround(n * x) + N2);
  d = fround(fround(d * x) + D1);
  n = fround(fround(n * x) + N1);
  d = fround(fround(d * x) + D0);
  n = fround(fround(n * x) + N0);
  return log1pFinish(x, n, d);
}

/** x - x^2 / 2 + x^3 n / d. */
function log1pFinish(x: number, n: number, d: number): number {
  const x2 = fround(x * x);
  const z = fround(fround(x * x2) * fround(n / d));
  return fround(x + fround(-0.5 * x2 + z));
}
