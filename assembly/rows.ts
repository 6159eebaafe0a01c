/** Row-wise passes over matrices: softmax and normalisation. `xPtr` and `outPtr` are [rows, n] float32. */
import { flush } from "./fma";
import { Unary } from "./opcodes";
import { sumRow, sumRowsF32, sumSquares } from "./sum";
import { unaryF32 } from "./unary";

/**
 * e^(x - max) over its sum, row by row: times the reciprocal of the sum, both roundings. With `log` its logarithm:
 * (x - max) less the logarithm of the sum, and `xPtr` is overwritten. Subnormals count as zeros of their sign, save in the
 * sum. `xPtr` and `outPtr` may not overlap; both with room up to a multiple of 16.
 */
export function softmaxF32(xPtr: usize, n: u32, rows: u32, outPtr: usize, fused: bool, log: bool): void {
  const stride = (<usize>n) << 2;
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
    const share = log
      ? v128.load32_splat(xPtr + ((<usize>row) << 2))
      : flush(f32x4.splat(<f32>1 / sumRow(out, stride)));
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
  const end = ptr + ((<usize>n) << 2);
  for (let at = ptr; at < end; at += 16) v128.store(at, f32x4.sub(flush(v128.load(at)), top4));
  unaryF32(Unary.exp, fused, ptr, ptr, n);
}

/** Each element times `factor`, in place, subnormals as zeros: `ptr` [n] float32 with room up to a multiple of 4. */
export function scaleF32(ptr: usize, factor: f32, n: u32): void {
  const factor4 = flush(f32x4.splat(factor));
  const end = ptr + ((<usize>n) << 2);
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
 * squares; `centered` false takes the mean as 0. `scalePtr` and `biasPtr` are [period] float32, or 0: each row takes the n
 * elements behind those of the row before, the first those from `first` on, and after the last come the first again. Up to 12
 * bytes behind each are read or written; `outPtr` may not overlap `xPtr`.
 */
export function normalizeRowsF32(
  xPtr: usize,
  n: u32,
  rows: u32,
  outPtr: usize,
  scalePtr: usize,
  biasPtr: usize,
  first: u32,
  period: u32,
  epsilon: f32,
  centered: bool,
): void {
  const stride = (<usize>n) << 2;
  let own = (<usize>first) << 2;
  const count = <f32>n;
  for (let row: u32 = 0; row < rows; row++, xPtr += stride, outPtr += stride) {
    const mean: f32 = centered ? sumRow(xPtr, stride) / count : 0;
    let variance = sumSquares(xPtr, stride) / count - mean * mean;
    if (variance < 0) variance = 0;
    const factor: f32 = <f32>1 / sqrt<f32>(variance + epsilon);
    const mean4 = f32x4.splat(mean);
    const factor4 = f32x4.splat(factor);
    const scales = scalePtr + own;
    const biases = biasPtr + own;
    // What a row writes past its end the next one writes again.
    for (let j: usize = 0; j < stride; j += 16) {
      const scaled = scalePtr ? f32x4.mul(factor4, v128.load(scales + j)) : factor4;
      const y = f32x4.mul(f32x4.sub(v128.load(xPtr + j), mean4), scaled);
      v128.store(outPtr + j, biasPtr ? f32x4.add(y, v128.load(biases + j)) : y);
    }
    own += stride;
    if (own >> 2 >= period) own = 0;
  }
}

/** 1 / sqrt(x + epsilon) * scale of each element, in place: `ptr` and `scalePtr` [n] float32, with room up to a multiple of 4. */
export function factorsF32(ptr: usize, scalePtr: usize, n: u32, epsilon: f32): void {
  const end = ptr + ((<usize>n) << 2);
  const epsilon4 = f32x4.splat(epsilon);
  const one = f32x4.splat(1);
  for (; ptr < end; ptr += 16, scalePtr += 16)
    v128.store(ptr, f32x4.mul(f32x4.div(one, f32x4.sqrt(f32x4.add(v128.load(ptr), epsilon4))), v128.load(scalePtr)));
}

/**
 * (x - mean) * factor + bias, or where `factorPtr` is 0 the square of x - mean. `xPtr` and `outPtr` [rows, cols, size], which do
 * not overlap, `meanPtr`, `factorPtr`, `biasPtr` [cols], all float32. Up to 12 bytes behind each are read or written.
 */
export function standardizeF32(
  xPtr: usize,
  rows: u32,
  cols: u32,
  size: u32,
  outPtr: usize,
  meanPtr: usize,
  factorPtr: usize,
  biasPtr: usize,
): void {
  const width = (<usize>cols) << 2;
  const run = (<usize>size) << 2;
  // What a run writes past its end the next one writes again.
  for (let row: u32 = 0; row < rows; row++) {
    if (size == 1) {
      for (let j: usize = 0; j < width; j += 16) {
        const distance = f32x4.sub(v128.load(xPtr + j), v128.load(meanPtr + j));
        v128.store(
          outPtr + j,
          factorPtr
            ? f32x4.add(f32x4.mul(distance, v128.load(factorPtr + j)), v128.load(biasPtr + j))
            : f32x4.mul(distance, distance),
        );
      }
      xPtr += width;
      outPtr += width;
    } else {
      for (let j: usize = 0; j < width; j += 4, xPtr += run, outPtr += run) {
        const mean = v128.load32_splat(meanPtr + j);
        const factor = v128.load32_splat(factorPtr + j);
        const bias = v128.load32_splat(biasPtr + j);
        for (let at: usize = 0; at < run; at += 16) {
          const distance = f32x4.sub(v128.load(xPtr + at), mean);
          v128.store(
            outPtr + at,
            factorPtr ? f32x4.add(f32x4.mul(distance, factor), bias) : f32x4.mul(distance, distance),
          );
        }
      }
    }
  }
}
