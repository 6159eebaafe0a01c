/**
 * float32 sin, cos and tan, our own, because XLA calls the host's C library, whose bits differ from host to host.
 * Computed in double precision with `+ - * /` only and rounded to float32 once at the end: off by less than 0.501 ulp
 * everywhere. `x` is a float32 value; an infinity gives NaN.
 */

/** The first 216 bits of 2 / pi, 24 an element. */
const twoOverPiBits: usize = memory.data<u32>([
  0xa2f983, 0x6e4e44, 0x1529fc, 0x2757d1, 0xf534dd, 0xc0db62, 0x95993c, 0x439041, 0xfe5163,
]);

/** The multiple of pi / 2 that `reduce` subtracted, mod 4. */
let quadrant: i32 = 0;

/**
 * x minus the nearest multiple of pi / 2, of a finite float32 x, to 40 bits or more; sets `quadrant`.
 *
 * Source: Cody and Waite, "Software Manual for the Elementary Functions" (1980).
 */
function reduce(x: f64): f64 {
  if (abs(x) >= 65536) return reduceLarge(x);
  const n = floor(x * 0.6366197723675814 + 0.5); // 2 / pi 3FE45F306DC9C883
  quadrant = (<i32>n) & 3;
  // pi / 2 in two parts, the first of 25 bits: 3FF921FB50000000 3E5110B4611A6263
  return x - n * 1.5707963109016418 - n * 1.5893254773528196e-8;
}

/** A piece of the product of x's 24 bits with those of 2 / pi. */
// @ts-ignore: decorator
@inline
function piece(mantissa: f64, ptr: usize, offset: usize, unit: f64): f64 {
  return mantissa * <f64>load<u32>(ptr + offset) * unit;
}

/**
 * `reduce` for |x| >= 2^16: the product of x's 24 bits with those bits of 2 / pi that reach below 4, piece by piece.
 *
 * Source: Payne and Hanek, "Radian reduction for trigonometric functions" (SIGNUM Newsletter 18, 1983).
 */
function reduceLarge(x: f64): f64 {
  const bits = reinterpret<u32>(<f32>abs(x));
  const mantissa = <f64>((bits & 0x007fffff) | 0x00800000);
  let scale = <i32>(bits >>> 23) - 150 - 24;
  let ptr = twoOverPiBits;
  while (scale >= 2) {
    ptr += 4;
    scale -= 24;
  }
  const unit = reinterpret<f64>((<u64>(scale + 1023)) << 52);
  const step: f64 = 5.960464477539063e-8; // 2^-24
  let turns = piece(mantissa, ptr, 0, unit);
  turns -= 4 * floor(turns / 4);
  let p1 = piece(mantissa, ptr, 4, unit * step);
  p1 -= 4 * floor(p1 / 4);
  const p2 = piece(mantissa, ptr, 8, unit * step * step);
  const p3 = piece(mantissa, ptr, 12, unit * step * step * step);
  const p4 = piece(mantissa, ptr, 16, unit * step * step * step * step);
  const n = floor(turns + p1 + p2 + 0.5);
  const r = (turns - n + p1 + p2 + p3 + p4) * 1.5707963267948966; // pi / 2 3FF921FB54442D18
  quadrant = (<i32>(x < 0 ? -n : n)) & 3;
  return x < 0 ? -r : r;
}

/** sin(r) for |r| <= pi / 4 by its Taylor series. */
function sinSeries(r: f64): f64 {
  const r2 = r * r;
  return (
    r * (1 + r2 * (-1.0 / 6 + r2 * (1.0 / 120 + r2 * (-1.0 / 5040 + r2 * (1.0 / 362880 - r2 * (1.0 / 39916800))))))
  );
}

/** cos(r) for |r| <= pi / 4 by its Taylor series. */
function cosSeries(r: f64): f64 {
  const r2 = r * r;
  return (
    1 +
    r2 *
      (-1.0 / 2 +
        r2 * (1.0 / 24 + r2 * (-1.0 / 720 + r2 * (1.0 / 40320 + r2 * (-1.0 / 3628800 + r2 * (1.0 / 479001600))))))
  );
}

export function sin(x: f64): f64 {
  if (!(abs(x) < Infinity)) return NaN;
  const r = reduce(x);
  const y = quadrant & 1 ? cosSeries(r) : sinSeries(r);
  return quadrant & 2 ? -y : y;
}

export function cos(x: f64): f64 {
  if (!(abs(x) < Infinity)) return NaN;
  const r = reduce(x);
  const y = quadrant & 1 ? sinSeries(r) : cosSeries(r);
  return (quadrant + 1) & 2 ? -y : y;
}

export function tan(x: f64): f64 {
  if (!(abs(x) < Infinity)) return NaN;
  const r = reduce(x);
  const sine = sinSeries(r);
  const cosine = cosSeries(r);
  return quadrant & 1 ? -cosine / sine : sine / cosine;
}
