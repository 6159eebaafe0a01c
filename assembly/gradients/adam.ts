import { flush } from "../fma";
import { over, plus, times } from "./rounded";

/**
 * One step of Adam, p, m and v in place:
 *
 * - m = rest1 * g + b1 * m, v = rest2 * (g * g) + b2 * v
 * - u = (m / c1) / (sqrt(v / c2 + epsRoot) + eps), plus weightDecay * p where that is not 0
 * - p = p + rate * u
 *
 * `pPtr`, `gPtr`, `mPtr`, `vPtr` [n] float32 with room up to a multiple of 4.
 */
export function adamF32(
  pPtr: usize,
  gPtr: usize,
  mPtr: usize,
  vPtr: usize,
  n: u32,
  rate: f32,
  b1: f32,
  rest1: f32,
  c1: f32,
  b2: f32,
  rest2: f32,
  c2: f32,
  eps: f32,
  epsRoot: f32,
  weightDecay: f32,
): void {
  const step = flush(f32x4.splat(rate));
  const kept1 = flush(f32x4.splat(b1));
  const new1 = flush(f32x4.splat(rest1));
  const correction1 = flush(f32x4.splat(c1));
  const kept2 = flush(f32x4.splat(b2));
  const new2 = flush(f32x4.splat(rest2));
  const correction2 = flush(f32x4.splat(c2));
  const below = flush(f32x4.splat(epsRoot));
  const beside = flush(f32x4.splat(eps));
  const decay = flush(f32x4.splat(weightDecay));
  for (const end = pPtr + ((<usize>n) << 2); pPtr < end; pPtr += 16, gPtr += 16, mPtr += 16, vPtr += 16) {
    const g = flush(v128.load(gPtr));
    const p = flush(v128.load(pPtr));
    const m = plus(times(new1, g), times(kept1, flush(v128.load(mPtr))));
    const v = plus(times(new2, times(g, g)), times(kept2, flush(v128.load(vPtr))));
    v128.store(mPtr, m);
    v128.store(vPtr, v);
    const root = flush(f32x4.sqrt(plus(over(v, correction2), below)));
    let u = over(over(m, correction1), plus(root, beside));
    if (weightDecay != 0) u = plus(u, times(decay, p));
    v128.store(pPtr, plus(p, times(step, u)));
  }
}
