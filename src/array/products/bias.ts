import { kernels } from "../../backend.ts";
import type { Dense } from "../dense.ts";
import { castDense } from "../dense.ts";

/**
 * Adds `bias` to `x`, both float32 and then in place, or both another float: `bias` has the shape of the last axes of `x`. `x` must be a result that
 * nobody has seen yet. One rounding an element, subnormals flushed, as `add`.
 */
export function addBias(x: Dense, bias: Dense): Dense {
  if (x.dtype !== "float32") return castDense(addBias(castDense(x, "float32"), castDense(bias, "float32")), x.dtype);
  const out = x.storage.data as Float32Array;
  kernels().binaryF32("add", out, bias.storage.data as Float32Array, out);
  return x;
}
