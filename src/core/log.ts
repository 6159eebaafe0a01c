/**
 * float32 log and log1p as XLA's CPU backend computes them, profile `fma`.
 *
 * `fround(a * b + c)` is the fused multiply-add: the product of two float32 values is exact in double precision, and
 * the one double rounding that could be left over never differs from a true FMA in these functions.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/backends/cpu/codegen/polynomial_approximations.cc` (GenerateVF32Log, after
 * Cephes logf) and `xla/codegen/intrinsic/log1p.cc`.
 */

const { fround } = Math;

const word = new Uint32Array(1);
const real = new Float32Array(word.buffer);

const SMALLEST_NORMAL = 2 ** -126;
const SQRT_HALF = fround(0.70710677); // 3F3504F3
const LN2_HIGH = 0.693359375; // 3F318000
const LN2_LOW = fround(-0.00021219444); // B95E8083

// The mantissa's polynomial, highest power first: 3D9021BB BDEBD1B8 3DEF251A BDFE5D4F 3E11E9BF BE2AAE50 3E4CCEAC BE7FFFFC 3EAAAAAA
const P0 = fround(0.070376836);
const P1 = fround(-0.1151461);
const P2 = fround(0.116769984);
const P3 = fround(-0.12420141);
const P4 = fround(0.14249323);
const P5 = fround(-0.16668057);
const P6 = fround(0.20000714);
const P7 = fround(-0.24999994);
const P8 = fround(0.3333333);

/** log(x) of a float32 `x`. Subnormals count as 0, as in XLA's kernels: log(0) = -Infinity; x < 0 or NaN gives NaN. */
export function log(x: number): number {
  if (!(x >= SMALLEST_NORMAL)) return x > -SMALLEST_NORMAL ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  real[0] = x;
  const bits = word[0]!;
  word[0] = (bits & 0x007fffff) | 0x3f000000;
  const m = real[0]!;
  const low = m < SQRT_HALF;
  const e = (bits >>> 23) - (low ? 127 : 126);
  const t = low ? fround(m - 1 + m) : m - 1;

  const t2 = fround(t * t);
  const t3 = fround(t2 * t);
  let y = fround(fround(t * P0 + P1) * t + P2);
  const y1 = fround(fround(t * P3 + P4) * t + P5);
  const y2 = fround(fround(t * P6 + P7) * t + P8);
  y = fround(y * t3 + y1);
  y = fround(y * t3 + y2);
  y = fround(y * t3 + fround(e * LN2_LOW));
  const s = fround(fround(-0.5 * t2 + t) + y);
  return fround(e * LN2_HIGH + s);
}

/** Below this magnitude log1p has a rational approximation of its own: sqrt(2) - 1, 3ED413CD. */
const RATIONAL_BELOW = fround(0.41421357);

// Highest power first: 383DE04B 3EFF40C5 40D284FA 41EF4B9C 4273CC76 426473AD 41A05101
const N0 = fround(4.527e-5);
const N1 = fround(0.49854103);
const N2 = fround(6.5787325);
const N3 = fround(29.911919);
const N4 = fround(60.94967);
const N5 = fround(57.112965);
const N6 = fround(20.039553);
// 1, then 417101AD 42A6185B 435DC32D 439A8CA3 43586D8A 42707982
const D1 = fround(15.062909);
const D2 = fround(83.04757);
const D3 = fround(221.7624);
const D4 = fround(309.09872);
const D5 = fround(216.42789);
const D6 = fround(60.11866);

/** log(1 + x) of a float32 `x`; x = -1 gives -Infinity, below it or NaN gives NaN. */
export function log1p(x: number): number {
  if (!(Math.abs(x) < RATIONAL_BELOW)) return log(fround(x + 1));
  let n = fround(N0 * x + N1);
  n = fround(n * x + N2);
  n = fround(n * x + N3);
  n = fround(n * x + N4);
  n = fround(n * x + N5);
  n = fround(n * x + N6);
  let d = fround(x + D1);
  d = fround(d * x + D2);
  d = fround(d * x + D3);
  d = fround(d * x + D4);
  d = fround(d * x + D5);
  d = fround(d * x + D6);
  const x2 = fround(x * x);
  const z = fround(fround(x * x2) * fround(n / d));
  return fround(x + fround(-0.5 * x2 + z));
}
