/** What the gradients of layer norms and batch norms share: the one has numbers for rows, the other for columns. */
import { flush } from "../fma";
import { plus, times } from "./rounded";

/**
 * For each row ct = ct * (root * scale) + slope * (x * 2) + shift, in place.
 *
 * `ctPtr`, `xPtr` [rows, n], `scalePtr` [n], all float32. `rootPtr`, `slopePtr`, `shiftPtr` [rows]; with `columns`
 * slopes and shifts are [n], and there is no root. Up to three elements behind a row are read.
 */
export function normBack(
  ctPtr: usize,
  xPtr: usize,
  scalePtr: usize,
  rootPtr: usize,
  slopePtr: usize,
  shiftPtr: usize,
  rows: u32,
  n: u32,
  columns: bool,
): void {
  const stride = (<usize>n) << 2;
  for (let row: usize = 0; row < rows; row++, ctPtr += stride, xPtr += stride) {
    const root = columns ? f32x4.splat(1) : flush(v128.load32_splat(rootPtr + (row << 2)));
    const rowSlope = columns ? root : v128.load32_splat(slopePtr + (row << 2));
    const rowShift = columns ? root : v128.load32_splat(shiftPtr + (row << 2));
    for (let j: usize = 0; j < stride; j += 16) {
      const ct = times(flush(v128.load(ctPtr + j)), times(root, flush(v128.load(scalePtr + j))));
      const twice = times(flush(v128.load(xPtr + j)), f32x4.splat(2));
      const slope = columns ? v128.load(slopePtr + j) : rowSlope;
      const shift = columns ? v128.load(shiftPtr + j) : rowShift;
      storeFirst(ctPtr + j, plus(plus(ct, times(flush(slope), twice)), flush(shift)), stride - j);
    }
  }
}

/**
 * For each row ct = ct * (x - mean) * scale and x = -(ct * (root * scale)), in place.
 *
 * `ctPtr`, `xPtr` [rows, n], `scalePtr` [n], all float32. `meanPtr`, `rootPtr` [rows]; with `columns` means are [n],
 * there is neither root nor scale, and x stays. Up to three elements behind a row are read.
 */
export function normTerms(
  ctPtr: usize,
  xPtr: usize,
  scalePtr: usize,
  meanPtr: usize,
  rootPtr: usize,
  rows: u32,
  n: u32,
  columns: bool,
): void {
  const stride = (<usize>n) << 2;
  const one = f32x4.splat(1);
  for (let row: usize = 0; row < rows; row++, ctPtr += stride, xPtr += stride) {
    const root = columns ? one : flush(v128.load32_splat(rootPtr + (row << 2)));
    const rowMean = columns ? root : v128.load32_splat(meanPtr + (row << 2));
    for (let j: usize = 0; j < stride; j += 16) {
      const scale = columns ? one : flush(v128.load(scalePtr + j));
      const ct = flush(v128.load(ctPtr + j));
      const mean = flush(columns ? v128.load(meanPtr + j) : rowMean);
      const distance = flush(f32x4.sub(flush(v128.load(xPtr + j)), mean));
      storeFirst(ctPtr + j, times(times(ct, distance), scale), stride - j);
      if (!columns) storeFirst(xPtr + j, f32x4.neg(times(ct, times(root, scale))), stride - j);
    }
  }
}

/** Stores x, or of the end of a row, which has `bytes` bytes left, what belongs to it. */
// @ts-ignore: decorator
@inline
function storeFirst(ptr: usize, x: v128, bytes: usize): void {
  if (bytes >= 16) v128.store(ptr, x);
  else storeEnd(ptr, x, bytes);
}

function storeEnd(ptr: usize, x: v128, bytes: usize): void {
  for (const end = ptr + bytes; ptr < end; ptr += 4) {
    v128.store32_lane(ptr, x, 0);
    x = i32x4.shuffle(x, x, 1, 2, 3, 0);
  }
}
