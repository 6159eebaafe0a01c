/** 1 / sqrt(x + epsilon) * scale, in place: `ptr` and `scalePtr` [n] float32, with room up to a multiple of 4. */
export function factorsF32(ptr: usize, scalePtr: usize, n: u32, epsilon: f32): void {
  const end = ptr + ((<usize>n) << 2);
  const epsilon4 = f32x4.splat(epsilon);
  const one = f32x4.splat(1);
  for (; ptr < end; ptr += 16, scalePtr += 16)
    v128.store(ptr, f32x4.mul(f32x4.div(one, f32x4.sqrt(f32x4.add(v128.load(ptr), epsilon4))), v128.load(scalePtr)));
}

/**
 * (x - mean) * factor + bias, or the square of x - mean where `factorPtr` is 0.
 *
 * `xPtr` and `outPtr` [rows, cols, size], which do not overlap, `meanPtr`, `factorPtr`, `biasPtr` [cols], all float32.
 * Up to 12 bytes behind each are read or written.
 */
export function standardizeF32(
  xPtr: usize,
  meanPtr: usize,
  factorPtr: usize,
  biasPtr: usize,
  outPtr: usize,
  rows: u32,
  cols: u32,
  size: u32,
): void {
  const width = (<usize>cols) << 2;
  const run = (<usize>size) << 2;
  // What a run writes past its end, the next run overwrites.
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
