import type { Dense } from "./dense.ts";
import { flushedSum, SAFE } from "./floatrows.ts";

const { abs, fround } = Math;

/**
 * Adds `bias` to `x` in place, both float32: `bias` has the shape of the last axes of `x`. `x` must be a result that
 * nobody has seen yet. One rounding an element, subnormals flushed, as `add`.
 */
export function addBias(x: Dense, bias: Dense): Dense {
  const out = x.storage.data;
  const from = bias.storage.data;
  const width = from.length;
  for (let at = 0; at < out.length; at += width) {
    for (let j = 0; j < width; j++) {
      const sum = fround(out[at + j]! + from[j]!);
      out[at + j] = abs(sum) >= SAFE || sum === 0 ? sum : flushedSum(out[at + j]!, from[j]!);
    }
  }
  return x;
}
