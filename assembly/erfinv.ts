/**
 * float32 erf_inv of XLA's CPU backend. `erfInv` gives it in both profiles, by short passes. `scaledErfInv` gives a
 * factor times erf_inv with every product-sum fused, as the normal draws need it.
 *
 * `scaledErfInv` takes chunks of 1024 through short loops that fit the registers, each over one dense list, without a
 * branch that could be mispredicted. One loop that emulates every FMA and evaluates both sides of every branch takes 34
 * ns an element; this takes 4.5 (Node 20, x86-64, 2026-11).
 */
import { compress, expand } from "./compress";
import { bracketLarge, bracketSmall, resolveOpen } from "./erfinvbrackets";
import { centre, erfInvCentre, erfInvTails, tail } from "./erfinvpolynomials";
import { flush } from "./fma";
import { splatBits } from "./lanes";
import { log1p } from "./log";
import { polynomial } from "./polynomial";
import { a0, a1, a2, a3, c0, PASS } from "./scratch";
import { fraction } from "./uniform";

/** Elements a pass. */
// @ts-ignore: decorator
@inline
export const CHUNK: u32 = 1024;
/** Bytes of a list: a store may reach three elements past a chunk's end, a load of the last group seven. */
const LIST: i32 = 1024 * 4 + 32;

/** s = u^2 of the elements on log1p's rational branch, and of the others; then t = w - 2.5 of each. */
const smalls: usize = memory.data(LIST, 16);
const larges: usize = memory.data(LIST, 16);
const smallTs: usize = memory.data(LIST, 16);
const largeTs: usize = memory.data(LIST, 16);
/** Which elements of each vector are on the rational branch. */
const masks: usize = memory.data(1024 / 4, 16);
/** t by element. */
const ts: usize = memory.data(LIST, 16);
/** The exceptions: byte offsets, and for the tails t and u of each. */
const list: usize = memory.data(LIST, 16);
const tailTs: usize = memory.data(LIST, 16);
const tailUs: usize = memory.data(LIST, 16);

/** What a chunk's u are made from: they are given, or drawn from bits as for normals. */
export const enum From {
  values,
  normalBits,
}

/** The fast passes hold for s from 2^-100 to 1: the smallest bit pattern, and how many follow. */
const LOWEST: i32 = 0x0d800000;
const SPAN: i32 = 0x3f800000 - 0x0d800000;

/**
 * `factor` * erf_inv(u) of a chunk, n at most `CHUNK`. `inPtr` [n] float32 or uint32, `uPtr` [n] float32 (the same
 * address is allowed), both with room up to a multiple of 8. `factor` is a float32's word.
 */
// @ts-ignore: decorator
@inline
export function scaledErfInv(from: From, inPtr: usize, uPtr: usize, n: u32, factor: i32): void {
  const smallCount = partition(from, inPtr, uPtr, n);
  if (smallCount < 0) exact(uPtr, n, factor);
  else evaluateLists(uPtr, n, smallCount, factor);
}

/** erf_inv of the chunk that `partition` left in `uPtr` and the lists. */
function evaluateLists(uPtr: usize, n: u32, smallCount: u32, factor: i32): void {
  const largeCount = ((n + 3) & ~3) - smallCount;
  // A call costs its constants too: the small draws have nothing to resolveOpen, most often.
  const openSmall = bracketSmall(smalls, smallTs, smallCount, list);
  if (openSmall > 0) resolveOpen(true, smalls, smallTs, openSmall, list);
  const openLarge = bracketLarge(larges, largeTs, largeCount, list);
  if (openLarge > 0) resolveOpen(false, larges, largeTs, openLarge, list);
  const tails = merge(uPtr, n);
  erfInvCentre(ts, uPtr, n, factor);
  if (tails > 0) erfInvTails(uPtr, tails, list, tailTs, tailUs, factor);
}

/** `factor` * erf_inv(u) of any u in `uPtr`, in place. */
function exact(uPtr: usize, n: u32, factor: i32): void {
  const factor4 = splatBits(factor);
  for (const end = uPtr + ((<usize>n) << 2); uPtr < end; uPtr += PASS * 4) {
    const count = min<u32>(PASS, (<u32>(end - uPtr)) >> 2);
    const bytes = (<usize>count) << 2;
    for (let i: usize = 0; i < bytes; i += 16) v128.store(uPtr + i, flush(v128.load(uPtr + i)));
    erfInv(uPtr, count, true);
    for (let i: usize = 0; i < bytes; i += 16) v128.store(uPtr + i, f32x4.mul(v128.load(uPtr + i), factor4));
  }
}

/**
 * Writes u to `uPtr`, and sorts s = u^2 into `smalls` and `larges` by log1p's branch. Returns how many are small, or -1
 * where an s is not from 2^-100 to 1, which cannot be with normals.
 */
// @ts-ignore: decorator
@inline
function partition(from: From, inPtr: usize, uPtr: usize, n: u32): i32 {
  const lowest = splatBits(0xbf7fffff); // the float32 after -1
  const threshold = splatBits(0x3ed413cd); // 0.41421357
  let odd = i32x4.splat(0);
  let smallPtr = smalls;
  let largePtr = larges;
  for (let i: u32 = 0; i < n; i += 4) {
    let u = v128.load(inPtr);
    if (from == From.normalBits) {
      u = fraction(u);
      // The span from `lowest` to 1 rounds to 2, and 2f + lowest to no less than `lowest`.
      u = f32x4.add(f32x4.add(u, u), lowest);
    }
    v128.store(uPtr, u);
    const s = f32x4.mul(u, u);
    if (from != From.normalBits) odd = v128.or(odd, i32x4.ge_u(i32x4.sub(s, i32x4.splat(LOWEST)), i32x4.splat(SPAN)));
    const mask = i32x4.bitmask(f32x4.lt(s, threshold));
    v128.store(smallPtr, compress(s, mask));
    v128.store(largePtr, compress(s, mask ^ 15));
    store<u8>(masks + (i >> 2), mask);
    const bytes: usize = i32.popcnt(mask) << 2;
    smallPtr += bytes;
    largePtr += 16 - bytes;
    inPtr += 16;
    uPtr += 16;
  }
  return from != From.normalBits && v128.any_true(odd) ? -1 : (<i32>(smallPtr - smalls)) >> 2;
}

/** Merges both lists in the order of the samples, in `ts`, and lists those of the tails. Returns how many these are. */
function merge(uPtr: usize, n: u32): u32 {
  const tailFrom = f32x4.splat(2.5);
  const lanes = i32x4(0, 4, 8, 12);
  let smallPtr = smallTs;
  let largePtr = largeTs;
  let listed: usize = 0;
  for (let i: u32 = 0; i < n; i += 4) {
    const mask = <i32>load<u8>(masks + (i >> 2));
    const t = v128.or(expand(v128.load(smallPtr), mask), expand(v128.load(largePtr), mask ^ 15));
    const offset: usize = (<usize>i) << 2;
    v128.store(ts + offset, t);
    const inTail = i32x4.bitmask(f32x4.ge(t, tailFrom));
    // Taken for one vector in 75: a branch that is predicted well is cheaper here than listing without one.
    if (inTail) {
      v128.store(list + listed, compress(i32x4.add(i32x4.splat(<i32>offset), lanes), inTail));
      v128.store(tailTs + listed, compress(t, inTail));
      v128.store(tailUs + listed, compress(v128.load(uPtr + offset), inTail));
      listed += i32.popcnt(inTail) << 2;
    }
    const bytes: usize = i32.popcnt(mask) << 2;
    smallPtr += bytes;
    largePtr += 16 - bytes;
  }
  return (<u32>listed) >> 2;
}

/**
 * erf_inv of each element: `xPtr` [n] float32, `outPtr` [n] float32 (the same address is allowed), both with room up to
 * a multiple of 8.
 */
export function fusedErfInvF32(xPtr: usize, outPtr: usize, n: u32): void {
  for (; n > CHUNK; n -= CHUNK) {
    erfInvChunk(xPtr, outPtr, CHUNK);
    xPtr += CHUNK * 4;
    outPtr += CHUNK * 4;
  }
  erfInvChunk(xPtr, outPtr, n);
}

function erfInvChunk(xPtr: usize, outPtr: usize, n: u32): void {
  scaledErfInv(From.values, xPtr, outPtr, n, 0x3f800000);
}

/**
 * erf_inv of each of the `n` numbers at `ptr` in place, at most `PASS`, with room up to a multiple of 16.
 *
 * Source: Giles, "Approximating the erfinv function" (GPU Computing Gems, 2011), as `chlo.erf_inv` expands it in
 * jaxlib 0.10.2.
 */
export function erfInv(ptr: usize, n: u32, fused: bool): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    v128.store(c0 + i, f32x4.mul(x, f32x4.neg(x)));
  }
  log1p(c0, n, fused);
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = f32x4.neg(v128.load(c0 + i));
    v128.store(a0 + i, f32x4.sub(w, f32x4.splat(2.5)));
    v128.store(a1 + i, f32x4.sub(f32x4.sqrt(w), f32x4.splat(3)));
  }
  polynomial(centre, 9, a0, a2, n, fused);
  polynomial(tail, 9, a1, a3, n, fused);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    const result = f32x4.mul(
      v128.bitselect(v128.load(a2 + i), v128.load(a3 + i), f32x4.gt(v128.load(c0 + i), f32x4.splat(-5))),
      x,
    );
    v128.store(
      ptr + i,
      v128.bitselect(f32x4.mul(x, f32x4.splat(Infinity)), flush(result), f32x4.eq(f32x4.abs(x), f32x4.splat(1))),
    );
  }
}
