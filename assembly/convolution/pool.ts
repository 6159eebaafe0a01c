import { flush } from "../fma";
import { signOf, smaller } from "../lanes";
import { Binary } from "../opcodes";

/**
 * The sum, the maximum or the minimum (`op`) of each window that slides over an image, feature by feature.
 *
 * - Sums ascend from +0, rounded, subnormals kept. With a `factor` that is not 0 they are multiplied by it,
 *   subnormals as zeros; NaN stands for 1 / the number of offsets. Of nothing: +0.
 * - Extremes are NaN where one is; -0 is below 0. Of nothing: -Infinity or Infinity.
 * - The `segments` segments at `segmentsPtr` are four u32 each: where x begins for its first place, how many places it
 *   has, where its offsets begin, and how many there are. The places are `step` bytes apart; offsets are u32, in bytes.
 * - x float32; `outPtr` [places, features] float32.
 */
export function poolF32(
  op: Binary,
  segmentsPtr: usize,
  outPtr: usize,
  segments: u32,
  step: usize,
  features: u32,
  factor: f32,
): void {
  if (op != Binary.add) return extremes(op, segmentsPtr, outPtr, segments, step, features);
  const row = (<usize>features) << 2;
  const scaled = factor != 0;
  let by = f32x4.splat(factor);
  for (const end = segmentsPtr + ((<usize>segments) << 4); segmentsPtr < end; segmentsPtr += 16) {
    let x: usize = load<u32>(segmentsPtr);
    const offsets: usize = load<u32>(segmentsPtr, 8);
    const count = load<u32>(segmentsPtr, 12);
    const offsetsEnd = offsets + ((<usize>count) << 2);
    if (factor != factor) by = f32x4.splat(<f32>1 / <f32>count);
    for (let places = load<u32>(segmentsPtr, 4); places; places--, x += step, outPtr += row) {
      let c: usize = 0;
      for (; c + 64 <= row; c += 64) {
        let s0 = i32x4.splat(0);
        let s1 = s0;
        let s2 = s0;
        let s3 = s0;
        for (let at = offsets; at < offsetsEnd; at += 4) {
          const from = x + c + load<u32>(at);
          s0 = f32x4.add(s0, v128.load(from));
          s1 = f32x4.add(s1, v128.load(from, 16));
          s2 = f32x4.add(s2, v128.load(from, 32));
          s3 = f32x4.add(s3, v128.load(from, 48));
        }
        const to = outPtr + c;
        v128.store(to, product(s0, by, scaled));
        v128.store(to, product(s1, by, scaled), 16);
        v128.store(to, product(s2, by, scaled), 32);
        v128.store(to, product(s3, by, scaled), 48);
      }
      for (; c + 16 <= row; c += 16)
        v128.store(outPtr + c, product(sum(x + c, offsets, offsetsEnd, false), by, scaled));
      for (; c < row; c += 4)
        v128.store32_lane(outPtr + c, product(sum(x + c, offsets, offsetsEnd, true), by, scaled), 0);
    }
  }
}

function extremes(op: Binary, segmentsPtr: usize, outPtr: usize, segments: u32, step: usize, features: u32): void {
  const row = (<usize>features) << 2;
  const sign = signOf(op);
  for (const end = segmentsPtr + ((<usize>segments) << 4); segmentsPtr < end; segmentsPtr += 16) {
    let x: usize = load<u32>(segmentsPtr);
    const offsets: usize = load<u32>(segmentsPtr, 8);
    const offsetsEnd = offsets + ((<usize>load<u32>(segmentsPtr, 12)) << 2);
    for (let places = load<u32>(segmentsPtr, 4); places; places--, x += step, outPtr += row) {
      let c: usize = 0;
      for (; c + 64 <= row; c += 64) {
        let m0 = f32x4.splat(Infinity);
        let m1 = m0;
        let m2 = m0;
        let m3 = m0;
        for (let at = offsets; at < offsetsEnd; at += 4) {
          const from = x + c + load<u32>(at);
          m0 = smaller(m0, v128.xor(v128.load(from), sign));
          m1 = smaller(m1, v128.xor(v128.load(from, 16), sign));
          m2 = smaller(m2, v128.xor(v128.load(from, 32), sign));
          m3 = smaller(m3, v128.xor(v128.load(from, 48), sign));
        }
        const to = outPtr + c;
        v128.store(to, v128.xor(m0, sign));
        v128.store(to, v128.xor(m1, sign), 16);
        v128.store(to, v128.xor(m2, sign), 32);
        v128.store(to, v128.xor(m3, sign), 48);
      }
      for (; c + 16 <= row; c += 16) v128.store(outPtr + c, extreme(x + c, offsets, offsetsEnd, sign, false));
      for (; c < row; c += 4) v128.store32_lane(outPtr + c, extreme(x + c, offsets, offsetsEnd, sign, true), 0);
    }
  }
}

/** The sum over the offsets of what lies there from `x`, of four features or of `one`. */
// @ts-ignore: decorator
@inline
function sum(x: usize, at: usize, end: usize, one: bool): v128 {
  let sum = i32x4.splat(0);
  for (; at < end; at += 4) sum = f32x4.add(sum, feature(x + load<u32>(at), one));
  return sum;
}

// @ts-ignore: decorator
@inline
function product(sum: v128, factor: v128, scaled: bool): v128 {
  return scaled ? flush(f32x4.mul(flush(sum), factor)) : sum;
}

/** The extreme over the offsets of what lies there from `x`. */
// @ts-ignore: decorator
@inline
function extreme(x: usize, at: usize, end: usize, sign: v128, one: bool): v128 {
  let best = f32x4.splat(Infinity);
  for (; at < end; at += 4) best = smaller(best, v128.xor(feature(x + load<u32>(at), one), sign));
  return v128.xor(best, sign);
}

// @ts-ignore: decorator
@inline
function feature(ptr: usize, one: bool): v128 {
  return one ? v128.load32_zero(ptr) : v128.load(ptr);
}
