import type { AttentionOptions, AttentionSizes, Overlay } from "../../base/index.ts";
import { flush } from "../../base/index.ts";
import { exp } from "../exp.ts";
import { sumTerms } from "../sum.ts";

const { floor, fround } = Math;

export function attentionF32(
  query: Float32Array,
  key: Float32Array,
  value: Float32Array,
  out: Float32Array,
  sizes: AttentionSizes,
  options: AttentionOptions,
  fused: boolean,
): void {
  attend(query, key, value, out, sizes, options, fused, ROUNDED);
}

/** How an attention adds up products. */
export interface AttentionSums {
  /** The product of `n` elements of x from i on with those of y from j on. */
  readonly dot: (x: Float32Array, i: number, y: Float32Array, j: number, n: number) => number;
  /** out, from `to` on, = the rows of `value` times their weights in `row`. */
  readonly weigh: (
    row: Float32Array,
    value: Float32Array,
    from: number,
    stride: number,
    out: Float32Array,
    to: number,
    width: number,
  ) => void;
}

const ROUNDED: AttentionSums = { dot, weigh };

/** Like `attentionF32`, with its products added up by `sums`. */
export function attend(
  query: Float32Array,
  key: Float32Array,
  value: Float32Array,
  out: Float32Array,
  sizes: AttentionSizes,
  options: AttentionOptions,
  fused: boolean,
  sums: AttentionSums,
): void {
  const { batch, queries, keys, capacity, heads, kvHeads, width, valueWidth } = sizes;
  const { bias, mask, multiplier, weights } = options;
  const row = new Float32Array(keys);
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      const head = b * capacity * kvHeads + floor(h / (heads / kvHeads));
      for (let t = 0; t < queries; t++) {
        const q = ((b * queries + t) * heads + h) * width;
        for (let s = 0; s < keys; s++) row[s] = sums.dot(query, q, key, (head + s * kvHeads) * width, width);
        adjust(row, options, bias && at(bias, b, h, t, keys), mask && at(mask, b, h, t, keys));
        softmax(row, fused);
        weights?.set(row, ((b * heads + h) * queries + t) * keys);
        if (multiplier !== undefined) multiply(row, multiplier.data, at(multiplier, b, h, t, keys));
        sums.weigh(
          row,
          value,
          head * valueWidth,
          kvHeads * valueWidth,
          out,
          ((b * queries + t) * heads + h) * valueWidth,
          valueWidth,
        );
      }
    }
  }
}

/** Where an overlay's row begins. */
export function at(
  { batchStride, headStride }: Overlay<unknown>,
  b: number,
  h: number,
  t: number,
  keys: number,
): number {
  return b * batchStride + h * headStride + t * keys;
}

/** The product of `n` elements of x from i on with those of y from j on: one accumulator, ascending. */
export function dot(x: Float32Array, i: number, y: Float32Array, j: number, n: number): number {
  let sum = 0;
  for (let k = 0; k < n; k++) sum = fround(sum + fround(x[i + k]! * y[j + k]!));
  return sum;
}

/** Applies scale, bias and mask to one row of scores. */
export function adjust(row: Float32Array, options: AttentionOptions, biasRow = 0, maskRow = 0): void {
  const { bias, mask, masked } = options;
  const scale = flush(options.scale);
  for (let s = 0; s < row.length; s++) {
    let score = flush(fround(flush(row[s]!) * scale));
    if (bias !== undefined) score = flush(fround(score + flush(bias.data[biasRow + s]!)));
    row[s] = mask !== undefined && mask.data[maskRow + s] === 0 ? masked : score;
  }
}

/** Turns a row of scores into weights. */
export function softmax(row: Float32Array, fused: boolean): void {
  let max = -Infinity;
  for (let s = 0; s < row.length; s++) if (row[s]! > max) max = row[s]!;
  for (let s = 0; s < row.length; s++) row[s] = flush(exp(flush(fround(row[s]! - max)), fused));
  const factor = flush(fround(1 / sumTerms(row, 0, 1, row.length, row.length)));
  for (let s = 0; s < row.length; s++) row[s] = flush(fround(row[s]! * factor));
}

/** Multiplies a row by the factors from `from` on. */
export function multiply(row: Float32Array, factors: Float32Array, from: number): void {
  for (let s = 0; s < row.length; s++) row[s] = flush(fround(row[s]! * flush(factors[from + s]!)));
}

function weigh(
  row: Float32Array,
  value: Float32Array,
  from: number,
  stride: number,
  out: Float32Array,
  to: number,
  width: number,
): void {
  out.fill(0, to, to + width);
  for (let s = 0; s < row.length; s++) {
    const weight = row[s]!;
    const v = from + s * stride;
    for (let i = 0; i < width; i++) out[to + i] = fround(out[to + i]! + fround(weight * value[v + i]!));
  }
}
