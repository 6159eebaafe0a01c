import { gradientKernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, floatsOf, zerosData } from "../arraydata.ts";
import { promote } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { eachMatrix } from "./outer.ts";

/** Up to this many terms a product has one accumulator, so that this one has its bits. */
export const TRANSPOSED_TERMS = 4096;

/**
 * `x` [...batch, rows, n] times `w` [...batch, m, n] transposed: [...batch, rows, m]. Each output is the float32 sum of
 * float32 products over the last axis, ascending from +0, with one accumulator: the bits of the matrix product.
 */
export function matmulTransposedData(x: ArrayData, w: ArrayData): ArrayData {
  const rank = x.shape.length;
  const [rows, n, m] = [x.shape[rank - 2]!, x.shape[rank - 1]!, w.shape[rank - 2]!];
  const batch = x.shape.slice(0, -2);
  const out = (n > 0 ? emptyData : zerosData)([...batch, rows, m], "float32");
  const [xs, ws, to] = [floatsOf(x), floatsOf(w), out.storage.data as Float32Array];
  if (to.length > 0 && n > 0)
    eachMatrix(sizeOf(batch), (xi, wi, oi) => gradientKernels().matmulTransposedF32(xi, wi, oi, rows), xs, ws, to);
  return castData(out, promote(x.dtype, w.dtype));
}
