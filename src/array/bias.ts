import { flush } from "../base/index.ts";
import type { Dense } from "./dense.ts";
import { castDense } from "./dense.ts";

const { fround } = Math;

/**
 * Adds `bias` to `x`, both float32 and then in place, or both another float: `bias` has the shape of the last axes of `x`. `x` must be a result that
 * nobody has seen yet. One rounding an element, subnormals flushed, as `add`.
 */
export function addBias(x: Dense, bias: Dense): Dense {
  if (x.dtype !== "float32") return castDense(addBias(castDense(x, "float32"), castDense(bias, "float32")), x.dtype);
  const out = x.storage.data;
  const from = bias.storage.data;
  const width = from.length;
  for (let at = 0; at < out.length; at += width) {
    for (let j = 0; j < width; j++) out[at + j] = flush(fround(flush(out[at + j]!) + flush(from[j]!)));
  }
  return x;
}
