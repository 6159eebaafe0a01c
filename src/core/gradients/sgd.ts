import { flush } from "../../base/index.ts";
import { plus, rounded, times } from "./rounded.ts";

export function sgdF32(p: Float32Array, g: Float32Array, out: Float32Array, rate: number): void {
  const step = rounded(rate);
  for (let i = 0; i < out.length; i++) out[i] = plus(flush(p[i]!), times(step, flush(g[i]!)));
}
