/**
 * float32 sin, cos and tan, our own, because XLA calls the host's C library, whose bits differ from host to host.
 * Computed in double precision with `+ - * /` only, which have the same bits on every host, and rounded to float32 once
 * at the end: off by less than 0.501 ulp for every float32 argument.
 */

const { abs, floor, fround } = Math;

const word = new Uint32Array(1);
const real = new Float32Array(word.buffer);

const TWO_OVER_PI = 0.6366197723675814; // 3FE45F306DC9C883
const HALF_PI = 1.5707963267948966; // 3FF921FB54442D18
/** pi / 2 in two parts, the first of 25 bits, so that its products with integers below 2^28 are exact. */
const HALF_PI_HIGH = 1.5707963109016418; // 3FF921FB50000000
const HALF_PI_LOW = 1.5893254773528196e-8; // 3E5110B4611A6263

/** The first 216 bits of 2 / pi, 24 an element. */
const TWO_OVER_PI_BITS = [0xa2f983, 0x6e4e44, 0x1529fc, 0x2757d1, 0xf534dd, 0xc0db62, 0x95993c, 0x439041, 0xfe5163];

/** From here on the product with HALF_PI_LOW would lose bits that the smallest remainders need. */
const LARGE = 65536;

/** The multiple of pi / 2 that `reduce` subtracted, mod 4: a second result without an allocation. */
let quadrant = 0;

/**
 * x minus the nearest multiple of pi / 2, of a finite float32 `x`, to 40 bits or more; sets `quadrant`.
 *
 * Source: Cody and Waite, "Software Manual for the Elementary Functions" (1980).
 */
function reduce(x: number): number {
  if (abs(x) >= LARGE) return reduceLarge(x);
  const n = floor(x * TWO_OVER_PI + 0.5);
  quadrant = n & 3;
  return x - n * HALF_PI_HIGH - n * HALF_PI_LOW;
}

/**
 * `reduce` for |x| >= 2^16: the product of x's 24 bits with those bits of 2 / pi whose products are below 4, piece by
 * piece. What lies above are whole turns. Every piece is exact, and so is the sum as far as it matters.
 *
 * Source: Payne and Hanek, "Radian reduction for trigonometric functions" (SIGNUM Newsletter 18, 1983).
 */
function reduceLarge(x: number): number {
  real[0] = abs(x);
  const exponent = (word[0]! >>> 23) - 150;
  const mantissa = (word[0]! & 0x007fffff) | 0x00800000;
  // The first piece of 2 / pi whose last bit, times x's, is worth less than 4.
  let first = 0;
  let scale = exponent - 24;
  while (scale >= 2) {
    first++;
    scale -= 24;
  }
  let unit = powerOf2(scale);
  let turns = mantissa * TWO_OVER_PI_BITS[first]! * unit;
  turns -= 4 * floor(turns / 4);
  unit *= 2 ** -24;
  let p1 = mantissa * TWO_OVER_PI_BITS[first + 1]! * unit;
  p1 -= 4 * floor(p1 / 4);
  unit *= 2 ** -24;
  const p2 = mantissa * TWO_OVER_PI_BITS[first + 2]! * unit;
  unit *= 2 ** -24;
  const p3 = mantissa * TWO_OVER_PI_BITS[first + 3]! * unit;
  const p4 = mantissa * TWO_OVER_PI_BITS[first + 4]! * (unit * 2 ** -24);
  const n = floor(turns + p1 + p2 + 0.5);
  const r = (turns - n + p1 + p2 + p3 + p4) * HALF_PI;
  quadrant = (x < 0 ? -n : n) & 3;
  return x < 0 ? -r : r;
}

/** 2^n for an integer n of a normal float32. */
function powerOf2(n: number): number {
  word[0] = (n + 127) << 23;
  return real[0]!;
}

/** sin(r) for |r| <= pi / 4 by its Taylor series; the terms left out are below 2^-36 of it. */
function sinSeries(r: number): number {
  const r2 = r * r;
  return r * (1 + r2 * (-1 / 6 + r2 * (1 / 120 + r2 * (-1 / 5040 + r2 * (1 / 362880 - r2 * (1 / 39916800))))));
}

/** cos(r) for |r| <= pi / 4 by its Taylor series; the terms left out are below 2^-40 of it. */
function cosSeries(r: number): number {
  const r2 = r * r;
  return (
    1 + r2 * (-1 / 2 + r2 * (1 / 24 + r2 * (-1 / 720 + r2 * (1 / 40320 + r2 * (-1 / 3628800 + r2 * (1 / 479001600))))))
  );
}

/** The sine of a float32 `x` in radians; NaN of an infinity. */
export function sin(x: number): number {
  if (!(abs(x) < Infinity)) return NaN;
  const r = reduce(x);
  const magnitude = (quadrant & 1) === 0 ? sinSeries(r) : cosSeries(r);
  return fround((quadrant & 2) === 0 ? magnitude : -magnitude);
}

/** The cosine of a float32 `x` in radians; NaN of an infinity. */
export function cos(x: number): number {
  if (!(abs(x) < Infinity)) return NaN;
  const r = reduce(x);
  const magnitude = (quadrant & 1) === 0 ? cosSeries(r) : sinSeries(r);
  return fround(((quadrant + 1) & 2) === 0 ? magnitude : -magnitude);
}

/** The tangent of a float32 `x` in radians; NaN of an infinity. */
export function tan(x: number): number {
  if (!(abs(x) < Infinity)) return NaN;
  const r = reduce(x);
  return fround((quadrant & 1) === 0 ? sinSeries(r) / cosSeries(r) : -cosSeries(r) / sinSeries(r));
}
