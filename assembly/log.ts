/**
 * The logarithm inside erf_inv: w = -log1p(-s), s = u^2, less 2.5, for float32.
 *
 * The exact functions follow XLA's CPU backend with every product-sum fused, which costs much without an FMA
 * instruction. The bracketed ones evaluate a cheap approximation twice, with its error taken away and added: where both
 * round to the same float32 that is the exact result, and what remains (2.5 % and 1.1 %) is listed for the exact
 * functions. Their polynomials go by pairs of terms, a chain of operations half as long as that of Horner's rule. The
 * brackets hold for every float32 s from 2^-100 to 1 (scripts/exhaustive.ts compares erf_inv on all inputs).
 *
 * Source: XLA at jaxlib 0.10.2, `xla/backends/cpu/codegen/polynomial_approximations.cc` (GenerateVF32Log, after
 * Cephes logf) and `xla/codegen/intrinsic/log1p.cc`.
 */
import { fma } from "./fma";
import { compress } from "./partition";

/** A float32 constant in every lane, by its bits. */
// @ts-ignore: decorator
@inline
export function word(bits: i32): v128 {
  return i32x4.splat(bits);
}

/** log of four positive, finite, normal float32 lanes. */
// @ts-ignore: decorator
@inline
function log(x: v128): v128 {
  const mantissa = v128.or(v128.and(x, word(0x007fffff)), word(0x3f000000));
  const low = f32x4.lt(mantissa, word(0x3f3504f3)); // sqrt(1/2)
  const one = f32x4.splat(1);
  const t = f32x4.add(f32x4.sub(mantissa, one), v128.and(mantissa, low));
  const e = f32x4.convert_i32x4_s(i32x4.add(i32x4.sub(i32x4.shr_u(x, 23), word(126)), low));

  const t2 = f32x4.mul(t, t);
  const t3 = f32x4.mul(t2, t);
  let y = fma(fma(word(0x3d9021bb), t, word(0xbdebd1b8)), t, word(0x3def251a)); // 0.0703768 -0.115146 0.116770
  const y1 = fma(fma(word(0xbdfe5d4f), t, word(0x3e11e9bf)), t, word(0xbe2aae50)); // -0.124201 0.142493 -0.166681
  const y2 = fma(fma(word(0x3e4cceac), t, word(0xbe7ffffc)), t, word(0x3eaaaaaa)); // 0.200007 -0.250000 0.333333
  y = fma(fma(y, t3, y1), t3, y2);
  y = fma(y, t3, f32x4.mul(e, word(0xb95e8083))); // -2.12194440e-4
  // Half of t2 is exact, and so is the product below, of at most 5 bits with 9: plain subtraction and addition round once.
  const s = f32x4.add(f32x4.sub(t, f32x4.mul(word(0x3f000000), t2)), y);
  return f32x4.add(f32x4.mul(e, word(0x3f318000)), s); // 0.693359375
}

/** log1p of four float32 lanes in (-0.41421357, 0.41421357). */
// @ts-ignore: decorator
@inline
function log1pSmall(x: v128): v128 {
  let n = fma(word(0x383de04b), x, word(0x3eff40c5)); // 4.52700e-5 0.498541
  n = fma(n, x, word(0x40d284fa)); // 6.57873
  n = fma(n, x, word(0x41ef4b9c)); // 29.9119
  n = fma(n, x, word(0x4273cc76)); // 60.9497
  n = fma(n, x, word(0x426473ad)); // 57.1130
  n = fma(n, x, word(0x41a05101)); // 20.0396
  let d = f32x4.add(x, word(0x417101ad)); // 15.0629
  d = fma(d, x, word(0x42a6185b)); // 83.0476
  d = fma(d, x, word(0x435dc32d)); // 221.762
  d = fma(d, x, word(0x439a8ca3)); // 309.099
  d = fma(d, x, word(0x43586d8a)); // 216.428
  d = fma(d, x, word(0x42707982)); // 60.1187
  const x2 = f32x4.mul(x, x);
  const z = f32x4.mul(f32x4.mul(x, x2), f32x4.div(n, d));
  return f32x4.add(x, f32x4.sub(z, f32x4.mul(word(0x3f000000), x2)));
}

/** Bracket of the small branch: r of degree 7, highest power first, then the factors 1 - 11 * 2^-24 and 1 + 4 * 2^-23. */
const small: usize = memory.data<u32>([
  0x3f2907d3, 0xbeda40d6, 0x3eb764fe, 0x3db66d06, 0x3e318bd0, 0x3e4c5d66, 0x3e80017a, 0x3eaaaaa8, 0x3f7ffff5, 0x3f800004,
]);

/** Bracket of the other branch: log's p0 .. p8, then the factors 1 - 3 * 2^-24 and 1 + 2 * 2^-23. */
const large: usize = memory.data<u32>([
  0x3d9021bb, 0xbdebd1b8, 0x3def251a, 0xbdfe5d4f, 0x3e11e9bf, 0xbe2aae50, 0x3e4cceac, 0xbe7ffffc, 0x3eaaaaaa, 0x3f7ffffd, 0x3f800002,
  0x3f3504f3, 0xbf318000, 0xb95e8083,
]);

/**
 * t = w - 2.5 of each s < 0.41421357 where the bracket decides it; the byte offsets of the others are listed, without a
 * branch: one that is taken for a vector in ten costs 0.2 ns a sample more (Node 20, x86-64, 2026-11).
 * `sPtr` [n] float32, `tPtr` [n] float32, `listPtr` [returned] uint32, all with room up to a multiple of 4.
 */
export function bracketSmall(sPtr: usize, tPtr: usize, n: u32, listPtr: usize): u32 {
  const r0 = v128.load32_splat(small, 0);
  const r1 = v128.load32_splat(small, 4);
  const r2 = v128.load32_splat(small, 8);
  const r3 = v128.load32_splat(small, 12);
  const r4 = v128.load32_splat(small, 16);
  const r5 = v128.load32_splat(small, 20);
  const r6 = v128.load32_splat(small, 24);
  const r7 = v128.load32_splat(small, 28);
  const below = v128.load32_splat(small, 32);
  const above = v128.load32_splat(small, 36);
  const half = f32x4.splat(0.5);
  const centre = f32x4.splat(2.5);
  const end: usize = <usize>n << 2;
  const lanes = i32x4(0, 4, 8, 12);
  let listed: usize = 0;
  for (let i: usize = 0; i < end; i += 16) {
    const s = v128.load(sPtr + i);
    const s2 = f32x4.mul(s, s);
    const s4 = f32x4.mul(s2, s2);
    const upper = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(r0, s), r1), s2), f32x4.add(f32x4.mul(r2, s), r3));
    const lower = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(r4, s), r5), s2), f32x4.add(f32x4.mul(r6, s), r7));
    const r = f32x4.add(f32x4.mul(upper, s4), lower);
    const a = f32x4.mul(f32x4.mul(s, s2), r);
    const h = f32x4.mul(half, s2);
    const t = f32x4.sub(f32x4.add(s, f32x4.add(h, f32x4.mul(a, below))), centre);
    const other = f32x4.sub(f32x4.add(s, f32x4.add(h, f32x4.mul(a, above))), centre);
    v128.store(tPtr + i, t);
    const open = i32x4.bitmask(f32x4.ne(t, other));
    v128.store(listPtr + listed, compress(i32x4.add(i32x4.splat(<i32>i), lanes), open));
    listed += i32.popcnt(open) << 2;
  }
  return <u32>listed >> 2;
}

/** As `bracketSmall`, for s >= 0.41421357. */
export function bracketLarge(sPtr: usize, tPtr: usize, n: u32, listPtr: usize): u32 {
  const p0 = v128.load32_splat(large, 0);
  const p1 = v128.load32_splat(large, 4);
  const p2 = v128.load32_splat(large, 8);
  const p3 = v128.load32_splat(large, 12);
  const p4 = v128.load32_splat(large, 16);
  const p5 = v128.load32_splat(large, 20);
  const p6 = v128.load32_splat(large, 24);
  const p7 = v128.load32_splat(large, 28);
  const p8 = v128.load32_splat(large, 32);
  const below = v128.load32_splat(large, 36);
  const above = v128.load32_splat(large, 40);
  const sqrtHalf = v128.load32_splat(large, 44);
  const ln2High = v128.load32_splat(large, 48);
  const ln2Low = v128.load32_splat(large, 52);
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  const centre = f32x4.splat(2.5);
  const end: usize = <usize>n << 2;
  const lanes = i32x4(0, 4, 8, 12);
  let listed: usize = 0;
  for (let i: usize = 0; i < end; i += 16) {
    const s = v128.load(sPtr + i);
    const v = f32x4.sub(one, s);
    const power = i32x4.shr_s(i32x4.sub(v, sqrtHalf), 23);
    const x = f32x4.sub(i32x4.sub(v, i32x4.shl(power, 23)), one);
    const e = f32x4.convert_i32x4_s(power);
    const x2 = f32x4.mul(x, x);
    const x4 = f32x4.mul(x2, x2);
    const upper = f32x4.add(f32x4.mul(p0, x2), f32x4.add(f32x4.mul(p1, x), p2));
    const lower = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(p3, x), p4), x2), f32x4.add(f32x4.mul(p5, x), p6));
    const y = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(upper, x4), lower), x2), f32x4.add(f32x4.mul(p7, x), p8));
    const a = f32x4.mul(y, f32x4.mul(x2, x));
    const high = f32x4.mul(ln2High, e);
    const low = f32x4.mul(e, ln2Low);
    const h = f32x4.sub(x, f32x4.mul(half, x2));
    const t = f32x4.sub(f32x4.sub(high, f32x4.add(h, f32x4.add(low, f32x4.mul(a, below)))), centre);
    const other = f32x4.sub(f32x4.sub(high, f32x4.add(h, f32x4.add(low, f32x4.mul(a, above)))), centre);
    v128.store(tPtr + i, t);
    const open = i32x4.bitmask(f32x4.ne(t, other));
    v128.store(listPtr + listed, compress(i32x4.add(i32x4.splat(<i32>i), lanes), open));
    listed += i32.popcnt(open) << 2;
  }
  return <u32>listed >> 2;
}

/**
 * The exact t = w - 2.5 of the elements at the byte offsets `listPtr` [n]: from s behind `sPtr`, to t behind `tPtr`, both
 * float32. The list has room up to a multiple of 4, the rest of the last four in reach.
 */
export function settleSmall(sPtr: usize, tPtr: usize, n: u32, listPtr: usize): void {
  for (let i: u32 = 0; i < n; i += 4) {
    const s = pick(sPtr, listPtr);
    scatter(tPtr, listPtr, n - i, f32x4.sub(f32x4.neg(log1pSmall(f32x4.neg(s))), f32x4.splat(2.5)));
    listPtr += 16;
  }
}

/** As `settleSmall`, for s >= 0.41421357. */
export function settleLarge(sPtr: usize, tPtr: usize, n: u32, listPtr: usize): void {
  for (let i: u32 = 0; i < n; i += 4) {
    const s = pick(sPtr, listPtr);
    scatter(tPtr, listPtr, n - i, f32x4.sub(f32x4.neg(log(f32x4.sub(f32x4.splat(1), s))), f32x4.splat(2.5)));
    listPtr += 16;
  }
}

/** The four float32 at the byte offsets `listPtr` behind `ptr`. */
// @ts-ignore: decorator
@inline
export function pick(ptr: usize, listPtr: usize): v128 {
  let x = v128.load32_zero(ptr + load<u32>(listPtr));
  x = v128.load_lane<f32>(ptr + load<u32>(listPtr, 4), x, 1);
  x = v128.load_lane<f32>(ptr + load<u32>(listPtr, 8), x, 2);
  return v128.load_lane<f32>(ptr + load<u32>(listPtr, 12), x, 3);
}

/** Stores the first min(n, 4) float32 lanes at the byte offsets `listPtr` behind `ptr`. */
// @ts-ignore: decorator
@inline
export function scatter(ptr: usize, listPtr: usize, n: u32, x: v128): void {
  store<f32>(ptr + load<u32>(listPtr), f32x4.extract_lane(x, 0));
  if (n > 1) store<f32>(ptr + load<u32>(listPtr, 4), f32x4.extract_lane(x, 1));
  if (n > 2) store<f32>(ptr + load<u32>(listPtr, 8), f32x4.extract_lane(x, 2));
  if (n > 3) store<f32>(ptr + load<u32>(listPtr, 12), f32x4.extract_lane(x, 3));
}
