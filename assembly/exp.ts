/**
 * float32 exp, and logistic by it, of XLA's CPU backend, in both profiles. Sixteen numbers side by side, in eight
 * chains of operations, because the roundings of one chain leave time for the others.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/backends/cpu/codegen/polynomial_approximations.cc` (GenerateVF32Exp, after Cephes
 * expf) and `xla/hlo/transforms/expanders/logistic_expander.cc`.
 */
import { flush, promoteHigh } from "./fma";
import { round, rounded } from "./lanes";

/**
 * log2(e), 1/2, ln(2) in two parts, the polynomial from the highest power down, the bounds that x is clamped to, the
 * largest exponent, and 1.
 */
const table32: usize = memory.data<u32>([
  0x3fb8aa3b, 0x3f000000, 0xbf318000, 0x395e8083, 0x39506967, 0x3ab743ce, 0x3c088908, 0x3d2aa9c1, 0x3e2aaaaa,
  0xc2af999a, 0x42b1999a, 0x42fe0000, 0x3f800000,
]);

/**
 * 1/2, log2(e), the largest exponent, ln(2) in two parts, the number whose addition puts an integer into the low bits,
 * and the polynomial's first coefficient.
 */
const table64: usize = memory.data<f64>(
  [0.5, 1.4426950216293335, 127, -0.693359375, 0.00021219444170128554, 6755399441055744, 0.00019875691214110702],
  16,
);

/**
 * For each of the next four coefficients a power of two, and that plus the coefficient. Each sum lies in one binade, so
 * that adding and subtracting the power rounds it to a float32's last place.
 */
const steps: usize = memory.data<f64>(
  [
    786432, 786432.00139819993637502193450927734375, 6291456, 6291456.008333452045917510986328125, 25165824,
    25165824.0416657961905002593994140625, 100663296, 100663296.1666666567325592041015625,
  ],
  16,
);
// @ts-ignore: decorator
@inline
const LAST_STEP: usize = 48;

/** e^x: `xPtr` [n], `outPtr` [n] float32 (the same address is allowed), both with room up to a multiple of 16. */
export function expF32(xPtr: usize, outPtr: usize, n: u32, fused: bool): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) v128.store(outPtr + i, flush(v128.load(xPtr + i)));
  powersF32(outPtr, n, fused);
}

/**
 * 1 / (1 + e^-x): `xPtr` [n], `outPtr` [n] float32 (the same address is allowed), both with room up to a multiple of
 * 16.
 */
export function logisticF32(xPtr: usize, outPtr: usize, n: u32, fused: bool): void {
  const bytes = (<usize>n) << 2;
  const one = f32x4.splat(1);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(outPtr + i, f32x4.neg(v128.load(xPtr + i)));
  powersF32(outPtr, n, fused);
  for (let i: usize = 0; i < bytes; i += 16)
    v128.store(outPtr + i, flush(f32x4.div(one, f32x4.add(one, v128.load(outPtr + i)))));
}

/** e^x of each of the `n` float32 at `ptr`, in place, with room up to a multiple of 16. */
export function powersF32(ptr: usize, n: u32, fused: bool): void {
  const end = ptr + ((<usize>n) << 2);
  if (fused) fusedPowers(ptr, end);
  else for (; ptr < end; ptr += 16) v128.store(ptr, splitExp(clamped(v128.load(ptr))));
}

/**
 * The polynomial is a loop and its constants lie in memory, because V8 13 first loads all that a block of code loads
 * and keeps it in registers. It takes 3.1 ns: 6.7 without the loop under Node 24, 3.4 with half as many chains under
 * Node 20 (x86-64, 2026-11).
 */
function fusedPowers(ptr: usize, end: usize): void {
  for (; ptr < end; ptr += 64) {
    const x = clamped(v128.load(ptr));
    const y = clamped(v128.load(ptr, 16));
    const z = clamped(v128.load(ptr, 32));
    const w = clamped(v128.load(ptr, 48));
    const a = f64x2.promote_low_f32x4(x);
    const b = promoteHigh(x);
    const c = f64x2.promote_low_f32x4(y);
    const d = promoteHigh(y);
    const e = f64x2.promote_low_f32x4(z);
    const f = promoteHigh(z);
    const g = f64x2.promote_low_f32x4(w);
    const h = promoteHigh(w);
    const half = constant(0);
    const maxExponent = constant(16);
    let k = constant(8);
    const an = whole(a, k, half, maxExponent);
    const bn = whole(b, k, half, maxExponent);
    const cn = whole(c, k, half, maxExponent);
    const dn = whole(d, k, half, maxExponent);
    const en = whole(e, k, half, maxExponent);
    const fn = whole(f, k, half, maxExponent);
    const gn = whole(g, k, half, maxExponent);
    const hn = whole(h, k, half, maxExponent);
    // The first part of ln(2) has few bits, so that its products and these sums are exact in float32.
    k = constant(24);
    let ar = plusTimes(a, an, k);
    let br = plusTimes(b, bn, k);
    let cr = plusTimes(c, cn, k);
    let dr = plusTimes(d, dn, k);
    let er = plusTimes(e, en, k);
    let fr = plusTimes(f, fn, k);
    let gr = plusTimes(g, gn, k);
    let hr = plusTimes(h, hn, k);
    k = constant(32);
    ar = round(plusTimes(ar, an, k));
    br = round(plusTimes(br, bn, k));
    cr = round(plusTimes(cr, cn, k));
    dr = round(plusTimes(dr, dn, k));
    er = round(plusTimes(er, en, k));
    fr = round(plusTimes(fr, fn, k));
    gr = round(plusTimes(gr, gn, k));
    hr = round(plusTimes(hr, hn, k));
    k = constant(40);
    const xn = i32x4.shuffle(f64x2.add(an, k), f64x2.add(bn, k), 0, 2, 4, 6);
    const yn = i32x4.shuffle(f64x2.add(cn, k), f64x2.add(dn, k), 0, 2, 4, 6);
    const zn = i32x4.shuffle(f64x2.add(en, k), f64x2.add(fn, k), 0, 2, 4, 6);
    const wn = i32x4.shuffle(f64x2.add(gn, k), f64x2.add(hn, k), 0, 2, 4, 6);
    let ap = constant(48);
    let bp = ap;
    let cp = ap;
    let dp = ap;
    let ep = ap;
    let fp = ap;
    let gp = ap;
    let hp = ap;
    let at = steps;
    while (true) {
      const power = v128.load64_splat(at);
      k = v128.load64_splat(at, 8);
      ap = step(ap, ar, k, power);
      bp = step(bp, br, k, power);
      cp = step(cp, cr, k, power);
      dp = step(dp, dr, k, power);
      ep = step(ep, er, k, power);
      fp = step(fp, fr, k, power);
      gp = step(gp, gr, k, power);
      hp = step(hp, hr, k, power);
      if (at == steps + LAST_STEP) break;
      at += 16;
    }
    v128.store(ptr, scaled(rounded(last(ap, ar, half), last(bp, br, half)), xn));
    v128.store(ptr, scaled(rounded(last(cp, cr, half), last(dp, dr, half)), yn), 16);
    v128.store(ptr, scaled(rounded(last(ep, er, half), last(fp, fr, half)), zn), 32);
    v128.store(ptr, scaled(rounded(last(gp, gr, half), last(hp, hr, half)), wn), 48);
  }
}

// @ts-ignore: decorator
@inline
function constant(offset: usize): v128 {
  return v128.load64_splat(table64 + offset);
}

/** x / ln(2) rounded to the nearest integer. */
// @ts-ignore: decorator
@inline
function whole(x: v128, k: v128, half: v128, maxExponent: v128): v128 {
  return f64x2.pmin(f64x2.floor(round(f64x2.add(f64x2.mul(x, k), half))), maxExponent);
}

// @ts-ignore: decorator
@inline
function plusTimes(x: v128, n: v128, k: v128): v128 {
  return f64x2.add(f64x2.mul(n, k), x);
}

/** p * r + coefficient, rounded in the binade of `power`; `k` is the sum of the two. */
// @ts-ignore: decorator
@inline
function step(p: v128, r: v128, k: v128, power: v128): v128 {
  return f64x2.sub(f64x2.add(f64x2.mul(p, r), k), power);
}

/** (p * r + 1/2) * r^2 + r, but for the last rounding. */
// @ts-ignore: decorator
@inline
function last(p: v128, r: v128, half: v128): v128 {
  return f64x2.add(f64x2.mul(round(f64x2.add(f64x2.mul(p, r), half)), round(f64x2.mul(r, r))), r);
}

function splitExp(x: v128): v128 {
  const half = v128.load32_splat(table32, 4);
  const n = f32x4.pmin(
    f32x4.floor(f32x4.add(f32x4.mul(x, v128.load32_splat(table32)), half)),
    v128.load32_splat(table32, 44),
  );
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

/** (p + 1) * 2^n; 0 for n = -127, as in XLA. */
// @ts-ignore: decorator
@inline
function scaled(p: v128, n: v128): v128 {
  const power = i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
  return flush(f32x4.mul(f32x4.add(p, v128.load32_splat(table32, 48)), power));
}
