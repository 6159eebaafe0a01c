import type { AdamNumbers } from "../../base/index.ts";
import { flush } from "../../base/index.ts";
import { over, plus, rounded, times } from "./rounded.ts";

const { fround, sqrt } = Math;

export function adamF32(
  p: Float32Array,
  g: Float32Array,
  m: Float32Array,
  v: Float32Array,
  out: Float32Array,
  mOut: Float32Array,
  vOut: Float32Array,
  numbers: AdamNumbers,
): void {
  const [step, decay] = [rounded(numbers.rate), rounded(numbers.weightDecay)];
  const [kept1, new1, correction1] = [rounded(numbers.b1), rounded(numbers.rest1), rounded(numbers.c1)];
  const [kept2, new2, correction2] = [rounded(numbers.b2), rounded(numbers.rest2), rounded(numbers.c2)];
  const [epsRoot, eps] = [rounded(numbers.epsRoot), rounded(numbers.eps)];
  for (let i = 0; i < out.length; i++) {
    const gi = flush(g[i]!);
    const pi = flush(p[i]!);
    const mi = plus(times(new1, gi), times(kept1, flush(m[i]!)));
    const vi = plus(times(new2, times(gi, gi)), times(kept2, flush(v[i]!)));
    mOut[i] = mi;
    vOut[i] = vi;
    const root = flush(fround(sqrt(plus(over(vi, correction2), epsRoot))));
    let u = over(over(mi, correction1), plus(root, eps));
    if (numbers.weightDecay !== 0) u = plus(u, times(decay, pi));
    out[i] = plus(pi, times(step, u));
  }
}
