import { rectified } from "../relu";

/**
 * (y - mean) * factor + bias, then the activation, of each row [m] at `ptr`, in place; rows are `stride` elements
 * apart. As `standardizeF32`, `reluF32` and `activateF32` round.
 *
 * - `normPtr`: mean, factor and bias [m], each from a multiple of 4 elements on; or 0 for no normalisation.
 * - `limit`: what the activation is at most, Infinity for relu; below 0 for no activation.
 * - Up to 12 bytes behind a row are read.
 */
export function epilogueF32(ptr: usize, rows: u32, m: u32, stride: u32, normPtr: usize, limit: f32): void {
  if (limit < 0) {
    if (normPtr) finish(ptr, rows, m, stride, normPtr, limit, true, false);
  } else if (normPtr) finish(ptr, rows, m, stride, normPtr, limit, true, true);
  else finish(ptr, rows, m, stride, normPtr, limit, false, true);
}

// @ts-ignore: decorator
@inline
function finish(
  ptr: usize,
  rows: u32,
  m: u32,
  stride: u32,
  normPtr: usize,
  limit: f32,
  hasNorm: bool,
  hasLimit: bool,
): void {
  const row = (<usize>m) << 2;
  const step = (<usize>stride) << 2;
  const wide = row & ~15;
  const list = (row + 15) & ~15;
  const factorPtr = normPtr + list;
  const biasPtr = factorPtr + list;
  const top = f32x4.splat(limit);
  for (const end = ptr + step * rows; ptr != end; ptr += step) {
    let j: usize = 0;
    for (; j < wide; j += 16)
      v128.store(ptr + j, four(v128.load(ptr + j), normPtr + j, factorPtr + j, biasPtr + j, top, hasNorm, hasLimit));
    if (j < row) {
      let y = four(v128.load(ptr + j), normPtr + j, factorPtr + j, biasPtr + j, top, hasNorm, hasLimit);
      for (; j < row; j += 4) {
        v128.store32_lane(ptr + j, y, 0);
        y = v128.shuffle<i32>(y, y, 1, 2, 3, 0);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function four(
  y: v128,
  meanPtr: usize,
  factorPtr: usize,
  biasPtr: usize,
  top: v128,
  hasNorm: bool,
  hasLimit: bool,
): v128 {
  if (hasNorm) y = f32x4.add(f32x4.mul(f32x4.sub(y, v128.load(meanPtr)), v128.load(factorPtr)), v128.load(biasPtr));
  return hasLimit ? f32x4.pmin(rectified(y), top) : y;
}
