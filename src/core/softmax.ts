import { flush } from "../base/index.ts";
import { exp } from "./exp.ts";
import { sumTerms } from "./sum.ts";

const { fround } = Math;

export function softmaxF32(x: Float32Array, n: number, out: Float32Array, fused: boolean): void {
  for (let row = 0; row < out.length; row += n) {
    let top = -Infinity;
    for (let i = row; i < row + n; i++) if (x[i]! > top) top = x[i]!;
    top = flush(top);
    for (let i = row; i < row + n; i++) out[i] = flush(exp(flush(fround(flush(x[i]!) - top)), fused));
    const factor = flush(fround(1 / sumTerms(out, row, 1, n, n)));
    for (let i = row; i < row + n; i++) out[i] = flush(fround(out[i]! * factor));
  }
}
