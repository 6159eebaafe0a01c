import { gradientKernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, floatsOf } from "../arraydata.ts";

/** `ct` where `x`, of the same shape, is above 0 and not subnormal, 0 elsewhere. */
export function reluBackData(ct: ArrayData, x: ArrayData): ArrayData {
  const out = emptyData(ct.shape, "float32");
  gradientKernels().reluBackF32(floatsOf(ct), floatsOf(x), out.storage.data as Float32Array);
  return castData(out, ct.dtype);
}
