import { flush } from "../fma";
import { areSafe, isSmall, over, plus, sizeOf, times } from "./rounded";

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
  const small =
    isSmall(rate) && isSmall(b1) && isSmall(rest1) && isSmall(c1) && isSmall(b2) && isSmall(rest2) && isSmall(c2);
  const fast = small && isSmall(weightDecay);
  // A division takes as long as all else of a line, and an average over many steps is complete.
  const starts = c1 != 1;
  for (const end = pPtr + ((<usize>n) << 2); pPtr < end; pPtr += 16, gPtr += 16, mPtr += 16, vPtr += 16) {
    const g = v128.load(gPtr);
    const p = v128.load(pPtr);
    const m = f32x4.add(f32x4.mul(new1, g), f32x4.mul(kept1, v128.load(mPtr)));
    const v = f32x4.add(f32x4.mul(new2, f32x4.mul(g, g)), f32x4.mul(kept2, v128.load(vPtr)));
    const root = f32x4.sqrt(f32x4.add(f32x4.div(v, correction2), below));
    const mean = starts ? f32x4.div(m, correction1) : m;
    const own = f32x4.div(mean, f32x4.add(root, beside));
    const u = weightDecay != 0 ? f32x4.add(own, f32x4.mul(decay, p)) : own;
    const next = f32x4.add(p, f32x4.mul(step, u));
    const moments = i32x4.min_u(sizeOf(m), sizeOf(v));
    const least = i32x4.min_u(i32x4.min_u(moments, sizeOf(own)), i32x4.min_u(sizeOf(u), sizeOf(next)));
    if (fast && areSafe(least)) {
      v128.store(mPtr, m);
      v128.store(vPtr, v);
      v128.store(pPtr, next);
    } else {
      const from = flush(g);
      const before = flush(p);
      const first = plus(times(new1, from), times(kept1, flush(v128.load(mPtr))));
      const second = plus(times(new2, times(from, from)), times(kept2, flush(v128.load(vPtr))));
      v128.store(mPtr, first);
      v128.store(vPtr, second);
      const flushed = flush(f32x4.sqrt(plus(over(second, correction2), below)));
      let direction = over(over(first, correction1), plus(flushed, beside));
      if (weightDecay != 0) direction = plus(direction, times(decay, before));
      v128.store(pPtr, plus(before, times(step, direction)));
    }
  }
}
