import { flush } from "../base/index.ts";
import { unaryF32 } from "./unary.ts";

const { fround } = Math;

const CUBIC = fround(0.044715);
const ROOT = fround(Math.sqrt(2 / Math.PI));

export function geluF32(x: Float32Array, out: Float32Array, fused: boolean): void {
  for (let i = 0; i < x.length; i++) {
    const value = flush(x[i]!);
    const cube = flush(fround(flush(fround(value * value)) * value));
    out[i] = flush(fround(ROOT * flush(fround(value + flush(fround(CUBIC * cube))))));
  }
  unaryF32("tanh", out, out, fused);
  for (let i = 0; i < x.length; i++) {
    const share = fround(0.5 * fround(1 + out[i]!));
    out[i] = flush(fround(flush(x[i]!) * share));
  }
}
