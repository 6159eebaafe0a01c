import { flush } from "../base/index.ts";
import { exp } from "./exp.ts";
import { log as logarithm } from "./log.ts";
import { sumTerms } from "./sum.ts";

const { fround } = Math;

export function softmaxF32(x: Float32Array, out: Float32Array, n: number, log: boolean, fused: boolean): void {
  const powers = log ? new Float32Array(n) : out;
  for (let row = 0; row < out.length; row += n) {
    let top = -Infinity;
    for (let i = row; i < row + n; i++) if (x[i]! > top) top = x[i]!;
    top = flush(top);
    const first = log ? 0 : row;
    for (let i = 0; i < n; i++) {
      const shifted = flush(fround(flush(x[row + i]!) - top));
      out[row + i] = shifted;
      powers[first + i] = flush(exp(shifted, fused));
    }
    const sum = sumTerms(powers, first, 1, n, n);
    const share = log ? logarithm(sum, fused) : flush(fround(1 / sum));
    for (let i = row; i < row + n; i++) out[i] = flush(fround(log ? out[i]! - share : out[i]! * share));
  }
}
