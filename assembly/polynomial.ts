/**
 * Polynomials of sixteen numbers side by side, in eight chains of operations, because the roundings of one chain leave
 * time for the others.
 */
import { promoteHigh } from "./fma";
import { round, rounded } from "./lanes";

/**
 * The polynomial whose `count` float32 coefficients lie at `table`, highest power first. By Horner's rule; each product
 * is rounded unless `fused`.
 *
 * `xPtr` [n], `outPtr` [n] float32, both with room up to a multiple of 16.
 */
export function polynomial(table: usize, count: u32, xPtr: usize, outPtr: usize, n: u32, fused: bool): void {
  const last = table + ((<usize>count) << 2) - 4;
  const end = xPtr + ((<usize>n) << 2);
  if (fused) fusedPolynomial(table, last, xPtr, end, outPtr);
  else splitPolynomial(table, last, xPtr, end, outPtr);
}

function fusedPolynomial(table: usize, end: usize, xPtr: usize, xEnd: usize, outPtr: usize): void {
  for (; xPtr < xEnd; xPtr += 64, outPtr += 64) {
    const x = v128.load(xPtr);
    const y = v128.load(xPtr, 16);
    const z = v128.load(xPtr, 32);
    const w = v128.load(xPtr, 48);
    const a = f64x2.promote_low_f32x4(x);
    const b = promoteHigh(x);
    const c = f64x2.promote_low_f32x4(y);
    const d = promoteHigh(y);
    const e = f64x2.promote_low_f32x4(z);
    const f = promoteHigh(z);
    const g = f64x2.promote_low_f32x4(w);
    const h = promoteHigh(w);
    let k = constant(table);
    let pa = k;
    let pb = k;
    let pc = k;
    let pd = k;
    let pe = k;
    let pf = k;
    let pg = k;
    let ph = k;
    for (let at = table + 4; at < end; at += 4) {
      k = constant(at);
      pa = round(step(pa, a, k));
      pb = round(step(pb, b, k));
      pc = round(step(pc, c, k));
      pd = round(step(pd, d, k));
      pe = round(step(pe, e, k));
      pf = round(step(pf, f, k));
      pg = round(step(pg, g, k));
      ph = round(step(ph, h, k));
    }
    k = constant(end);
    v128.store(outPtr, rounded(step(pa, a, k), step(pb, b, k)));
    v128.store(outPtr, rounded(step(pc, c, k), step(pd, d, k)), 16);
    v128.store(outPtr, rounded(step(pe, e, k), step(pf, f, k)), 32);
    v128.store(outPtr, rounded(step(pg, g, k), step(ph, h, k)), 48);
  }
}

function splitPolynomial(table: usize, end: usize, xPtr: usize, xEnd: usize, outPtr: usize): void {
  for (; xPtr < xEnd; xPtr += 32, outPtr += 32) {
    const x = v128.load(xPtr);
    const y = v128.load(xPtr, 16);
    let p = v128.load32_splat(table);
    let q = p;
    for (let at = table + 4; at <= end; at += 4) {
      const k = v128.load32_splat(at);
      p = f32x4.add(f32x4.mul(p, x), k);
      q = f32x4.add(f32x4.mul(q, y), k);
    }
    v128.store(outPtr, p);
    v128.store(outPtr, q, 16);
  }
}

// @ts-ignore: decorator
@inline
function step(p: v128, x: v128, k: v128): v128 {
  return f64x2.add(f64x2.mul(p, x), k);
}

/** The float32 constant at `ptr` in both lanes. */
// @ts-ignore: decorator
@inline
function constant(ptr: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load32_splat(ptr));
}
