import { flush } from "../base/index.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";
import { sumTerms } from "./sum.ts";

const { fround } = Math;

export function logSumExpF32(x: Float32Array, out: Float32Array, n: number, inner: number, fused: boolean): void {
  const powers = new Float32Array(n);
  for (let i = 0; i < out.length; i++) {
    const column = i % inner;
    const from = (i - column) * n + column;
    let top = -Infinity;
    for (let k = 0; k < n; k++) if (x[from + k * inner]! > top) top = x[from + k * inner]!;
    top = Number.isFinite(top) ? flush(top) : 0;
    for (let k = 0; k < n; k++) powers[k] = flush(exp(flush(fround(flush(x[from + k * inner]!) - top)), fused));
    out[i] = flush(fround(flush(log(sumTerms(powers, 0, 1, n, n), fused)) + top));
  }
}
