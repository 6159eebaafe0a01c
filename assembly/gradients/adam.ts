import { areSafe, flushCall, isSmall, lanesOf, leastOf, overCall, plusCall, timesCall } from "./rounded";

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
  const end = pPtr + ((<usize>n) << 2);
  const step = lanesOf(rate);
  const kept1 = lanesOf(b1);
  const new1 = lanesOf(rest1);
  const correction1 = lanesOf(c1);
  const kept2 = lanesOf(b2);
  const new2 = lanesOf(rest2);
  const correction2 = lanesOf(c2);
  const epsRoots = lanesOf(epsRoot);
  const epses = lanesOf(eps);
  const decay = lanesOf(weightDecay);
  const decays = weightDecay != 0;
  const fast =
    isSmall(rate) &&
    isSmall(b1) &&
    isSmall(rest1) &&
    isSmall(c1) &&
    isSmall(b2) &&
    isSmall(rest2) &&
    isSmall(c2) &&
    isSmall(weightDecay);
  for (; ; pPtr += 64, gPtr += 64, mPtr += 64, vPtr += 64) {
    // Sixteen elements at once, where no subnormal can count: four at once take twice as long for each.
    for (; fast && pPtr + 64 <= end; pPtr += 64, gPtr += 64, mPtr += 64, vPtr += 64) {
      const g0 = v128.load(gPtr);
      const g1 = v128.load(gPtr, 16);
      const g2 = v128.load(gPtr, 32);
      const g3 = v128.load(gPtr, 48);
      const m0 = average(new1, g0, kept1, v128.load(mPtr));
      const m1 = average(new1, g1, kept1, v128.load(mPtr, 16));
      const m2 = average(new1, g2, kept1, v128.load(mPtr, 32));
      const m3 = average(new1, g3, kept1, v128.load(mPtr, 48));
      const v0 = average(new2, f32x4.mul(g0, g0), kept2, v128.load(vPtr));
      const v1 = average(new2, f32x4.mul(g1, g1), kept2, v128.load(vPtr, 16));
      const v2 = average(new2, f32x4.mul(g2, g2), kept2, v128.load(vPtr, 32));
      const v3 = average(new2, f32x4.mul(g3, g3), kept2, v128.load(vPtr, 48));
      let least = i32x4.min_u(leastOf(m0, m1, m2, m3), leastOf(v0, v1, v2, v3));
      let u0 = f32x4.div(f32x4.div(m0, correction1), rootOf(v0, correction2, epsRoots, epses));
      let u1 = f32x4.div(f32x4.div(m1, correction1), rootOf(v1, correction2, epsRoots, epses));
      let u2 = f32x4.div(f32x4.div(m2, correction1), rootOf(v2, correction2, epsRoots, epses));
      let u3 = f32x4.div(f32x4.div(m3, correction1), rootOf(v3, correction2, epsRoots, epses));
      least = i32x4.min_u(least, leastOf(u0, u1, u2, u3));
      if (decays) {
        u0 = f32x4.add(u0, f32x4.mul(decay, v128.load(pPtr)));
        u1 = f32x4.add(u1, f32x4.mul(decay, v128.load(pPtr, 16)));
        u2 = f32x4.add(u2, f32x4.mul(decay, v128.load(pPtr, 32)));
        u3 = f32x4.add(u3, f32x4.mul(decay, v128.load(pPtr, 48)));
        least = i32x4.min_u(least, leastOf(u0, u1, u2, u3));
      }
      const p0 = f32x4.add(v128.load(pPtr), f32x4.mul(step, u0));
      const p1 = f32x4.add(v128.load(pPtr, 16), f32x4.mul(step, u1));
      const p2 = f32x4.add(v128.load(pPtr, 32), f32x4.mul(step, u2));
      const p3 = f32x4.add(v128.load(pPtr, 48), f32x4.mul(step, u3));
      if (!areSafe(i32x4.min_u(least, leastOf(p0, p1, p2, p3)))) break;
      v128.store(mPtr, m0);
      v128.store(mPtr, m1, 16);
      v128.store(mPtr, m2, 32);
      v128.store(mPtr, m3, 48);
      v128.store(vPtr, v0);
      v128.store(vPtr, v1, 16);
      v128.store(vPtr, v2, 32);
      v128.store(vPtr, v3, 48);
      v128.store(pPtr, p0);
      v128.store(pPtr, p1, 16);
      v128.store(pPtr, p2, 32);
      v128.store(pPtr, p3, 48);
    }
    if (pPtr >= end) return;
    const to = min(pPtr + 64, end);
    descend(
      pPtr,
      gPtr,
      mPtr,
      vPtr,
      to,
      step,
      kept1,
      new1,
      correction1,
      kept2,
      new2,
      correction2,
      epsRoots,
      epses,
      decay,
      decays,
    );
  }
}

// @ts-ignore: decorator
@inline
function average(rest: v128, x: v128, kept: v128, before: v128): v128 {
  return f32x4.add(f32x4.mul(rest, x), f32x4.mul(kept, before));
}

// @ts-ignore: decorator
@inline
function rootOf(v: v128, correction: v128, epsRoot: v128, eps: v128): v128 {
  return f32x4.add(f32x4.sqrt(f32x4.add(f32x4.div(v, correction), epsRoot)), eps);
}

/** As `adamF32`, of any elements, up to `end` of p. */
function descend(
  pPtr: usize,
  gPtr: usize,
  mPtr: usize,
  vPtr: usize,
  end: usize,
  step: v128,
  kept1: v128,
  new1: v128,
  correction1: v128,
  kept2: v128,
  new2: v128,
  correction2: v128,
  epsRoot: v128,
  eps: v128,
  decay: v128,
  decays: bool,
): void {
  for (; pPtr < end; pPtr += 16, gPtr += 16, mPtr += 16, vPtr += 16) {
    const g = flushCall(v128.load(gPtr));
    const p = flushCall(v128.load(pPtr));
    const m = plusCall(timesCall(new1, g), timesCall(kept1, flushCall(v128.load(mPtr))));
    const v = plusCall(timesCall(new2, timesCall(g, g)), timesCall(kept2, flushCall(v128.load(vPtr))));
    v128.store(mPtr, m);
    v128.store(vPtr, v);
    const root = flushCall(f32x4.sqrt(plusCall(overCall(v, correction2), epsRoot)));
    let u = overCall(overCall(m, correction1), plusCall(root, eps));
    if (decays) u = plusCall(u, timesCall(decay, p));
    v128.store(pPtr, plusCall(p, timesCall(step, u)));
  }
}
