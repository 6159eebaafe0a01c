import { flush } from "../fma";
import { plus, times } from "./rounded";

/**
 * For each row ct = ct * (root * scale) + slope * (x * 2) + shift, in place.
 *
 * `ctPtr`, `xPtr` [rows, n], `scalePtr` [n], `rootPtr`, `slopePtr`, `shiftPtr` [rows], all float32.
 */
export function layerNormBackF32(
  ctPtr: usize,
  xPtr: usize,
  scalePtr: usize,
  rootPtr: usize,
  slopePtr: usize,
  shiftPtr: usize,
  rows: u32,
  n: u32,
): void {
  const stride = (<usize>n) << 2;
  const four = stride & ~15;
  const two = f32x4.splat(2);
  for (let row: u32 = 0; row < rows; row++, ctPtr += stride, xPtr += stride) {
    const root = flush(v128.load32_splat(rootPtr + ((<usize>row) << 2)));
    const slope = flush(v128.load32_splat(slopePtr + ((<usize>row) << 2)));
    const shift = flush(v128.load32_splat(shiftPtr + ((<usize>row) << 2)));
    for (let j: usize = 0; j < stride;) {
      const isFour = j < four;
      const scale = flush(isFour ? v128.load(scalePtr + j) : v128.load32_zero(scalePtr + j));
      const ct = flush(isFour ? v128.load(ctPtr + j) : v128.load32_zero(ctPtr + j));
      const x = flush(isFour ? v128.load(xPtr + j) : v128.load32_zero(xPtr + j));
      const out = plus(plus(times(ct, times(root, scale)), times(slope, times(x, two))), shift);
      if (isFour) {
        v128.store(ctPtr + j, out);
        j += 16;
      } else {
        v128.store32_lane(ctPtr + j, out, 0);
        j += 4;
      }
    }
  }
}
