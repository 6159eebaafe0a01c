import { flush } from "../base/index.ts";
import type { Dense } from "./dense.ts";

const { fround } = Math;

/**
 * Adds `bias` to `x` in place, both float32: `bias` has the shape of the last axes of `x`. `x` must be a result that
 * nobody has seen yet. One rounding an element, subnormals flushed, as `add`.
 */
export function addBias(x: Dense, bias: Dense): Dense {
  const out = x.storage.data;
  const from = bias.storage.data;
  const width = from.length;
  for (let at = 0; at < out.length; at += width) {
    for (let j = 0; j < width; j++) out[at + j] = flush(fround(flush(out[at + j]!) + flush(from[j]!)));
  }
  return x;
}
