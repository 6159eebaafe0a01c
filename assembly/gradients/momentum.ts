import { flush } from "../fma";
import { areSafe, isSmall, plus, sizeOf, times } from "./rounded";

/**
 * t = g + decay * t, then p = p + rate * t, or with `nesterov` p = p + rate * (g + decay * t); p and t in place.
 *
 * `pPtr`, `gPtr`, `tPtr` [n] float32 with room up to a multiple of 4.
 */
export function momentumF32(
  pPtr: usize,
  gPtr: usize,
  tPtr: usize,
  n: u32,
  rate: f32,
  decay: f32,
  nesterov: boolean,
): void {
  const step = flush(f32x4.splat(rate));
  const kept = flush(f32x4.splat(decay));
  const fast = isSmall(rate) && isSmall(decay);
  for (const end = pPtr + ((<usize>n) << 2); pPtr < end; pPtr += 16, gPtr += 16, tPtr += 16) {
    if (fast) {
      const g = v128.load(gPtr);
      const t = f32x4.add(g, f32x4.mul(kept, v128.load(tPtr)));
      const u = nesterov ? f32x4.add(g, f32x4.mul(kept, t)) : t;
      const y = f32x4.add(v128.load(pPtr), f32x4.mul(step, u));
      if (areSafe(i32x4.min_u(i32x4.min_u(sizeOf(t), sizeOf(u)), sizeOf(y)))) {
        v128.store(tPtr, t);
        v128.store(pPtr, y);
        continue;
      }
    }
    const g = flush(v128.load(gPtr));
    const t = plus(g, times(kept, flush(v128.load(tPtr))));
    v128.store(tPtr, t);
    const u = nesterov ? plus(g, times(kept, t)) : t;
    v128.store(pPtr, plus(flush(v128.load(pPtr)), times(step, u)));
  }
}
