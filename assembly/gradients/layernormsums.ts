import { flush } from "../fma";
import { times } from "./rounded";

/**
 * For each row ct = ct * (x - mean) * scale and x = -(ct * (root * scale)), in place: what `layerNormSumsF32` sums.
 *
 * `ctPtr`, `xPtr` [rows, n], `scalePtr` [n], `meanPtr`, `rootPtr` [rows], all float32.
 */
export function layerNormTermsF32(
  ctPtr: usize,
  xPtr: usize,
  scalePtr: usize,
  meanPtr: usize,
  rootPtr: usize,
  rows: u32,
  n: u32,
): void {
  const stride = (<usize>n) << 2;
  const four = stride & ~15;
  for (let row: u32 = 0; row < rows; row++, ctPtr += stride, xPtr += stride, meanPtr += 4, rootPtr += 4) {
    const mean = flush(v128.load32_splat(meanPtr));
    const root = flush(v128.load32_splat(rootPtr));
    for (let j: usize = 0; j < stride;) {
      const isFour = j < four;
      const scale = flush(isFour ? v128.load(scalePtr + j) : v128.load32_zero(scalePtr + j));
      const ct = flush(isFour ? v128.load(ctPtr + j) : v128.load32_zero(ctPtr + j));
      const x = flush(isFour ? v128.load(xPtr + j) : v128.load32_zero(xPtr + j));
      const first = times(times(ct, flush(f32x4.sub(x, mean))), scale);
      const second = f32x4.neg(times(ct, times(root, scale)));
      if (isFour) {
        v128.store(ctPtr + j, first);
        v128.store(xPtr + j, second);
        j += 16;
      } else {
        v128.store32_lane(ctPtr + j, first, 0);
        v128.store32_lane(xPtr + j, second, 0);
        j += 4;
      }
    }
  }
}
