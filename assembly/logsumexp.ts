import { flush } from "./fma";
import { maximum } from "./softmax";

/**
 * out = x - the maximum of the row, which goes to `topsPtr` [rows]: x in place. A maximum ignores NaN; one that is not
 * finite counts as 0. Subnormals count as zeros of their sign.
 *
 * `xPtr` [rows, n], `topsPtr` [rows], float32.
 */
export function shiftRowsF32(xPtr: usize, topsPtr: usize, rows: u32, n: u32): void {
  const stride = (<usize>n) << 2;
  const four = stride & ~15;
  for (let row: u32 = 0; row < rows; row++, xPtr += stride, topsPtr += 4) {
    const max = maximum(xPtr, stride);
    const top = max - max == 0 ? max : 0;
    store<f32>(topsPtr, top);
    const top4 = f32x4.splat(top);
    let j: usize = 0;
    for (; j < four; j += 16) v128.store(xPtr + j, f32x4.sub(flush(v128.load(xPtr + j)), top4));
    for (; j < stride; j += 4) v128.store32_lane(xPtr + j, f32x4.sub(flush(v128.load32_zero(xPtr + j)), top4), 0);
  }
}
