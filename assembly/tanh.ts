/** tanh as elementary.ts has it, fused, eight side by side: four chains fill the time that the roundings of one take. */
import { promoteHigh } from "./fma";
import { round, rounded } from "./lanes";

/** tanh of each of the `n` float32 at `xPtr` to `outPtr`, the same address is allowed; both with room up to a multiple of 8. */
export function fusedTanhF32(xPtr: usize, outPtr: usize, n: u32): void {
  for (const end = xPtr + (<usize>n << 2); xPtr < end; xPtr += 32, outPtr += 32) eight(v128.load(xPtr), v128.load(xPtr, 16), outPtr);
}

/** A quotient of polynomials in the squares: the numerator's is of degree 6, and times x, the denominator's of degree 3. */
// @ts-ignore: decorator
@inline
function eight(x: v128, y: v128, outPtr: usize): void {
  const low = clamped(x);
  const high = clamped(y);
  const lowSquare = f32x4.mul(low, low);
  const highSquare = f32x4.mul(high, high);
  const a = f64x2.promote_low_f32x4(lowSquare);
  const b = promoteHigh(lowSquare);
  const c = f64x2.promote_low_f32x4(highSquare);
  const d = promoteHigh(highSquare);
  let k = f64x2.splat(-2.7607683663038313e-16);
  let pa = k; let pb = k; let pc = k; let pd = k;
  k = f64x2.splat(2.0001879384549948e-13);
  pa = round(f64x2.add(f64x2.mul(pa, a), k));
  pb = round(f64x2.add(f64x2.mul(pb, b), k));
  pc = round(f64x2.add(f64x2.mul(pc, c), k));
  pd = round(f64x2.add(f64x2.mul(pd, d), k));
  k = f64x2.splat(-8.604671836165423e-11);
  pa = round(f64x2.add(f64x2.mul(pa, a), k));
  pb = round(f64x2.add(f64x2.mul(pb, b), k));
  pc = round(f64x2.add(f64x2.mul(pc, c), k));
  pd = round(f64x2.add(f64x2.mul(pd, d), k));
  k = f64x2.splat(5.122297253024044e-08);
  pa = round(f64x2.add(f64x2.mul(pa, a), k));
  pb = round(f64x2.add(f64x2.mul(pb, b), k));
  pc = round(f64x2.add(f64x2.mul(pc, c), k));
  pd = round(f64x2.add(f64x2.mul(pd, d), k));
  k = f64x2.splat(1.4857223504805006e-05);
  pa = round(f64x2.add(f64x2.mul(pa, a), k));
  pb = round(f64x2.add(f64x2.mul(pb, b), k));
  pc = round(f64x2.add(f64x2.mul(pc, c), k));
  pd = round(f64x2.add(f64x2.mul(pd, d), k));
  k = f64x2.splat(0.0006372619536705315);
  pa = round(f64x2.add(f64x2.mul(pa, a), k));
  pb = round(f64x2.add(f64x2.mul(pb, b), k));
  pc = round(f64x2.add(f64x2.mul(pc, c), k));
  pd = round(f64x2.add(f64x2.mul(pd, d), k));
  k = f64x2.splat(0.004893524572253227);
  pa = f64x2.add(f64x2.mul(pa, a), k);
  pb = f64x2.add(f64x2.mul(pb, b), k);
  pc = f64x2.add(f64x2.mul(pc, c), k);
  pd = f64x2.add(f64x2.mul(pd, d), k);
  k = f64x2.splat(1.1982583600911312e-06);
  let qa = k; let qb = k; let qc = k; let qd = k;
  k = f64x2.splat(0.00011853470641653985);
  qa = round(f64x2.add(f64x2.mul(qa, a), k));
  qb = round(f64x2.add(f64x2.mul(qb, b), k));
  qc = round(f64x2.add(f64x2.mul(qc, c), k));
  qd = round(f64x2.add(f64x2.mul(qd, d), k));
  k = f64x2.splat(0.0022684347350150347);
  qa = round(f64x2.add(f64x2.mul(qa, a), k));
  qb = round(f64x2.add(f64x2.mul(qb, b), k));
  qc = round(f64x2.add(f64x2.mul(qc, c), k));
  qd = round(f64x2.add(f64x2.mul(qd, d), k));
  k = f64x2.splat(0.0048935250379145145);
  qa = f64x2.add(f64x2.mul(qa, a), k);
  qb = f64x2.add(f64x2.mul(qb, b), k);
  qc = f64x2.add(f64x2.mul(qc, c), k);
  qd = f64x2.add(f64x2.mul(qd, d), k);
  v128.store(outPtr, chosen(x, f32x4.div(f32x4.mul(rounded(pa, pb), low), rounded(qa, qb))));
  v128.store(outPtr, chosen(y, f32x4.div(f32x4.mul(rounded(pc, pd), high), rounded(qc, qd))), 16);
}

// @ts-ignore: decorator
@inline
function clamped(x: v128): v128 {
  return f32x4.pmax(f32x4.pmin(x, f32x4.splat(7.998811721801758)), f32x4.splat(-7.998811721801758)); // 40FFF644
}

/** x itself near 0, 1 with its sign from 20 on, the quotient between. */
// @ts-ignore: decorator
@inline
function chosen(x: v128, quotient: v128): v128 {
  const size = f32x4.abs(x);
  const result = v128.bitselect(x, quotient, f32x4.lt(size, f32x4.splat(0.00039999998989515007))); // 39D1B717
  const one = v128.bitselect(x, f32x4.splat(1), f32x4.splat(-0.0));
  return v128.bitselect(one, result, f32x4.ge(size, f32x4.splat(20)));
}
