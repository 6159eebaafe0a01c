/**
 * exp, log and atan in double precision, with `+ - * /` and square roots only, of which every host gives the same bits.
 * The relative error is below 2^-40, so that a float32 result rounded from them is off by less than 0.501 ulp.
 */
const { LN2, SQRT2, abs, floor, sqrt } = Math;

const word = new Uint32Array(1);
const real = new Float32Array(word.buffer);

/** ln 2 in two parts, the first of 32 bits, so that its products with small integers are exact. */
const LN2_HIGH = 0.6931471803691238; // 3FE62E42FEE00000
const LN2_LOW = 1.9082149292705877e-10; // 3DEA39EF35793C76
export const HALF_PI = 1.5707963267948966; // 3FF921FB54442D18

/** 2^n for an integer n of a normal float32. */
function powerOf2(n: number): number {
  word[0] = (n + 127) << 23;
  return real[0]!;
}

/** e^x for |x| at most 170: 2^n times the Taylor series in the rest. */
export function exp(x: number): number {
  const n = floor(x / LN2 + 0.5);
  const r = x - n * LN2_HIGH - n * LN2_LOW;
  let p = 1 / 6227020800;
  p = p * r + 1 / 479001600;
  p = p * r + 1 / 39916800;
  p = p * r + 1 / 3628800;
  p = p * r + 1 / 362880;
  p = p * r + 1 / 40320;
  p = p * r + 1 / 5040;
  p = p * r + 1 / 720;
  p = p * r + 1 / 120;
  p = p * r + 1 / 24;
  p = p * r + 1 / 6;
  p = p * r + 1 / 2;
  p = p * r + 1;
  p = p * r + 1;
  // 2^n in two factors, each a normal float32.
  const half = n >> 1;
  return p * powerOf2(half) * powerOf2(n - half);
}

/** The natural logarithm of x, in the range of normal float32 numbers: the series of artanh((m - 1) / (m + 1)). */
export function log(x: number): number {
  real[0] = x;
  let e = (word[0]! >>> 23) - 127;
  let m = x / powerOf2(e);
  if (m > SQRT2) {
    m /= 2;
    e += 1;
  }
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
  return e * LN2 + 2 * s * p;
}

/** The arc tangent of x, infinities included: twice halved, then its Taylor series, |.| < 0.2. */
export function atan(x: number): number {
  if (x === 0) return x;
  const a = abs(x);
  const angle = a > 1 ? HALF_PI - atanOfFraction(1 / a) : atanOfFraction(a);
  return x < 0 ? -angle : angle;
}

function atanOfFraction(a: number): number {
  const b = a / (1 + sqrt(1 + a * a));
  const c = b / (1 + sqrt(1 + b * b));
  const c2 = c * c;
  let p = 1 / 25;
  p = 1 / 23 - p * c2;
  p = 1 / 21 - p * c2;
  p = 1 / 19 - p * c2;
  p = 1 / 17 - p * c2;
  p = 1 / 15 - p * c2;
  p = 1 / 13 - p * c2;
  p = 1 / 11 - p * c2;
  p = 1 / 9 - p * c2;
  p = 1 / 7 - p * c2;
  p = 1 / 5 - p * c2;
  p = 1 / 3 - p * c2;
  p = 1 - p * c2;
  return 4 * c * p;
}
