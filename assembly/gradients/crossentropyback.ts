import { flush } from "../fma";
import { over, plus, times } from "./rounded";

/**
 * e = e * (ct / sum) in each row, in place, minus ct in the column of its label; 0 is added elsewhere. A label that is
 * no column is in none.
 *
 * `ePtr` [rows, n] flushed, `sumPtr`, `ctPtr` [rows] float32, `labelPtr` [rows] u32.
 */
export function crossEntropyBackF32(
  ePtr: usize,
  sumPtr: usize,
  ctPtr: usize,
  labelPtr: usize,
  rows: u32,
  n: u32,
): void {
  const stride = (<usize>n) << 2;
  const four = stride & ~15;
  const zero = f32x4.splat(0);
  for (let row: u32 = 0; row < rows; row++, ePtr += stride, sumPtr += 4, ctPtr += 4, labelPtr += 4) {
    const ct = flush(v128.load32_splat(ctPtr));
    const share = over(ct, flush(v128.load32_splat(sumPtr)));
    const label = load<u32>(labelPtr);
    const chosen = ePtr + ((<usize>label) << 2);
    const own = label < n ? v128.load32_zero(chosen) : zero;
    let j: usize = 0;
    for (; j < four; j += 16) v128.store(ePtr + j, plus(times(v128.load(ePtr + j), share), zero));
    for (; j < stride; j += 4) v128.store32_lane(ePtr + j, plus(times(v128.load32_zero(ePtr + j), share), zero), 0);
    if (label < n) v128.store32_lane(chosen, plus(times(own, share), plus(zero, f32x4.neg(ct))), 0);
  }
}
