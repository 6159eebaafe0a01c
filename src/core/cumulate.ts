import { flush } from "../base/index.ts";

const { fround } = Math;

export function cumulateF32(
  op: "add" | "multiply",
  x: Float32Array,
  out: Float32Array,
  n: number,
  inner: number,
): void {
  const run = LOOPS[op];
  const width = n * inner;
  for (let line = 0; line < out.length; line += width)
    for (let from = line; from < line + inner; from++) run(x, from, inner, line + width, out);
}

const LOOPS = {
  add(x: Float32Array, at: number, step: number, end: number, out: Float32Array): void {
    let sum = 0;
    for (; at < end; at += step) {
      sum = fround(sum + x[at]!);
      out[at] = sum;
    }
  },
  multiply(x: Float32Array, at: number, step: number, end: number, out: Float32Array): void {
    let product = 1;
    for (; at < end; at += step) {
      product = flush(fround(product * flush(x[at]!)));
      out[at] = product;
    }
  },
};
