import { flush } from "./fma";
import { Unary, unaryF32 } from "./unary";

/**
 * x * 0.5 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) in place: `xPtr` [n] float32, `tPtr` room for as many, both
 * with room up to a multiple of 8. Every operation rounded, subnormals as zeros of their sign.
 */
export function geluF32(xPtr: usize, tPtr: usize, n: u32, fused: bool): void {
  const bytes = <usize>n << 2;
  const cubic = f32x4.splat(0.044715);
  const root = f32x4.splat(0.7978845608028654);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = flush(v128.load(xPtr + i));
    const cube = flush(f32x4.mul(flush(f32x4.mul(x, x)), x));
    v128.store(tPtr + i, flush(f32x4.mul(root, flush(f32x4.add(x, flush(f32x4.mul(cubic, cube)))))));
  }
  unaryF32(Unary.tanh, fused, tPtr, tPtr, n);
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  for (let i: usize = 0; i < bytes; i += 16) {
    const share = f32x4.mul(half, f32x4.add(one, v128.load(tPtr + i)));
    v128.store(xPtr + i, flush(f32x4.mul(flush(v128.load(xPtr + i)), share)));
  }
}
