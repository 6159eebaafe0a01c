import { kernels } from "../backend.ts";
import type { Dense } from "./dense.ts";

/**
 * Adds `bias` to `x` in place, both float32: `bias` has the shape of the last axes of `x`. `x` must be a result that
 * nobody has seen yet. One rounding an element, subnormals flushed, as `add`.
 */
export function addBias(x: Dense, bias: Dense): Dense {
  const out = x.storage.data as Float32Array;
  kernels().binaryF32("add", out, bias.storage.data as Float32Array, out);
  return x;
}
