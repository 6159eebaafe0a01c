/**
 * tanh as elementary.ts has it, fused, eight side by side: a chain of roundings takes long to come through, and four
 * chains of two fill the time of one.
 */
import { promoteHigh } from "./fma";
import { clamp, constant, multiplyAdd, round } from "./lanes";

/** As in elementary.ts: the numerator's seven coefficients, then the denominator's four. */
const table: usize = memory.data<u32>([0xa59f25c0, 0x2a61337e, 0xaebd37ff, 0x335c0041, 0x3779434a, 0x3a270ded, 0x3ba059dc, 0x35a0d3d8, 0x38f895d6, 0x3b14aa05, 0x3ba059dd]);

/** tanh of each of the `n` float32 at `xPtr` to `outPtr`, the same address is allowed; both with room up to a multiple of 8. */
export function fusedTanhF32(xPtr: usize, outPtr: usize, n: u32): void {
  for (const end = xPtr + (<usize>n << 2); xPtr < end; xPtr += 32, outPtr += 32) {
    const low = v128.load(xPtr);
    const high = v128.load(xPtr, 16);
    const a = clamped(f64x2.promote_low_f32x4(low));
    const b = clamped(promoteHigh(low));
    const c = clamped(f64x2.promote_low_f32x4(high));
    const d = clamped(promoteHigh(high));
    const a2 = round(f64x2.mul(a, a));
    const b2 = round(f64x2.mul(b, b));
    const c2 = round(f64x2.mul(c, c));
    const d2 = round(f64x2.mul(d, d));
    let ap = constant(table); let bp = ap; let cp = ap; let dp = ap;
    for (let at = table + 4; at < table + 28; at += 4) {
      const k = constant(at);
      ap = multiplyAdd(ap, a2, k, true);
      bp = multiplyAdd(bp, b2, k, true);
      cp = multiplyAdd(cp, c2, k, true);
      dp = multiplyAdd(dp, d2, k, true);
    }
    ap = round(f64x2.mul(ap, a));
    bp = round(f64x2.mul(bp, b));
    cp = round(f64x2.mul(cp, c));
    dp = round(f64x2.mul(dp, d));
    let aq = constant(table + 28); let bq = aq; let cq = aq; let dq = aq;
    for (let at = table + 32; at < table + 44; at += 4) {
      const k = constant(at);
      aq = multiplyAdd(aq, a2, k, true);
      bq = multiplyAdd(bq, b2, k, true);
      cq = multiplyAdd(cq, c2, k, true);
      dq = multiplyAdd(dq, d2, k, true);
    }
    v128.store(outPtr, chosen(low, f64x2.div(ap, aq), f64x2.div(bp, bq)));
    v128.store(outPtr, chosen(high, f64x2.div(cp, cq), f64x2.div(dp, dq)), 16);
  }
}

// @ts-ignore: decorator
@inline
function clamped(x: v128): v128 {
  return clamp(x, -7.998811721801758, 7.998811721801758); // 40FFF644
}

/** Of four x: x itself near 0, 1 with its sign from 20 on, the quotients' rounded values between. */
// @ts-ignore: decorator
@inline
function chosen(x: v128, low: v128, high: v128): v128 {
  const inner = i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
  const size = f32x4.abs(x);
  const result = v128.bitselect(x, inner, f32x4.lt(size, f32x4.splat(0.00039999998989515007))); // 39D1B717
  const one = v128.bitselect(x, f32x4.splat(1), f32x4.splat(-0.0));
  return v128.bitselect(one, result, f32x4.ge(size, f32x4.splat(20)));
}
