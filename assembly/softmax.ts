import { flush } from "./fma";
import { Unary } from "./opcodes";
import { sumRow, sumRowsF32 } from "./sum";
import { unaryF32 } from "./unary";

/**
 * Softmax row by row: e^(x - max) times the reciprocal of its sum, both rounded.
 *
 * - With `log`, its logarithm: (x - max) minus the logarithm of the sum. `xPtr` is then overwritten.
 * - Subnormals count as zeros of their sign, except in the sum.
 * - `xPtr`, `outPtr` [rows, n] float32, which do not overlap, both with room up to a multiple of 16.
 */
export function softmaxF32(xPtr: usize, outPtr: usize, rows: u32, n: u32, log: bool, fused: bool): void {
  const stride = (<usize>n) << 2;
  const four = stride & ~15;
  let x = xPtr;
  let out = outPtr;
  for (let row: u32 = 0; row < rows; row++, x += stride, out += stride) {
    const max = maximum(x, stride);
    const max4 = f32x4.splat(max);
    let j: usize = 0;
    // A subnormal difference may stay: its e^x is 1, and the logarithm that is subtracted from it is that of 2 or more.
    for (; j < four; j += 16) v128.store(out + j, f32x4.sub(flush(v128.load(x + j)), max4));
    for (; j < stride; j += 4) v128.store32_lane(out + j, f32x4.sub(flush(v128.load32_zero(x + j)), max4), 0);
  }
  x = log ? xPtr : outPtr;
  unaryF32(Unary.exp, outPtr, x, n * rows, fused);
  // A row's sum overwrites rows before it, which are not read again.
  if (log) {
    sumRowsF32(x, xPtr, rows, n);
    unaryF32(Unary.log, xPtr, xPtr, rows, fused);
  }
  out = outPtr;
  for (let row: u32 = 0; row < rows; row++, out += stride) {
    const share = log
      ? v128.load32_splat(xPtr + ((<usize>row) << 2))
      : flush(f32x4.splat(<f32>1 / sumRow(out, stride)));
    let j: usize = 0;
    for (; j < four; j += 16) v128.store(out + j, normalized(v128.load(out + j), share, log));
    for (; j < stride; j += 4) v128.store32_lane(out + j, normalized(v128.load32_zero(out + j), share, log), 0);
  }
}

// @ts-ignore: decorator
@inline
function normalized(x: v128, share: v128, log: bool): v128 {
  return flush(log ? f32x4.sub(x, share) : f32x4.mul(x, share));
}

/** e^(x - max) of each element, in place: `ptr` [n] float32 with room up to a multiple of 16. */
export function shiftedExpF32(ptr: usize, max: f32, n: u32, fused: bool): void {
  const max4 = flush(f32x4.splat(max));
  const end = ptr + ((<usize>n) << 2);
  for (let at = ptr; at < end; at += 16) v128.store(at, f32x4.sub(flush(v128.load(at)), max4));
  unaryF32(Unary.exp, ptr, ptr, n, fused);
}

/** Each element times `factor`, in place, subnormals as zeros: `ptr` [n] float32 with room up to a multiple of 4. */
export function scaleF32(ptr: usize, factor: f32, n: u32): void {
  const factor4 = flush(f32x4.splat(factor));
  const end = ptr + ((<usize>n) << 2);
  for (; ptr < end; ptr += 16) v128.store(ptr, flush(f32x4.mul(v128.load(ptr), factor4)));
}

/**
 * The maximum of the terms in the `bytes` bytes at `ptr`, subnormals as zeros; -Infinity of none. A NaN may be ignored.
 */
export function maximum(ptr: usize, bytes: usize): f32 {
  let top = f32x4.splat(-Infinity);
  const four = ptr + (bytes & ~15);
  const end = ptr + bytes;
  for (; ptr < four; ptr += 16) top = f32x4.pmax(top, v128.load(ptr));
  for (; ptr < end; ptr += 4) top = f32x4.pmax(top, v128.load32_splat(ptr));
  top = f32x4.pmax(top, i64x2.shuffle(top, top, 1, 1));
  top = f32x4.pmax(top, i32x4.shuffle(top, top, 1, 1, 1, 1));
  return f32x4.extract_lane(flush(top), 0);
}
