/**
 * out[i] = ct[i] where x[i] is above 0 and not subnormal, else 0. Bits of ct are copied as they are.
 *
 * `ctPtr`, `xPtr`, `outPtr` [n] float32 with room up to a multiple of 4; `outPtr` may be one of the others.
 */
export function reluBackF32(ctPtr: usize, xPtr: usize, outPtr: usize, n: u32): void {
  const least = f32x4.splat(f32.MIN_NORMAL_VALUE);
  for (const end = outPtr + ((<usize>n) << 2); outPtr < end; outPtr += 16, ctPtr += 16, xPtr += 16)
    v128.store(outPtr, v128.and(v128.load(ctPtr), f32x4.ge(v128.load(xPtr), least)));
}
