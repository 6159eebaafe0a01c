/** Row-wise passes over matrices: softmax and normalisation. `xPtr` and `outPtr` are [rows, n] float32. */
import { flush } from "./fma";
import { sumRow, sumRowsF32, sumSquares } from "./sum";
import { Unary, unaryF32 } from "./unary";

/**
 * e^(x - max) over its sum, row by row: times the reciprocal of the sum, both roundings. With `log` its logarithm:
 * (x - max) less the logarithm of the sum, and `xPtr` is overwritten. Subnormals count as zeros of their sign, save in the
 * sum. `xPtr` and `outPtr` may not overlap; both with room up to a multiple of 16.
 */
export function softmaxF32(xPtr: usize, n: u32, rows: u32, outPtr: usize, fused: bool, log: bool): void {
  const stride = <usize>n << 2;
  const four = stride & ~15;
  let x = xPtr;
  let out = outPtr;
  for (let row: u32 = 0; row < rows; row++, x += stride, out += stride) {
    const top = largest(x, stride);
    const top4 = f32x4.splat(top);
    let j: usize = 0;
    // A subnormal difference may stay: its e^x is 1, and what is taken from it then is the logarithm of 2 or more.
    for (; j < four; j += 16) v128.store(out + j, f32x4.sub(flush(v128.load(x + j)), top4));
    for (; j < stride; j += 4) v128.store32_lane(out + j, f32x4.sub(flush(v128.load32_zero(x + j)), top4), 0);
  }
  x = log ? xPtr : outPtr;
  unaryF32(Unary.exp, fused, outPtr, x, n * rows);
  // A row's sum goes where the rows before it were, which nobody reads again.
  if (log) {
    sumRowsF32(x, n, rows, xPtr);
    unaryF32(Unary.log, fused, xPtr, xPtr, rows);
  }
  out = outPtr;
  for (let row: u32 = 0; row < rows; row++, out += stride) {
    const share = log ? v128.load32_splat(xPtr + (<usize>row << 2)) : flush(f32x4.splat(<f32>1 / sumRow(out, stride)));
    let j: usize = 0;
    for (; j < four; j += 16) v128.store(out + j, shared(v128.load(out + j), share, log));
    for (; j < stride; j += 4) v128.store32_lane(out + j, shared(v128.load32_zero(out + j), share, log), 0);
  }
}

// @ts-ignore: decorator
@inline
function shared(x: v128, share: v128, log: bool): v128 {
  return flush(log ? f32x4.sub(x, share) : f32x4.mul(x, share));
}

/** e^(x - top) of each element, in place: `ptr` [n] float32 with room up to a multiple of 16. */
export function shiftedExpF32(ptr: usize, top: f32, n: u32, fused: bool): void {
  const top4 = flush(f32x4.splat(top));
  const end = ptr + (<usize>n << 2);
  for (let at = ptr; at < end; at += 16) v128.store(at, f32x4.sub(flush(v128.load(at)), top4));
  unaryF32(Unary.exp, fused, ptr, ptr, n);
}

/** Each element times `factor`, in place, subnormals as zeros: `ptr` [n] float32 with room up to a multiple of 4. */
export function scaleF32(ptr: usize, factor: f32, n: u32): void {
  const factor4 = flush(f32x4.splat(factor));
  const end = ptr + (<usize>n << 2);
  for (; ptr < end; ptr += 16) v128.store(ptr, flush(f32x4.mul(v128.load(ptr), factor4)));
}

/** The largest of the terms in the `bytes` bytes at `ptr`, subnormals as zeros; -Infinity of none. A NaN may be passed over. */
function largest(ptr: usize, bytes: usize): f32 {
  let top = f32x4.splat(-Infinity);
  const four = ptr + (bytes & ~15);
  const end = ptr + bytes;
  for (; ptr < four; ptr += 16) top = f32x4.pmax(top, v128.load(ptr));
  for (; ptr < end; ptr += 4) top = f32x4.pmax(top, v128.load32_splat(ptr));
  top = f32x4.pmax(top, i64x2.shuffle(top, top, 1, 1));
  top = f32x4.pmax(top, i32x4.shuffle(top, top, 1, 1, 1, 1));
  return f32x4.extract_lane(flush(top), 0);
}

/**
 * (x - mean) * (scale / sqrt(var + epsilon)) + bias, row by row, with mean and variance from the sums of the row and of its
 * squares; `centered` false takes the mean as 0. `scalePtr` [n] or 0, `biasPtr` [n] or 0, float32.
 */
export function normalizeRowsF32(xPtr: usize, n: u32, rows: u32, outPtr: usize, scalePtr: usize, biasPtr: usize, epsilon: f32, centered: bool): void {
  const stride = <usize>n << 2;
  const four = stride & ~15;
  const count = <f32>n;
  for (let row: u32 = 0; row < rows; row++, xPtr += stride, outPtr += stride) {
    const mean: f32 = centered ? sumRow(xPtr, stride) / count : 0;
    let variance = sumSquares(xPtr, stride) / count - mean * mean;
    if (variance < 0) variance = 0;
    const factor: f32 = <f32>1 / sqrt<f32>(variance + epsilon);
    const mean4 = f32x4.splat(mean);
    const factor4 = f32x4.splat(factor);
    let j: usize = 0;
    for (; j < four; j += 16) {
      const scaled = scalePtr ? f32x4.mul(factor4, v128.load(scalePtr + j)) : factor4;
      const y = f32x4.mul(f32x4.sub(v128.load(xPtr + j), mean4), scaled);
      v128.store(outPtr + j, biasPtr ? f32x4.add(y, v128.load(biasPtr + j)) : y);
    }
    for (; j < stride; j += 4) {
      const scaled = scalePtr ? factor * load<f32>(scalePtr + j) : factor;
      const y = (load<f32>(xPtr + j) - mean) * scaled;
      store<f32>(outPtr + j, biasPtr ? y + load<f32>(biasPtr + j) : y);
    }
  }
}
