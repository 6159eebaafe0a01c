import { kernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData } from "../arraydata.ts";
import { isHalf } from "../dtype.ts";
import { ADD } from "../elementwise/arithmetic.ts";
import { binaryData } from "../elementwise/binary.ts";
import type { Shape } from "../shape.ts";
import { sameShape } from "../shape.ts";

/**
 * `y` plus `bias`, as `add`. Where both are float32 and the bias has the shape of the last axes of `y`, it is added in
 * place: `y` must be a result that has not been returned yet.
 *
 * @throws ShapeError if they do not broadcast
 */
export function addBias(y: ArrayData, bias: ArrayData): ArrayData {
  if (isHalf(y.dtype) && bias.dtype === y.dtype)
    return castData(addBias(castData(y, "float32"), castData(bias, "float32")), y.dtype);
  if (y.dtype !== "float32" || bias.dtype !== "float32" || !isEndOf(bias.shape, y.shape))
    return binaryData(ADD, y, bias);
  const out = y.storage.data as Float32Array;
  kernels().binaryF32("add", out, bias.storage.data as Float32Array, out);
  return y;
}

/** Whether `own`, without the ones that it starts with, is the end of `shape`. */
function isEndOf(own: Shape, shape: Shape): boolean {
  if (own.length > shape.length) return false;
  const first = own.findIndex((n) => n !== 1);
  const along = first < 0 ? [] : own.slice(first);
  return sameShape(along, shape.slice(shape.length - along.length));
}
