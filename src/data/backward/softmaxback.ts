import { gradientKernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, floatsOf } from "../arraydata.ts";

/** y * (ct - sum(ct * y)) of rows, the last axis of two arrays of one shape. */
export function softmaxBackData(ct: ArrayData, y: ArrayData): ArrayData {
  const out = emptyData(ct.shape, "float32");
  const to = out.storage.data as Float32Array;
  if (to.length > 0) gradientKernels().softmaxBackF32(floatsOf(ct), floatsOf(y), to, ct.shape.at(-1)!);
  return castData(out, ct.dtype);
}
