/**
 * A factor times erf_inv(u) for float32, from t = w - 2.5, w = -log1p(-u^2). The factor is 1 or sqrt(2), given by its
 * bits.
 *
 * Source: Giles, "Approximating the erfinv function" (GPU Computing Gems, 2011), as `chlo.erf_inv` expands it in jaxlib
 * 0.10.2.
 */
import { promoteHigh } from "./fma";
import { scatter } from "./gather";
import { splatBits } from "./lanes";
import { polynomial } from "./polynomial";

/** The centre's polynomial in t, highest power first. */
export const centre: usize = memory.data<u32>([
  0x32f16588, // 2.81022636e-8
  0x34b84b36, // 3.43273939e-7
  0xb66c7357, // -3.5233877e-6
  0xb6935ac1, // -4.39150654e-6
  0x396532db, // 2.1858087e-4
  0xbaa45408, // -1.25372503e-3
  0xbb88e4ef, // -4.17768164e-3
  0x3e7c8f63, // 0.246640727
  0x3fc02e2f, // 1.50140941
]);

/** The tails' polynomial in sqrt(w) - 3, w >= 5, highest power first. */
export const tail: usize = memory.data<u32>([
  0xb951f09b, // -2.00214257e-4
  0x38d3b56b, // 1.00950558e-4
  0x3ab0dc72, // 1.34934322e-3
  0xbb70bde7, // -3.67342844e-3
  0x3bbc127b, // 5.73950773e-3
  0xbbf9c5d7, // -7.6224613e-3
  0x3c1aa57e, // 9.43887047e-3
  0x3f8036db, // 1.00167406
  0x40354f7e, // 2.83297682
]);

/** 1.5 * 2^(E + 29) for the binades E = -22, -13, -3, and the two words of `roundAway`. */
const rounders: usize = memory.data<f64>([192, 98304, 100663296]);
const roundBit: usize = memory.data<u64>([0x10000000, 0xffffffffe0000000]);

/**
 * a * b + c rounded to float32 where every result has the same binade E. Adding and subtracting C = 1.5 * 2^(E + 29)
 * leaves no bit below float32's last, 2^(E - 23). `cPlusC` is c + C, which is exact because c is a multiple of that
 * bit. There is one rounding, so this is a true FMA in three operations.
 */
// @ts-ignore: decorator
@inline
function fmaInBinade(a: v128, b: v128, cPlusC: v128, C: v128): v128 {
  return f64x2.sub(f64x2.add(f64x2.mul(a, b), cPlusC), C);
}

/**
 * a * b + c rounded to float32 and kept as f64x2, by integer operations, because demoting and promoting costs more.
 * Ties are rounded away from zero; no sum here is one.
 */
// @ts-ignore: decorator
@inline
function fmaAway(a: v128, b: v128, c: v128, bit: v128, mask: v128): v128 {
  return v128.and(i64x2.add(f64x2.add(f64x2.mul(a, b), c), bit), mask);
}

/** A float32 constant in both lanes of an f64x2. */
// @ts-ignore: decorator
@inline
function double(ptr: usize): v128 {
  return f64x2.splat(<f64>load<f32>(ptr));
}

/**
 * factor * p(t) * u where w < 5, that is t < 2.5; elsewhere anything.
 * `tPtr` [n] float32, `uPtr` [n] float32, replaced by the result, both with room up to a multiple of 8.
 */
export function erfInvCentre(tPtr: usize, uPtr: usize, n: u32, factor: i32): void {
  const C22 = v128.load64_splat(rounders, 0);
  const C13 = v128.load64_splat(rounders, 8);
  const C3 = v128.load64_splat(rounders, 16);
  const bit = v128.load64_splat(roundBit, 0);
  const mask = v128.load64_splat(roundBit, 8);
  const c0 = double(centre);
  const c1 = f64x2.add(double(centre + 4), C22);
  const c2 = double(centre + 8);
  const c3 = double(centre + 12);
  const c4 = f64x2.add(double(centre + 16), C13);
  const c5 = double(centre + 20);
  const c6 = double(centre + 24);
  const c7 = f64x2.add(double(centre + 28), C3);
  const c8 = double(centre + 32);
  const factor4 = splatBits(factor);
  const end = uPtr + ((<usize>n) << 2);
  for (; uPtr < end; uPtr += 32) {
    const ta = v128.load(tPtr);
    const tb = v128.load(tPtr, 16);
    const t0 = f64x2.promote_low_f32x4(ta);
    const t1 = promoteHigh(ta);
    const t2 = f64x2.promote_low_f32x4(tb);
    const t3 = promoteHigh(tb);
    let p0 = fmaInBinade(c0, t0, c1, C22);
    let p1 = fmaInBinade(c0, t1, c1, C22);
    let p2 = fmaInBinade(c0, t2, c1, C22);
    let p3 = fmaInBinade(c0, t3, c1, C22);
    p0 = fmaAway(p0, t0, c2, bit, mask);
    p1 = fmaAway(p1, t1, c2, bit, mask);
    p2 = fmaAway(p2, t2, c2, bit, mask);
    p3 = fmaAway(p3, t3, c2, bit, mask);
    p0 = fmaAway(p0, t0, c3, bit, mask);
    p1 = fmaAway(p1, t1, c3, bit, mask);
    p2 = fmaAway(p2, t2, c3, bit, mask);
    p3 = fmaAway(p3, t3, c3, bit, mask);
    p0 = fmaInBinade(p0, t0, c4, C13);
    p1 = fmaInBinade(p1, t1, c4, C13);
    p2 = fmaInBinade(p2, t2, c4, C13);
    p3 = fmaInBinade(p3, t3, c4, C13);
    p0 = fmaAway(p0, t0, c5, bit, mask);
    p1 = fmaAway(p1, t1, c5, bit, mask);
    p2 = fmaAway(p2, t2, c5, bit, mask);
    p3 = fmaAway(p3, t3, c5, bit, mask);
    p0 = fmaAway(p0, t0, c6, bit, mask);
    p1 = fmaAway(p1, t1, c6, bit, mask);
    p2 = fmaAway(p2, t2, c6, bit, mask);
    p3 = fmaAway(p3, t3, c6, bit, mask);
    p0 = fmaInBinade(p0, t0, c7, C3);
    p1 = fmaInBinade(p1, t1, c7, C3);
    p2 = fmaInBinade(p2, t2, c7, C3);
    p3 = fmaInBinade(p3, t3, c7, C3);
    p0 = f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(p0, t0), c8));
    p1 = f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(p1, t1), c8));
    p2 = f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(p2, t2), c8));
    p3 = f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(p3, t3), c8));
    const a = i64x2.shuffle(p0, p1, 0, 2);
    const b = i64x2.shuffle(p2, p3, 0, 2);
    v128.store(uPtr, f32x4.mul(f32x4.mul(a, v128.load(uPtr)), factor4));
    v128.store(uPtr, f32x4.mul(f32x4.mul(b, v128.load(uPtr, 16)), factor4), 16);
    tPtr += 32;
  }
}

/**
 * factor * p(sqrt(w) - 3) * u of the listed elements, those of the tails, w >= 5.
 *
 * `tPtr` [n] and `uPtr` [n] float32, both with room up to a multiple of 16; the first is overwritten. The results are
 * written to the byte offsets `listPtr` [n] behind `outPtr`, which have room up to a multiple of 4.
 */
export function erfInvTails(outPtr: usize, n: u32, listPtr: usize, tPtr: usize, uPtr: usize, factor: i32): void {
  for (let i: usize = 0; i < (<usize>n) << 2; i += 16) {
    // t = w - 2.5 is exact for w from 5 up, so that w comes back exactly.
    v128.store(tPtr + i, f32x4.sub(f32x4.sqrt(f32x4.add(v128.load(tPtr + i), f32x4.splat(2.5))), f32x4.splat(3)));
  }
  polynomial(tail, 9, tPtr, tPtr, n, true);
  for (let i: u32 = 0; i < n; i += 4, listPtr += 16) {
    scatter(
      outPtr,
      listPtr,
      n - i,
      f32x4.mul(f32x4.mul(v128.load(tPtr + (i << 2)), v128.load(uPtr + (i << 2))), splatBits(factor)),
    );
  }
}
