import { flush } from "../base/index.ts";

const { fround, max, min } = Math;

export function reduceF32(
  op: "multiply" | "maximum" | "minimum",
  x: Float32Array,
  out: Float32Array,
  n: number,
  inner: number,
): void {
  const reduce = LOOPS[op];
  for (let i = 0, column = 0, from = 0; i < out.length; i++, column++, from++) {
    if (column === inner) {
      column = 0;
      from += (n - 1) * inner;
    }
    out[i] = reduce(x, from, inner, from + n * inner);
  }
}

const LOOPS = {
  multiply(x: Float32Array, at: number, step: number, end: number): number {
    let product = 1;
    for (; at < end; at += step) product = flush(fround(product * flush(x[at]!)));
    return product;
  },
  maximum(x: Float32Array, at: number, step: number, end: number): number {
    let top = -Infinity;
    for (; at < end; at += step) top = max(top, x[at]!);
    return flush(top);
  },
  minimum(x: Float32Array, at: number, step: number, end: number): number {
    let bottom = Infinity;
    for (; at < end; at += step) bottom = min(bottom, x[at]!);
    return flush(bottom);
  },
};
