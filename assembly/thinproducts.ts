/** Products of matrices of which one is a vector. The sums are those of `matvecF32`. */

/**
 * out[i] = the sum over k ascending from +0 of x[i, k] * w[k]. Eight rows at a time, whose sums are two vectors.
 *
 * `xPtr` [rows, n], `wPtr` [n], `outPtr` [rows], all float32.
 */
export function timesColumnF32(xPtr: usize, wPtr: usize, outPtr: usize, rows: u32, n: u32): void {
  const row = (<usize>n) << 2;
  const four = row << 2;
  const whole = row & ~15;
  let i: u32 = 0;
  for (; i + 8 <= rows; i += 8) {
    let y = f32x4.splat(0);
    let z = f32x4.splat(0);
    for (let at: usize = 0; at < whole; at += 16) {
      const a = xPtr + at;
      y = addFour(y, a, row, wPtr + at);
      z = addFour(z, a + four, row, wPtr + at);
    }
    for (let at = whole; at < row; at += 4) {
      const wk = v128.load32_splat(wPtr + at);
      y = f32x4.add(f32x4.mul(column(xPtr + at, row), wk), y);
      z = f32x4.add(f32x4.mul(column(xPtr + at + four, row), wk), z);
    }
    v128.store(outPtr, y);
    v128.store(outPtr, z, 16);
    xPtr += four << 1;
    outPtr += 32;
  }
  for (; i < rows; i++) {
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < row; at += 4)
      sum = f32x4.add(f32x4.mul(v128.load32_zero(xPtr + at), v128.load32_zero(wPtr + at)), sum);
    v128.store32_lane(outPtr, sum, 0);
    xPtr += row;
    outPtr += 4;
  }
}

/**
 * The sums of four rows, with four more terms of each: those at `x`, and at every `row` bytes behind, by those at `w`.
 */
// @ts-ignore: decorator
@inline
function addFour(sums: v128, x: usize, row: usize, w: usize): v128 {
  const a = v128.load(x);
  const b = v128.load(x + row);
  const c = v128.load(x + (row << 1));
  const d = v128.load(x + (row << 1) + row);
  const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
  const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
  const ef = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const gh = i32x4.shuffle(c, d, 2, 6, 3, 7);
  sums = f32x4.add(f32x4.mul(i64x2.shuffle(ab, cd, 0, 2), v128.load32_splat(w)), sums);
  sums = f32x4.add(f32x4.mul(i64x2.shuffle(ab, cd, 1, 3), v128.load32_splat(w, 4)), sums);
  sums = f32x4.add(f32x4.mul(i64x2.shuffle(ef, gh, 0, 2), v128.load32_splat(w, 8)), sums);
  return f32x4.add(f32x4.mul(i64x2.shuffle(ef, gh, 1, 3), v128.load32_splat(w, 12)), sums);
}

/** The numbers at `x` and at one, two and three times `row` bytes behind. */
// @ts-ignore: decorator
@inline
function column(x: usize, row: usize): v128 {
  let four = v128.load32_zero(x);
  four = v128.load32_lane(x + row, four, 1);
  four = v128.load32_lane(x + (row << 1), four, 2);
  return v128.load32_lane(x + (row << 1) + row, four, 3);
}

/**
 * out[i, j] = +0 + x[i] * w[j], the sum of one term. Up to 12 bytes behind `outPtr` [rows, m] are written, and behind
 * `wPtr` read.
 *
 * `xPtr` [rows], `wPtr` [m], all float32.
 */
export function outerF32(xPtr: usize, wPtr: usize, outPtr: usize, rows: u32, m: u32): void {
  const row = (<usize>m) << 2;
  const zero = f32x4.splat(0);
  for (let i: u32 = 0; i < rows; i++) {
    const xi = v128.load32_splat(xPtr);
    // What a row writes past its end, the next row overwrites.
    for (let at: usize = 0; at < row; at += 16)
      v128.store(outPtr + at, f32x4.add(f32x4.mul(xi, v128.load(wPtr + at)), zero));
    xPtr += 4;
    outPtr += row;
  }
}
