import { flush } from "../../base/index.ts";
import { tanh } from "../tanh.ts";
import { plus, times } from "./rounded.ts";

const { fround } = Math;

/** sqrt(2 / pi), and the factor of the cube. */
const RATE = fround(0.7978845608028654);
const CUBIC = fround(0.044715);

export function geluBackF32(cts: Float32Array, xs: Float32Array, out: Float32Array, fused: boolean): void {
  for (let i = 0; i < out.length; i++) {
    const ct = flush(cts[i]!);
    const x = flush(xs[i]!);
    const t = flush(tanh(times(plus(x, times(times(times(x, x), x), CUBIC)), RATE), fused));
    const outer = times(ct, times(plus(t, 1), 0.5));
    const slope = times(times(times(times(ct, x), 0.5), fround(1 - t)), fround(1 + t));
    const inner = times(slope, RATE);
    out[i] = plus(plus(outer, inner), times(times(inner, CUBIC), times(times(x, x), 3)));
  }
}
