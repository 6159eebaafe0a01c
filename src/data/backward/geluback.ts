import { gradientKernels } from "../../backend/index.ts";
import { config } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, floatsOf } from "../arraydata.ts";

/** `ct` times the derivative of gelu by tanh at `x`, of the same shape. */
export function geluBackData(ct: ArrayData, x: ArrayData): ArrayData {
  const out = emptyData(ct.shape, "float32");
  const fused = config.profile === "fma";
  gradientKernels().geluBackF32(floatsOf(ct), floatsOf(x), out.storage.data as Float32Array, fused);
  return castData(out, ct.dtype);
}
