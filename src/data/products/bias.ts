import { kernels } from "../../backend.ts";
import type { Dense } from "../dense.ts";
import { castDense } from "../dense.ts";
import { binaryDense } from "../elementwise/elementwise.ts";
import { sameShape } from "../shape.ts";

/**
 * `x` plus `bias`, as `add`. Where both are float32 and `bias` has the shape of the last axes of `x`, in place: `x` must
 * be a result that nobody has seen yet.
 *
 * @throws ShapeError if they do not broadcast
 */
export function addBias(x: Dense, bias: Dense): Dense {
  if (x.dtype !== "float32") return castDense(addBias(castDense(x, "float32"), castDense(bias, "float32")), x.dtype);
  if (!sameShape(bias.shape, x.shape.slice(x.shape.length - bias.shape.length))) return binaryDense("add", x, bias);
  const out = x.storage.data as Float32Array;
  kernels().binaryF32("add", out, bias.storage.data as Float32Array, out);
  return x;
}
