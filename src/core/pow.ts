/**
 * float32 pow, our own, because XLA calls the host's C library, whose bits differ from host to host. Computed in double
 * precision with `+ - * /` only, which have the same bits on every host, and rounded to float32 once: off by less than
 * 0.501 ulp. Zeros, infinities and NaN as in C99 (Annex F.9.4.4); subnormals count as zeros.
 */
import { flush } from "../base/index.ts";

const { abs, floor, fround, LN2, max, min } = Math;

const word = new Uint32Array(1);
const real = new Float32Array(word.buffer);

const SQRT_HALF = fround(0.70710677); // 3F3504F3
const TWO_OVER_LN2 = 2.8853900817779268; // 40071547652B82FE

/**
 * log2 of a float32 x >= 0 that is not subnormal, in double precision, by the series of artanh((m - 1) / (m + 1)), |.|
 * < 0.172.
 */
function log2(x: number): number {
  if (x === 0) return -Infinity;
  if (x === Infinity) return Infinity;
  real[0] = x;
  const bits = word[0]!;
  word[0] = (bits & 0x007fffff) | 0x3f000000;
  const low = real[0]! < SQRT_HALF;
  const m = low ? real[0]! * 2 : real[0]!;
  const e = (bits >>> 23) - (low ? 127 : 126);
  const s = (m - 1) / (m + 1);
  const s2 = s * s;
  let p = 1 / 19;
  p = p * s2 + 1 / 17;
  p = p * s2 + 1 / 15;
  p = p * s2 + 1 / 13;
  p = p * s2 + 1 / 11;
  p = p * s2 + 1 / 9;
  p = p * s2 + 1 / 7;
  p = p * s2 + 1 / 5;
  p = p * s2 + 1 / 3;
  p = p * s2 + 1;
  return e + s * p * TWO_OVER_LN2;
}

/** 2^t as a float32: 2^n times the Taylor series in the rest. Results below the normal numbers are 0. */
function exp2(t: number): number {
  const clamped = max(-160, min(160, t));
  const n = floor(clamped + 0.5);
  const g = (clamped - n) * LN2;
  let p = 1 / 39916800;
  p = p * g + 1 / 3628800;
  p = p * g + 1 / 362880;
  p = p * g + 1 / 40320;
  p = p * g + 1 / 5040;
  p = p * g + 1 / 720;
  p = p * g + 1 / 120;
  p = p * g + 1 / 24;
  p = p * g + 1 / 6;
  p = p * g + 1 / 2;
  p = p * g + 1;
  p = p * g + 1;
  // 2^n in two factors, each a normal float32.
  const half = n >> 1;
  return flush(fround(p * powerOf2(half) * powerOf2(n - half)));
}

/** 2^n for an integer n of a normal float32. */
function powerOf2(n: number): number {
  word[0] = (n + 127) << 23;
  return real[0]!;
}

/** x to the power y, of float32 values that are not subnormal. */
function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x !== x || y !== y) return NaN;
  const whole = floor(y) === y;
  if (x < 0 && x !== -Infinity && !whole) return NaN;
  const odd = whole && y - 2 * floor(y / 2) === 1;
  const magnitude = abs(x) === 1 ? 1 : exp2(y * log2(abs(x)));
  // 1 / x distinguishes -0 from 0.
  return odd && (x < 0 || 1 / x === -Infinity) ? -magnitude : magnitude;
}

export function powF32(x: Float32Array, y: Float32Array, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = pow(flush(x[i]!), flush(y[i]!));
}
