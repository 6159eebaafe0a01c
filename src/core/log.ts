/**
 * float32 log and log1p as XLA's CPU backend computes them.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/backends/cpu/codegen/polynomial_approximations.cc` (GenerateVF32Log, after
 * Cephes logf) and `xla/codegen/intrinsic/log1p.cc`.
 */
import { fma } from "../base/index.ts";
import { horner, table } from "./horner.ts";

const { fround } = Math;

const word = new Uint32Array(1);
const real = new Float32Array(word.buffer);

const SMALLEST_NORMAL = 2 ** -126;
const SQRT_HALF = fround(0.70710677); // 3F3504F3
const LN2_HIGH = 0.693359375; // 3F318000
const LN2_LOW = fround(-0.00021219444); // B95E8083

/** The mantissa's polynomial of degree 8 in three parts of degree 2, each highest power first. */
const HIGH = table(0x3d9021bb, 0xbdebd1b8, 0x3def251a); // 0.070376836 -0.1151461 0.116769984
const MIDDLE = table(0xbdfe5d4f, 0x3e11e9bf, 0xbe2aae50); // -0.12420141 0.14249323 -0.16668057
const LOW = table(0x3e4cceac, 0xbe7ffffc, 0x3eaaaaaa); // 0.20000714 -0.24999994 0.3333333

/** log(x) of a float32 `x`. Subnormals count as 0, as in XLA's kernels: log(0) = -Infinity; x < 0 or NaN gives NaN. */
export function log(x: number, fused: boolean): number {
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
  let y = fma(horner(HIGH, t, fused), t3, horner(MIDDLE, t, fused), fused);
  y = fma(y, t3, horner(LOW, t, fused), fused);
  y = fma(y, t3, fround(e * LN2_LOW), fused);
  // Half of t2 and e * LN2_HIGH, of at most 7 bits with 9, are exact: these sums are rounded once in both profiles.
  const s = fround(fround(-0.5 * t2 + t) + y);
  return fround(e * LN2_HIGH + s);
}

/** Below this magnitude log1p has a rational approximation of its own: sqrt(2) - 1, 3ED413CD. */
const RATIONAL_BELOW = fround(0.41421357);

/** 4.527e-5 0.49854103 6.5787325 29.911919 60.94967 57.112965 20.039553 */
const NUMERATOR = table(0x383de04b, 0x3eff40c5, 0x40d284fa, 0x41ef4b9c, 0x4273cc76, 0x426473ad, 0x41a05101);
/** 1 15.062909 83.04757 221.7624 309.09872 216.42789 60.11866 */
const DENOMINATOR = table(0x3f800000, 0x417101ad, 0x42a6185b, 0x435dc32d, 0x439a8ca3, 0x43586d8a, 0x42707982);

/** log(1 + x) of a float32 `x`; x = -1 gives -Infinity, below it or NaN gives NaN. */
export function log1p(x: number, fused: boolean): number {
  if (!(Math.abs(x) < RATIONAL_BELOW)) return log(fround(x + 1), fused);
  const r = fround(horner(NUMERATOR, x, fused) / horner(DENOMINATOR, x, fused));
  const x2 = fround(x * x);
  const z = fround(fround(x * x2) * r);
  return fround(x + fround(-0.5 * x2 + z));
}
