import type { AttentionCotangents, AttentionOptions, AttentionSizes } from "../../base/index.ts";
import { flush } from "../../base/index.ts";
import { adjust, at, dot, multiply, softmax } from "../attention/attention.ts";
import { softmaxBackF32 } from "./softmaxback.ts";

const { floor, fround } = Math;

export function attentionBackF32(
  ct: Float32Array,
  query: Float32Array,
  key: Float32Array,
  value: Float32Array,
  out: AttentionCotangents,
  sizes: AttentionSizes,
  options: AttentionOptions,
  fused: boolean,
): void {
  attendBack(ct, query, key, value, out, sizes, options, fused, ROUNDED);
}

/** How products are added up. */
export interface AttentionBackSums {
  /** The product of `n` elements of x from i on with those of y from j on. */
  readonly dot: (x: Float32Array, i: number, y: Float32Array, j: number, n: number) => number;
  /** Adds `factor` times `n` elements of x from i on to those of `out` from `to` on. */
  readonly add: (factor: number, x: Float32Array, i: number, out: Float32Array, to: number, n: number) => void;
}

const ROUNDED: AttentionBackSums = {
  dot,
  add(factor, x, i, out, to, n) {
    for (let k = 0; k < n; k++) out[to + k] = fround(out[to + k]! + fround(factor * x[i + k]!));
  },
};

/** Like `attentionBackF32`, with its products added up by `sums`. */
export function attendBack(
  ct: Float32Array,
  query: Float32Array,
  key: Float32Array,
  value: Float32Array,
  out: AttentionCotangents,
  sizes: AttentionSizes,
  options: AttentionOptions,
  fused: boolean,
  sums: AttentionBackSums,
): void {
  const { batch, queries, keys, capacity, heads, kvHeads, width, valueWidth } = sizes;
  const { bias, mask, multiplier } = options;
  const scale = flush(options.scale);
  for (const array of [out.query, out.key, out.value]) array.fill(0);
  const weights = new Float32Array(keys);
  const toWeights = new Float32Array(keys);
  const toScores = new Float32Array(keys);
  for (let b = 0; b < batch; b++)
    for (let h = 0; h < heads; h++) {
      const head = b * capacity * kvHeads + floor(h / (heads / kvHeads));
      for (let t = 0; t < queries; t++) {
        const q = ((b * queries + t) * heads + h) * width;
        const c = ((b * queries + t) * heads + h) * valueWidth;
        const maskRow = mask && at(mask, b, h, t, keys);
        for (let s = 0; s < keys; s++) {
          weights[s] = sums.dot(query, q, key, (head + s * kvHeads) * width, width);
          toWeights[s] = flush(sums.dot(ct, c, value, (head + s * kvHeads) * valueWidth, valueWidth));
        }
        adjust(weights, options, bias && at(bias, b, h, t, keys), maskRow);
        softmax(weights, fused);
        if (multiplier !== undefined) multiply(toWeights, multiplier.data, at(multiplier, b, h, t, keys));
        softmaxBackF32(toWeights, weights, toScores, keys);
        const isMasked = (s: number): boolean => maskRow !== undefined && mask!.data[maskRow + s] === 0;
        for (let s = 0; s < keys; s++) if (isMasked(s)) toScores[s] = 0;
        out.scores?.set(toScores, ((b * heads + h) * queries + t) * keys);
        if (multiplier !== undefined) multiply(weights, multiplier.data, at(multiplier, b, h, t, keys));
        for (let s = 0; s < keys; s++) {
          const k = (head + s * kvHeads) * width;
          const share = isMasked(s) ? 0 : flush(fround(toScores[s]! * scale));
          sums.add(share, key, k, out.query, q, width);
          sums.add(share, query, q, out.key, k, width);
          sums.add(weights[s]!, ct, c, out.value, (head + s * kvHeads) * valueWidth, valueWidth);
        }
      }
    }
}
