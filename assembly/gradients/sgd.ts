import { areSafe, flushCall, isSmall, lanesOf, leastOf, plusCall, timesCall } from "./rounded";

/** p = p + rate * g, in place. `pPtr`, `gPtr` [n] float32 with room up to a multiple of 4. */
export function sgdF32(pPtr: usize, gPtr: usize, n: u32, rate: f32): void {
  const step = lanesOf(rate);
  const end = pPtr + ((<usize>n) << 2);
  if (isSmall(rate)) {
    // Sixteen elements at once, where no subnormal can count.
    for (; pPtr + 64 <= end; pPtr += 64, gPtr += 64) {
      const y0 = f32x4.add(v128.load(pPtr), f32x4.mul(step, v128.load(gPtr)));
      const y1 = f32x4.add(v128.load(pPtr, 16), f32x4.mul(step, v128.load(gPtr, 16)));
      const y2 = f32x4.add(v128.load(pPtr, 32), f32x4.mul(step, v128.load(gPtr, 32)));
      const y3 = f32x4.add(v128.load(pPtr, 48), f32x4.mul(step, v128.load(gPtr, 48)));
      if (areSafe(leastOf(y0, y1, y2, y3))) {
        v128.store(pPtr, y0);
        v128.store(pPtr, y1, 16);
        v128.store(pPtr, y2, 32);
        v128.store(pPtr, y3, 48);
      } else descend(pPtr, gPtr, pPtr + 64, step);
    }
  }
  descend(pPtr, gPtr, end, step);
}

function descend(pPtr: usize, gPtr: usize, end: usize, step: v128): void {
  for (; pPtr < end; pPtr += 16, gPtr += 16) {
    const g = flushCall(v128.load(gPtr));
    v128.store(pPtr, plusCall(flushCall(v128.load(pPtr)), timesCall(step, g)));
  }
}
