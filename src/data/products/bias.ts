import { kernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData } from "../arraydata.ts";
import { ADD } from "../elementwise/arithmetic.ts";
import { binaryData } from "../elementwise/binary.ts";
import { sameShape } from "../shape.ts";

/**
 * `x` plus `bias`, as `add`. Where both are float32 and `bias` has the shape of the last axes of `x`, in place: `x` must
 * be a result that nobody has seen yet.
 *
 * @throws ShapeError if they do not broadcast
 */
export function addBias(x: ArrayData, bias: ArrayData): ArrayData {
  if (x.dtype !== "float32") return castData(addBias(castData(x, "float32"), castData(bias, "float32")), x.dtype);
  if (!sameShape(bias.shape, x.shape.slice(x.shape.length - bias.shape.length))) return binaryData(ADD, x, bias);
  const out = x.storage.data as Float32Array;
  kernels().binaryF32("add", out, bias.storage.data as Float32Array, out);
  return x;
}
