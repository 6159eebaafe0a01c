import { flush } from "../fma";
import { plus, times } from "./rounded";

/** sqrt(2 / pi), and the factor of the cube. */
const RATE: f32 = 0.7978845608028654;
const CUBIC: f32 = 0.044715;

/** out = (x + x^3 * 0.044715) * sqrt(2 / pi), what gelu takes tanh of. Both [n] with room up to a multiple of 4. */
export function geluInnerF32(xPtr: usize, outPtr: usize, n: u32): void {
  for (const end = outPtr + ((<usize>n) << 2); outPtr < end; outPtr += 16, xPtr += 16) {
    const x = flush(v128.load(xPtr));
    const cube = times(times(x, x), x);
    v128.store(outPtr, times(plus(x, times(cube, f32x4.splat(CUBIC))), f32x4.splat(RATE)));
  }
}

/**
 * ct = ct times the derivative of gelu at x, in place, from t = tanh(inner).
 *
 * `ctPtr`, `xPtr`, `tPtr` [n] float32 with room up to a multiple of 4.
 */
export function geluBackF32(ctPtr: usize, xPtr: usize, tPtr: usize, n: u32): void {
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  for (const end = ctPtr + ((<usize>n) << 2); ctPtr < end; ctPtr += 16, xPtr += 16, tPtr += 16) {
    const ct = flush(v128.load(ctPtr));
    const x = flush(v128.load(xPtr));
    const t = flush(v128.load(tPtr));
    const outer = times(ct, times(plus(t, one), half));
    const slope = times(times(times(times(ct, x), half), f32x4.sub(one, t)), f32x4.add(one, t));
    const inner = times(slope, f32x4.splat(RATE));
    const cubic = times(times(inner, f32x4.splat(CUBIC)), times(times(x, x), f32x4.splat(3)));
    v128.store(ctPtr, plus(plus(outer, inner), cubic));
  }
}
