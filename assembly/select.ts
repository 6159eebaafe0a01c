/**
 * out[i] = x[i] where byte i of the condition is not 0, else y[i]. Bits are copied as they are.
 *
 * `conditionPtr` [n] bytes, `xPtr`, `yPtr`, `outPtr` [n] words. Up to 12 bytes behind the words are read or written.
 */
export function selectF32(conditionPtr: usize, xPtr: usize, yPtr: usize, outPtr: usize, n: u32): void {
  const end = conditionPtr + n;
  for (; conditionPtr < end; conditionPtr += 4, xPtr += 16, yPtr += 16, outPtr += 16) {
    const bytes = i16x8.extend_low_i8x16_u(v128.load32_zero(conditionPtr));
    const none = i32x4.eq(i32x4.extend_low_i16x8_u(bytes), i32x4.splat(0));
    v128.store(outPtr, v128.bitselect(v128.load(yPtr), v128.load(xPtr), none));
  }
}
