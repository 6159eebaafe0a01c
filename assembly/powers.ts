/** e^x as the exp of elementary.ts has it, eight side by side, in either profile: four chains fill the time that the roundings of one take. */
import { flush, promoteHigh } from "./fma";
import { round, rounded } from "./lanes";

/** log2(e), a half, ln(2) in two parts, the polynomial from the highest power down, the least and the most that is looked at, the largest exponent and 1. */
const table32: usize = memory.data<u32>([0x3fb8aa3b, 0x3f000000, 0xbf318000, 0x395e8083, 0x39506967, 0x3ab743ce, 0x3c088908, 0x3d2aa9c1, 0x3e2aaaaa, 0xc2af999a, 0x42b1999a, 0x42fe0000, 0x3f800000]);

/** e^x of each of the `n` float32 at `xPtr`, to `outPtr`, the same address is allowed; both with room up to a multiple of 8. */
export function expF32(xPtr: usize, outPtr: usize, n: u32, fused: bool): void {
  for (const end = xPtr + (<usize>n << 2); xPtr < end; xPtr += 32, outPtr += 32) eight(flush(v128.load(xPtr)), flush(v128.load(xPtr, 16)), outPtr, fused);
}

/** 1 / (1 + e^-x) of each of the `n` float32 at `xPtr`, to `outPtr`, the same address is allowed; both with room up to a multiple of 8. */
export function logisticF32(xPtr: usize, outPtr: usize, n: u32, fused: bool): void {
  const one = f32x4.splat(1);
  for (const end = xPtr + (<usize>n << 2); xPtr < end; xPtr += 32, outPtr += 32) {
    eight(f32x4.neg(v128.load(xPtr)), f32x4.neg(v128.load(xPtr, 16)), outPtr, fused);
    v128.store(outPtr, flush(f32x4.div(one, f32x4.add(one, v128.load(outPtr)))));
    v128.store(outPtr, flush(f32x4.div(one, f32x4.add(one, v128.load(outPtr, 16)))), 16);
  }
}

/**
 * e^(x - most) of the eight numbers at `ptr`, in place; `most` is not below any of them. Where all are below -88 it is 0,
 * without the work.
 */
export function powersF32(ptr: usize, most: v128, fused: bool): void {
  const low = f32x4.sub(v128.load(ptr), most);
  const high = f32x4.sub(v128.load(ptr, 16), most);
  const far = f32x4.splat(-88);
  if (i32x4.all_true(v128.and(f32x4.lt(low, far), f32x4.lt(high, far)))) {
    v128.store(ptr, i32x4.splat(0));
    v128.store(ptr, i32x4.splat(0), 16);
  } else {
    eight(low, high, ptr, fused);
  }
}

/** e^x of eight numbers to `outPtr`. */
function eight(low: v128, high: v128, outPtr: usize, fused: bool): void {
  if (fused) {
    fusedExp(clamped(low), clamped(high), outPtr);
  } else {
    v128.store(outPtr, splitExp(clamped(low)));
    v128.store(outPtr, splitExp(clamped(high)), 16);
  }
}

// @ts-ignore: decorator
@inline
function fusedExp(low: v128, high: v128, outPtr: usize): void {
  const a = f64x2.promote_low_f32x4(low);
  const b = promoteHigh(low);
  const c = f64x2.promote_low_f32x4(high);
  const d = promoteHigh(high);
  let k = f64x2.splat(1.4426950216293335);
  const half = f64x2.splat(0.5);
  let an = f64x2.floor(round(f64x2.add(f64x2.mul(a, k), half)));
  let bn = f64x2.floor(round(f64x2.add(f64x2.mul(b, k), half)));
  let cn = f64x2.floor(round(f64x2.add(f64x2.mul(c, k), half)));
  let dn = f64x2.floor(round(f64x2.add(f64x2.mul(d, k), half)));
  k = f64x2.splat(127);
  an = f64x2.pmin(an, k);
  bn = f64x2.pmin(bn, k);
  cn = f64x2.pmin(cn, k);
  dn = f64x2.pmin(dn, k);
  // The first part of ln(2) has few bits: its products and these sums are exact in float32.
  k = f64x2.splat(-0.693359375);
  let ar = f64x2.add(f64x2.mul(an, k), a);
  let br = f64x2.add(f64x2.mul(bn, k), b);
  let cr = f64x2.add(f64x2.mul(cn, k), c);
  let dr = f64x2.add(f64x2.mul(dn, k), d);
  k = f64x2.splat(0.00021219444170128554);
  ar = round(f64x2.add(f64x2.mul(an, k), ar));
  br = round(f64x2.add(f64x2.mul(bn, k), br));
  cr = round(f64x2.add(f64x2.mul(cn, k), cr));
  dr = round(f64x2.add(f64x2.mul(dn, k), dr));
  // This puts a whole number into the low bits.
  k = f64x2.splat(6755399441055744);
  const lowN = i32x4.shuffle(f64x2.add(an, k), f64x2.add(bn, k), 0, 2, 4, 6);
  const highN = i32x4.shuffle(f64x2.add(cn, k), f64x2.add(dn, k), 0, 2, 4, 6);

  // These sums lie in one binade each: what is added and taken away rounds them there, to a float32's last place.
  let s = f64x2.splat(786432);
  k = f64x2.splat(786432.00139819993637502193450927734375);
  let ap = f64x2.splat(0.00019875691214110702);
  let bp = f64x2.sub(f64x2.add(f64x2.mul(ap, br), k), s);
  let cp = f64x2.sub(f64x2.add(f64x2.mul(ap, cr), k), s);
  let dp = f64x2.sub(f64x2.add(f64x2.mul(ap, dr), k), s);
  ap = f64x2.sub(f64x2.add(f64x2.mul(ap, ar), k), s);
  s = f64x2.splat(6291456);
  k = f64x2.splat(6291456.008333452045917510986328125);
  ap = f64x2.sub(f64x2.add(f64x2.mul(ap, ar), k), s);
  bp = f64x2.sub(f64x2.add(f64x2.mul(bp, br), k), s);
  cp = f64x2.sub(f64x2.add(f64x2.mul(cp, cr), k), s);
  dp = f64x2.sub(f64x2.add(f64x2.mul(dp, dr), k), s);
  s = f64x2.splat(25165824);
  k = f64x2.splat(25165824.0416657961905002593994140625);
  ap = f64x2.sub(f64x2.add(f64x2.mul(ap, ar), k), s);
  bp = f64x2.sub(f64x2.add(f64x2.mul(bp, br), k), s);
  cp = f64x2.sub(f64x2.add(f64x2.mul(cp, cr), k), s);
  dp = f64x2.sub(f64x2.add(f64x2.mul(dp, dr), k), s);
  s = f64x2.splat(100663296);
  k = f64x2.splat(100663296.1666666567325592041015625);
  ap = f64x2.sub(f64x2.add(f64x2.mul(ap, ar), k), s);
  bp = f64x2.sub(f64x2.add(f64x2.mul(bp, br), k), s);
  cp = f64x2.sub(f64x2.add(f64x2.mul(cp, cr), k), s);
  dp = f64x2.sub(f64x2.add(f64x2.mul(dp, dr), k), s);
  ap = round(f64x2.add(f64x2.mul(ap, ar), half));
  bp = round(f64x2.add(f64x2.mul(bp, br), half));
  cp = round(f64x2.add(f64x2.mul(cp, cr), half));
  dp = round(f64x2.add(f64x2.mul(dp, dr), half));
  ap = f64x2.add(f64x2.mul(ap, round(f64x2.mul(ar, ar))), ar);
  bp = f64x2.add(f64x2.mul(bp, round(f64x2.mul(br, br))), br);
  cp = f64x2.add(f64x2.mul(cp, round(f64x2.mul(cr, cr))), cr);
  dp = f64x2.add(f64x2.mul(dp, round(f64x2.mul(dr, dr))), dr);
  v128.store(outPtr, scaled(rounded(ap, bp), lowN));
  v128.store(outPtr, scaled(rounded(cp, dp), highN), 16);
}

function splitExp(x: v128): v128 {
  const half = v128.load32_splat(table32, 4);
  const n = f32x4.pmin(f32x4.floor(f32x4.add(f32x4.mul(x, v128.load32_splat(table32)), half)), v128.load32_splat(table32, 44));
  let r = f32x4.add(f32x4.mul(n, v128.load32_splat(table32, 8)), x);
  r = f32x4.add(f32x4.mul(n, v128.load32_splat(table32, 12)), r);
  let p = f32x4.add(f32x4.mul(v128.load32_splat(table32, 16), r), v128.load32_splat(table32, 20));
  p = f32x4.add(f32x4.mul(p, r), v128.load32_splat(table32, 24));
  p = f32x4.add(f32x4.mul(p, r), v128.load32_splat(table32, 28));
  p = f32x4.add(f32x4.mul(p, r), v128.load32_splat(table32, 32));
  p = f32x4.add(f32x4.mul(p, r), half);
  return scaled(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), i32x4.trunc_sat_f32x4_s(n));
}

/** x within the bounds; a NaN stays. */
// @ts-ignore: decorator
@inline
function clamped(x: v128): v128 {
  // pmin(a, b) is b < a ? b : a, pmax(a, b) is a < b ? b : a.
  return f32x4.pmax(f32x4.pmin(x, v128.load32_splat(table32, 40)), v128.load32_splat(table32, 36));
}

/** (p + 1) * 2^n. For n = -127 that is 0, as XLA has it. */
// @ts-ignore: decorator
@inline
function scaled(p: v128, n: v128): v128 {
  const power = i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
  return flush(f32x4.mul(f32x4.add(p, v128.load32_splat(table32, 48)), power));
}
