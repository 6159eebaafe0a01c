import { flush } from "./fma";

/**
 * What softmax does beside elementary functions, of columns: whole vectors over their neighbours. `rows` rows of `cols`
 * columns, float32; subnormals count as zeros of their sign.
 */

/**
 * out = x - the maximum of the column, which goes to `topsPtr` [cols]. A maximum ignores NaN; with `finite`, one that
 * is not finite counts as 0. `xPtr`, `outPtr` [rows, cols], which may be one.
 */
export function shiftColumnsF32(xPtr: usize, outPtr: usize, topsPtr: usize, rows: u32, cols: u32, finite: bool): void {
  const stride = (<usize>cols) << 2;
  const four = stride & ~15;
  const size = stride * rows;
  for (let j: usize = 0; j < stride; j += 4) store<f32>(topsPtr + j, -Infinity);
  for (let at: usize = 0; at < size; at += stride) {
    let j: usize = 0;
    for (; j < four; j += 16) v128.store(topsPtr + j, f32x4.pmax(v128.load(topsPtr + j), v128.load(xPtr + at + j)));
    for (; j < stride; j += 4) {
      const x = load<f32>(xPtr + at + j);
      if (x > load<f32>(topsPtr + j)) store<f32>(topsPtr + j, x);
    }
  }
  for (let j: usize = 0; j < stride; j += 4) {
    let top = flush(v128.load32_zero(topsPtr + j));
    // A difference from itself is NaN where it is not finite.
    if (finite) top = v128.and(top, f32x4.eq(f32x4.sub(top, top), i32x4.splat(0)));
    v128.store32_lane(topsPtr + j, top, 0);
  }
  for (let at: usize = 0; at < size; at += stride) {
    let j: usize = 0;
    for (; j < four; j += 16)
      v128.store(outPtr + at + j, f32x4.sub(flush(v128.load(xPtr + at + j)), v128.load(topsPtr + j)));
    for (; j < stride; j += 4) {
      const x = flush(v128.load32_zero(xPtr + at + j));
      v128.store32_lane(outPtr + at + j, f32x4.sub(x, v128.load32_zero(topsPtr + j)), 0);
    }
  }
}

/**
 * Each element times the reciprocal of its column's sum, or with `log` less that, in place. `ptr` [rows, cols];
 * `sumsPtr` [cols], which is overwritten.
 */
export function normalizeColumnsF32(ptr: usize, sumsPtr: usize, rows: u32, cols: u32, log: bool): void {
  const stride = (<usize>cols) << 2;
  const four = stride & ~15;
  if (!log)
    for (let j: usize = 0; j < stride; j += 4)
      v128.store32_lane(sumsPtr + j, flush(f32x4.splat(<f32>1 / load<f32>(sumsPtr + j))), 0);
  for (const end = ptr + stride * rows; ptr < end; ptr += stride) {
    let j: usize = 0;
    for (; j < four; j += 16) {
      const x = v128.load(ptr + j);
      const share = v128.load(sumsPtr + j);
      v128.store(ptr + j, flush(log ? f32x4.sub(x, share) : f32x4.mul(x, share)));
    }
    for (; j < stride; j += 4) {
      const x = v128.load32_zero(ptr + j);
      const share = v128.load32_zero(sumsPtr + j);
      v128.store32_lane(ptr + j, flush(log ? f32x4.sub(x, share) : f32x4.mul(x, share)), 0);
    }
  }
}
