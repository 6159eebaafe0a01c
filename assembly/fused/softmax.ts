import { combine, partials, SUM_BLOCK, sumRow } from "../sum";
import { flush, flushPositive } from "./constants";
import { exp, expOfNegative } from "./exp";
import { log } from "./log";

/** The numbers of lanes. */
export const lanes: usize = memory.data<u32>([0, 1, 2, 3], 16);

/**
 * Softmax row by row: e^(x - max) times the reciprocal of its sum, both rounded.
 *
 * - With `log`, its logarithm: (x - max) minus the logarithm of the sum.
 * - Subnormals count as zeros of their sign, except in the sum.
 * - `xPtr`, `outPtr` [rows, n] float32, which do not overlap, both with room up to a multiple of 16.
 */
export function softmaxF32(xPtr: usize, outPtr: usize, rows: u32, n: u32, logarithm: bool): void {
  const bytes = (<usize>n) << 2;
  for (let row: u32 = 0; row < rows; row++, xPtr += bytes, outPtr += bytes) {
    const top = largest(xPtr, bytes);
    // More terms than a block of a sum has are summed again, block by block.
    const partial = powers(xPtr, outPtr, bytes, top);
    const sum = bytes > SUM_BLOCK ? sumRow(outPtr, bytes) : partial;
    if (logarithm) subtract(xPtr, outPtr, bytes, top, logOfSum(f32x4.splat(sum)));
    else scale(outPtr, bytes, flush(f32x4.splat(<f32>1 / sum)));
  }
}

/** A function that is called, because it is long and the time of a row is not in it. */
export function logOfSum(sum: v128): v128 {
  return log(sum);
}

/** e^(x - max) of each element, in place: `ptr` [n] float32 with room up to a multiple of 4. */
export function shiftedExpF32(ptr: usize, max: f32, n: u32): void {
  const top = flush(f32x4.splat(max));
  for (const end = ptr + ((<usize>n) << 2); ptr < end; ptr += 16)
    v128.store(ptr, exp(f32x4.sub(flush(v128.load(ptr)), top)));
}

/** The maximum of a row in all lanes, subnormals as zeros. A NaN may be ignored. */
// @ts-ignore: decorator
@inline
function largest(ptr: usize, bytes: usize): v128 {
  let top = f32x4.splat(-Infinity);
  let second = top;
  let third = top;
  let fourth = top;
  const end = ptr + bytes;
  for (const whole = ptr + (bytes & ~63); ptr < whole; ptr += 64) {
    top = f32x4.pmax(top, v128.load(ptr));
    second = f32x4.pmax(second, v128.load(ptr, 16));
    third = f32x4.pmax(third, v128.load(ptr, 32));
    fourth = f32x4.pmax(fourth, v128.load(ptr, 48));
  }
  for (; ptr + 16 <= end; ptr += 16) top = f32x4.pmax(top, v128.load(ptr));
  for (; ptr < end; ptr += 4) second = f32x4.pmax(second, v128.load32_splat(ptr));
  top = f32x4.pmax(f32x4.pmax(top, second), f32x4.pmax(third, fourth));
  top = f32x4.pmax(top, i64x2.shuffle(top, top, 1, 0));
  return flush(f32x4.pmax(top, i32x4.shuffle(top, top, 1, 0, 3, 2)));
}

/**
 * The powers of a row, and their sum in the order of `sumF32` if they are at most a block: the 16 partials are the four
 * vectors of a step. Up to three numbers behind the row are written.
 */
// @ts-ignore: decorator
@inline
function powers(xPtr: usize, outPtr: usize, bytes: usize, top: v128): f32 {
  const parts = partials();
  for (let i: usize = 0; i < 64; i += 16) v128.store(parts + i, i32x4.splat(0));
  const end = outPtr + bytes;
  let part = parts;
  for (; outPtr + 16 <= end; outPtr += 16, xPtr += 16) {
    v128.store(part, f32x4.add(v128.load(part), power(xPtr, outPtr, top)));
    part = parts + ((part - parts + 16) & 48);
  }
  if (outPtr < end) {
    // Adding +0 changes nothing, because a partial is never -0.
    const left = i32x4.splat(<i32>((end - outPtr) >> 2));
    const y = v128.and(power(xPtr, outPtr, top), i32x4.lt_s(v128.load(lanes), left));
    v128.store(part, f32x4.add(v128.load(part), y));
  }
  return combine(v128.load(parts), v128.load(parts, 16), v128.load(parts, 32), v128.load(parts, 48));
}

// @ts-ignore: decorator
@inline
function power(xPtr: usize, outPtr: usize, top: v128): v128 {
  const y = expOfNegative(f32x4.sub(v128.load(xPtr), top));
  v128.store(outPtr, y);
  return y;
}

/** Each of a row times `share`. Up to three numbers behind the row are written. */
// @ts-ignore: decorator
@inline
function scale(ptr: usize, bytes: usize, share: v128): void {
  for (const end = ptr + bytes; ptr < end; ptr += 16) v128.store(ptr, flushPositive(f32x4.mul(v128.load(ptr), share)));
}

/** x - max - `less` of each of a row. Up to three numbers behind the row are written. */
// @ts-ignore: decorator
@inline
function subtract(xPtr: usize, outPtr: usize, bytes: usize, top: v128, less: v128): void {
  for (const end = outPtr + bytes; outPtr < end; outPtr += 16, xPtr += 16)
    v128.store(outPtr, flush(f32x4.sub(f32x4.sub(flush(v128.load(xPtr)), top), less)));
}
