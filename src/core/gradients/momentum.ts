import { flush } from "../../base/index.ts";
import { plus, rounded, times } from "./rounded.ts";

export function momentumF32(
  p: Float32Array,
  g: Float32Array,
  t: Float32Array,
  out: Float32Array,
  tOut: Float32Array,
  rate: number,
  decay: number,
  nesterov: boolean,
): void {
  const step = rounded(rate);
  const kept = rounded(decay);
  for (let i = 0; i < out.length; i++) {
    const gi = flush(g[i]!);
    const ti = plus(gi, times(kept, flush(t[i]!)));
    tOut[i] = ti;
    out[i] = plus(flush(p[i]!), times(step, nesterov ? plus(gi, times(kept, ti)) : ti));
  }
}
