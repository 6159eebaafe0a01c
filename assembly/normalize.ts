import { sumRow, sumSquares } from "./sum";

/**
 * (x - mean) * (scale / sqrt(var + epsilon)) + bias, row by row, with mean and variance from the sums of the row and of
 * its squares.
 *
 * - Unless `centered`, the mean is 0.
 * - `scalePtr`, `biasPtr` [period] float32, or 0 for none. The first row takes n elements from `first` on, each other
 *   row the next n, cyclically.
 * - `xPtr`, `outPtr` [rows, n] float32, which do not overlap. Up to 12 bytes behind each are read or written.
 */
export function normalizeF32(
  xPtr: usize,
  scalePtr: usize,
  biasPtr: usize,
  outPtr: usize,
  rows: u32,
  n: u32,
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
    // What a row writes past its end, the next row overwrites.
    for (let j: usize = 0; j < stride; j += 16) {
      const scaled = scalePtr ? f32x4.mul(factor4, v128.load(scales + j)) : factor4;
      const y = f32x4.mul(f32x4.sub(v128.load(xPtr + j), mean4), scaled);
      v128.store(outPtr + j, biasPtr ? f32x4.add(y, v128.load(biases + j)) : y);
    }
    own += stride;
    if (own >> 2 >= period) own = 0;
  }
}
