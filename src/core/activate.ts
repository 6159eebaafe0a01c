import type { ActivationName } from "../base/index.ts";
import { flush, fma } from "../base/index.ts";
import { erfc } from "./erfc.ts";
import { exp, logistic } from "./exp.ts";
import { log1p } from "./log.ts";
import { expm1, tanh } from "./tanh.ts";

const { abs, fround, max, min } = Math;

/** The smallest normal float32. */
const NORMAL = 2 ** -126;
const CUBIC = fround(0.044715);
const ROOT = fround(Math.sqrt(2 / Math.PI));
const SIXTH = fround(1 / 6);
const SQRT_HALF = fround(Math.sqrt(0.5));

/** Each activation of a float32 value and the two numbers that it depends on. */
const FUNCTIONS: Record<ActivationName, (x: number, fused: boolean, a: number, b: number) => number> = {
  gelu(x, fused) {
    const value = flush(x);
    const cube = flush(fround(flush(fround(value * value)) * value));
    const t = tanh(flush(fround(ROOT * flush(fround(value + flush(fround(CUBIC * cube)))))), fused);
    return flush(fround(value * fround(0.5 * fround(1 + t))));
  },
  geluErf(x, fused) {
    const value = flush(x);
    return flush(fround(flush(fround(0.5 * value)) * erfc(flush(fround(-value * SQRT_HALF)), fused)));
  },
  silu(x, fused) {
    const value = flush(x);
    return flush(fround(value * flush(logistic(value, fused))));
  },
  elu(x, fused, a, b) {
    return flush(fround(b * (x >= NORMAL ? x : flush(fround(a * flush(expm1(x, fused)))))));
  },
  celu(x, fused, a) {
    const value = flush(x);
    return flush(fma(a, flush(expm1(value > 0 ? 0 : fround(value / a), fused)), value <= 0 ? 0 : value, fused));
  },
  softplus(x, fused, a) {
    const value = flush(a * x);
    return a * flush(fround((value < 0 ? 0 : value) + log1p(flush(exp(-abs(x), fused)), fused)));
  },
  leakyRelu(x, _, a) {
    // A subnormal counts as 0 and is returned as it is.
    return x > -NORMAL ? x : flush(fround(a * x));
  },
  relu6,
  clip: (x, _, a, b) => flush(min(max(x, a), b)),
  hardSigmoid,
  hardSilu: (x) => flush(fround(flush(x) * hardSigmoid(x))),
  softSign(x) {
    const value = flush(x);
    return flush(fround(value / fround(abs(value) + 1)));
  },
};

function relu6(x: number): number {
  if (x >= NORMAL) return x < 6 ? x : 6;
  return x === x ? 0 : x;
}

/** XLA multiplies by the reciprocal of a constant. */
function hardSigmoid(x: number): number {
  return flush(fround(relu6(fround(flush(x) + 3)) * SIXTH));
}

export function activateF32(
  op: ActivationName,
  x: Float32Array,
  a: number,
  b: number,
  out: Float32Array,
  fused: boolean,
): void {
  const f = FUNCTIONS[op];
  for (let i = 0; i < out.length; i++) out[i] = f(x[i]!, fused, a, b);
}
