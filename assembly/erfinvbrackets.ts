/**
 * The logarithm inside erf_inv: w = -log1p(-s), s = u^2, less 2.5, for float32.
 *
 * The exact functions of log.ts, with every product-sum fused, are slow without an FMA instruction. The bracketed ones
 * evaluate a cheap approximation twice, with its error bound subtracted and added. Where both round to the same
 * float32, that is the exact result; the others (2.5 % and 1.1 %) are listed for the exact functions. The polynomials
 * are evaluated by pairs of terms, which halves the chain of operations of Horner's rule. The brackets hold for every
 * float32 s from 2^-100 to 1 (scripts/exhaustive.ts compares erf_inv on all inputs).
 *
 * Source: that of log.ts.
 */
import { compress } from "./compress";
import { gather, scatter } from "./gather";
import { log, log1pFinish, log1pRational } from "./log";
import { b0, PASS } from "./scratch";

/**
 * Bracket of the small branch: r of degree 7, highest power first, then the factors 1 - 11 * 2^-24 and 1 + 4 * 2^-23.
 */
const small: usize = memory.data<u32>([
  0x3f2907d3, 0xbeda40d6, 0x3eb764fe, 0x3db66d06, 0x3e318bd0, 0x3e4c5d66, 0x3e80017a, 0x3eaaaaa8, 0x3f7ffff5,
  0x3f800004,
]);

/** Bracket of the large branch: log's p0 .. p8, then the factors 1 - 3 * 2^-24 and 1 + 2 * 2^-23. */
const large: usize = memory.data<u32>([
  0x3d9021bb, 0xbdebd1b8, 0x3def251a, 0xbdfe5d4f, 0x3e11e9bf, 0xbe2aae50, 0x3e4cceac, 0xbe7ffffc, 0x3eaaaaaa,
  0x3f7ffffd, 0x3f800002, 0x3f3504f3, 0xbf318000, 0xb95e8083,
]);

/**
 * t = w - 2.5 of each s < 0.41421357 that the bracket decides. The byte offsets of the others are listed, without a
 * branch: one that is taken for a vector in ten costs 0.2 ns a sample more (Node 20, x86-64, 2026-11).
 *
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
  const end: usize = (<usize>n) << 2;
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
  return (<u32>listed) >> 2;
}

/** Like `bracketSmall`, for s >= 0.41421357. */
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
  const end: usize = (<usize>n) << 2;
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
  return (<u32>listed) >> 2;
}

/**
 * Computes the exact t = w - 2.5 of the elements at the byte offsets `listPtr` [n], from s behind `sPtr` to t behind
 * `tPtr`, both float32. All are on log1p's rational branch (`near`), or none is. The list has room up to a multiple of
 * 4, whose entries are valid offsets.
 */
export function resolveOpen(near: bool, sPtr: usize, tPtr: usize, n: u32, listPtr: usize): void {
  const one = f32x4.splat(1);
  while (n > 0) {
    const count = min<u32>(n, PASS);
    for (let i: u32 = 0; i < count; i += 4) {
      const s = gather(sPtr, listPtr + (i << 2));
      v128.store(b0 + (i << 2), near ? f32x4.neg(s) : f32x4.sub(one, s));
    }
    if (near) log1pRational(b0, count, true);
    else log(b0, count, true);
    for (let i: u32 = 0; i < count; i += 4, listPtr += 16) {
      const x = v128.load(b0 + (i << 2));
      scatter(tPtr, listPtr, count - i, f32x4.sub(f32x4.neg(near ? log1pFinish(x, i << 2) : x), f32x4.splat(2.5)));
    }
    n -= count;
  }
}
