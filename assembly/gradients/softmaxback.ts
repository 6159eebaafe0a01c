import { flush } from "../fma";
import { times } from "./rounded";

/** out[i] = x[i] * y[i]. All [n] float32 with room up to a multiple of 4. */
export function productsF32(xPtr: usize, yPtr: usize, outPtr: usize, n: u32): void {
  for (const end = outPtr + ((<usize>n) << 2); outPtr < end; outPtr += 16, xPtr += 16, yPtr += 16)
    v128.store(outPtr, times(flush(v128.load(xPtr)), flush(v128.load(yPtr))));
}

/**
 * ct = y * (ct - sum), in place, with a sum for each row.
 *
 * `ctPtr`, `yPtr` [rows, n], `sumPtr` [rows], all float32.
 */
export function softmaxBackF32(ctPtr: usize, yPtr: usize, sumPtr: usize, rows: u32, n: u32): void {
  const stride = (<usize>n) << 2;
  const four = stride & ~15;
  for (let row: u32 = 0; row < rows; row++, ctPtr += stride, yPtr += stride, sumPtr += 4) {
    const sum = flush(v128.load32_splat(sumPtr));
    let j: usize = 0;
    for (; j < four; j += 16) v128.store(ctPtr + j, spread(v128.load(ctPtr + j), v128.load(yPtr + j), sum));
    for (; j < stride; j += 4)
      v128.store32_lane(ctPtr + j, spread(v128.load32_zero(ctPtr + j), v128.load32_zero(yPtr + j), sum), 0);
  }
}

// @ts-ignore: decorator
@inline
function spread(ct: v128, y: v128, sum: v128): v128 {
  return times(flush(y), flush(f32x4.sub(flush(ct), sum)));
}
