/**
 * float32 sin, cos and tan, our own, because XLA calls the host's C library, whose bits differ from host to host.
 * Computed in double precision with `+ - * /` only and rounded to float32 once at the end: off by less than 0.501 ulp
 * everywhere. `x` is a float32 value; an infinity gives NaN.
 */
import { Unary } from "./opcodes";

/** The first 216 bits of 2 / pi, 24 an element. */
const twoOverPiBits: usize = memory.data<u32>([
  0xa2f983, 0x6e4e44, 0x1529fc, 0x2757d1, 0xf534dd, 0xc0db62, 0x95993c, 0x439041, 0xfe5163,
]);

/**
 * 2 / pi, 1/2, pi / 2 in two parts; the Taylor series of sine and cosine, from the last coefficient; and 1. They are
 * loaded where they are used, because V8 has not as many registers.
 */
const table: usize = memory.data<f64>(
  [
    0.6366197723675814, 0.5, 1.5707963109016418, 1.5893254773528196e-8, -2.505210838544172e-8, 2.7557319223985893e-6,
    -0.0001984126984126984, 0.008333333333333333, -0.16666666666666666, 2.08767569878681e-9, -2.755731922398589e-7,
    2.48015873015873e-5, -0.001388888888888889, 0.041666666666666664, -0.5, 1,
  ],
  16,
);

/** The multiple of pi / 2 that `reduce` subtracted, mod 4. */
let quadrant: i32 = 0;

/**
 * x minus the nearest multiple of pi / 2, of a float32 x, to 40 bits or more; sets `quadrant`. NaN where x is
 * not finite.
 *
 * Source: Cody and Waite, "Software Manual for the Elementary Functions" (1980).
 */
function reduce(x: f64): f64 {
  if (!(abs(x) < Infinity)) return NaN;
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

/**
 * The function `op`, one of sin, cos and tan, of each element in place: `ptr` [n] float32, with room up to an even n.
 */
export function trigonometric(op: Unary, ptr: usize, n: u32): void {
  // What is added to a multiple of pi / 2 leaves its low bits last. cos(x) is sin(x + pi / 2).
  const units = f64x2.splat(op == Unary.cos ? 6755399441055745 : 6755399441055744);
  for (const end = ptr + ((<usize>n) << 2); ptr < end; ptr += 8) {
    const floats = v128.load64_zero(ptr);
    const x = f64x2.promote_low_f32x4(floats);
    let n = f64x2.floor(f64x2.add(f64x2.mul(x, constant(0)), constant(1)));
    let r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, constant(2))), f64x2.mul(n, constant(3)));
    const magnitude = v128.and(floats, i32x4.splat(0x7fffffff));
    if (v128.any_true(i32x4.ge_s(magnitude, i32x4.splat(0x47800000)))) {
      // From 2^16 on, or not finite.
      r = f64x2.splat(reduce(f64x2.extract_lane(x, 0)));
      n = f64x2.splat(<f64>quadrant);
      r = f64x2.replace_lane(r, 1, reduce(f64x2.extract_lane(x, 1)));
      n = f64x2.replace_lane(n, 1, <f64>quadrant);
    }
    const bits = f64x2.add(n, units);
    const low = i32x4.shuffle(bits, bits, 0, 0, 2, 2);
    const odd = i32x4.shr_s(i32x4.shl(low, 31), 31);
    const r2 = f64x2.mul(r, r);
    let sine = next(next(next(constant(4), r2, 5), r2, 6), r2, 7);
    sine = f64x2.mul(r, next(next(sine, r2, 8), r2, 15));
    let cosine = next(next(next(constant(9), r2, 10), r2, 11), r2, 12);
    cosine = next(next(next(cosine, r2, 13), r2, 14), r2, 15);
    let y = v128.bitselect(cosine, sine, odd);
    let flip = v128.and(i64x2.shl(bits, 62), f64x2.splat(-0.0));
    if (op == Unary.tan) {
      y = f64x2.div(y, v128.bitselect(sine, cosine, odd));
      flip = v128.and(odd, f64x2.splat(-0.0));
    }
    v128.store64_lane(ptr, f32x4.demote_f64x2_zero(v128.xor(y, flip)), 0);
  }
}

/** A step of a polynomial: constant `i` plus x * y. */
// @ts-ignore: decorator
@inline
function next(y: v128, x: v128, i: usize): v128 {
  return f64x2.add(constant(i), f64x2.mul(x, y));
}

/** Number `i` of the table in both lanes. */
// @ts-ignore: decorator
@inline
function constant(i: usize): v128 {
  return v128.load64_splat(table + (i << 3));
}
