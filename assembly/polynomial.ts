/** Polynomials, eight numbers side by side: four chains fill the time that the roundings of one take. */
import { promoteHigh } from "./fma";
import { round, rounded } from "./lanes";

/**
 * The polynomial in each of the `n` float32 at `xPtr`, to `outPtr`, both with room up to a multiple of 8: its `count`
 * float32 coefficients lie at `table`, highest power first. By Horner's rule, each product rounded unless `fused`.
 */
export function polynomial(table: usize, count: u32, xPtr: usize, outPtr: usize, n: u32, fused: bool): void {
  const last = table + (<usize>count << 2) - 4;
  for (const end = xPtr + (<usize>n << 2); xPtr < end; xPtr += 32, outPtr += 32) {
    const low = v128.load(xPtr);
    const high = v128.load(xPtr, 16);
    let ptr = table + 4;
    if (!fused) {
      let p = v128.load32_splat(table);
      let q = p;
      for (; ptr <= last; ptr += 4) {
        const k = v128.load32_splat(ptr);
        p = f32x4.add(f32x4.mul(p, low), k);
        q = f32x4.add(f32x4.mul(q, high), k);
      }
      v128.store(outPtr, p);
      v128.store(outPtr, q, 16);
      continue;
    }
    const a = f64x2.promote_low_f32x4(low);
    const b = promoteHigh(low);
    const c = f64x2.promote_low_f32x4(high);
    const d = promoteHigh(high);
    let k = constant(table);
    let pa = k;
    let pb = k;
    let pc = k;
    let pd = k;
    for (; ptr < last; ptr += 4) {
      k = constant(ptr);
      pa = round(f64x2.add(f64x2.mul(pa, a), k));
      pb = round(f64x2.add(f64x2.mul(pb, b), k));
      pc = round(f64x2.add(f64x2.mul(pc, c), k));
      pd = round(f64x2.add(f64x2.mul(pd, d), k));
    }
    k = constant(last);
    pa = f64x2.add(f64x2.mul(pa, a), k);
    pb = f64x2.add(f64x2.mul(pb, b), k);
    pc = f64x2.add(f64x2.mul(pc, c), k);
    pd = f64x2.add(f64x2.mul(pd, d), k);
    v128.store(outPtr, rounded(pa, pb));
    v128.store(outPtr, rounded(pc, pd), 16);
  }
}

/** The float32 constant at `ptr` in both lanes. */
// @ts-ignore: decorator
@inline
function constant(ptr: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load32_splat(ptr));
}
