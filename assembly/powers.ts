/**
 * e^x of numbers that are not above 0, as the exp of elementary.ts has them, eight side by side: a chain of roundings
 * takes long to come through, and four chains of two fill the time of one.
 */
import { flush, promoteHigh } from "./fma";
import { constant, multiplyAdd, round } from "./lanes";
import { word } from "./log";

/** As in elementary.ts: the polynomial from the highest power down, log2(e), and ln(2) in two parts. */
const table: usize = memory.data<u32>([0x39506967, 0x3ab743ce, 0x3c088908, 0x3d2aa9c1, 0x3e2aaaaa, 0x3f000000, 0x3fb8aa3b, 0xbf318000, 0x395e8083]);

/**
 * e^(x - most) of the eight numbers at `ptr`, in place; `most` is not below any of them. Where all are below -88 it is 0,
 * without the work.
 */
export function powersF32(ptr: usize, most: v128, fused: bool): void {
  const low = flush(f32x4.sub(v128.load(ptr), most));
  const high = flush(f32x4.sub(v128.load(ptr, 16), most));
  const far = f32x4.splat(-88);
  if (i32x4.all_true(v128.and(f32x4.lt(low, far), f32x4.lt(high, far)))) {
    v128.store(ptr, i32x4.splat(0));
    v128.store(ptr, i32x4.splat(0), 16);
  } else if (fused) {
    powers(ptr, low, high, true);
  } else {
    powers(ptr, low, high, false);
  }
}

// @ts-ignore: decorator
@inline
function powers(ptr: usize, low: v128, high: v128, fused: bool): void {
  const least = f64x2.splat(-87.80000305175781); // C2AF999A
  const a = f64x2.pmax(f64x2.promote_low_f32x4(low), least);
  const b = f64x2.pmax(promoteHigh(low), least);
  const c = f64x2.pmax(f64x2.promote_low_f32x4(high), least);
  const d = f64x2.pmax(promoteHigh(high), least);

  let k = constant(table + 24);
  const half = f64x2.splat(0.5);
  const an = f64x2.floor(multiplyAdd(a, k, half, fused));
  const bn = f64x2.floor(multiplyAdd(b, k, half, fused));
  const cn = f64x2.floor(multiplyAdd(c, k, half, fused));
  const dn = f64x2.floor(multiplyAdd(d, k, half, fused));

  k = constant(table + 28);
  let ar = multiplyAdd(k, an, a, fused);
  let br = multiplyAdd(k, bn, b, fused);
  let cr = multiplyAdd(k, cn, c, fused);
  let dr = multiplyAdd(k, dn, d, fused);
  k = constant(table + 32);
  ar = multiplyAdd(k, an, ar, fused);
  br = multiplyAdd(k, bn, br, fused);
  cr = multiplyAdd(k, cn, cr, fused);
  dr = multiplyAdd(k, dn, dr, fused);

  let ap = constant(table);
  let bp = ap;
  let cp = ap;
  let dp = ap;
  for (let at = table + 4; at < table + 24; at += 4) {
    k = constant(at);
    ap = multiplyAdd(ap, ar, k, fused);
    bp = multiplyAdd(bp, br, k, fused);
    cp = multiplyAdd(cp, cr, k, fused);
    dp = multiplyAdd(dp, dr, k, fused);
  }
  const one = f64x2.splat(1);
  ap = round(f64x2.add(multiplyAdd(ap, round(f64x2.mul(ar, ar)), ar, fused), one));
  bp = round(f64x2.add(multiplyAdd(bp, round(f64x2.mul(br, br)), br, fused), one));
  cp = round(f64x2.add(multiplyAdd(cp, round(f64x2.mul(cr, cr)), cr, fused), one));
  dp = round(f64x2.add(multiplyAdd(dp, round(f64x2.mul(dr, dr)), dr, fused), one));

  v128.store(ptr, scaled(ap, bp, an, bn));
  v128.store(ptr, scaled(cp, dp, cn, dn), 16);
}

/** The two halves of four numbers, each times 2^n. For n = -127 that is 0, as XLA has it. */
// @ts-ignore: decorator
@inline
function scaled(low: v128, high: v128, lowN: v128, highN: v128): v128 {
  const n = i64x2.shuffle(i32x4.trunc_sat_f64x2_s_zero(lowN), i32x4.trunc_sat_f64x2_s_zero(highN), 0, 2);
  const power = i32x4.shl(i32x4.add(n, word(127)), 23);
  const z = i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
  return flush(f32x4.mul(z, power));
}
