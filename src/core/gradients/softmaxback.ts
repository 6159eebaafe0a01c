import { flush } from "../../base/index.ts";
import { sumTerms } from "../sum.ts";
import { times } from "./rounded.ts";

const { fround } = Math;

export function softmaxBackF32(ct: Float32Array, y: Float32Array, out: Float32Array, n: number): void {
  const products = new Float32Array(n);
  for (let row = 0; row < out.length; row += n) {
    for (let i = 0; i < n; i++) products[i] = times(flush(ct[row + i]!), flush(y[row + i]!));
    const sum = flush(sumTerms(products, 0, 1, n, n));
    for (let i = row; i < row + n; i++) out[i] = times(flush(y[i]!), flush(fround(flush(ct[i]!) - sum)));
  }
}
