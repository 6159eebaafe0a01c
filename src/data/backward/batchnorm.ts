/** The two passes that the gradient of a batch norm of float32 features, the last axis, makes besides two sums. */
import { gradientKernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { emptyData } from "../arraydata.ts";

/** `ct` * (`x` - `mean`), of two arrays [...rows, n] and `mean` [n]. */
export function batchNormTermsData(ct: ArrayData, x: ArrayData, mean: ArrayData): ArrayData {
  const out = emptyData(x.shape, "float32");
  gradientKernels().batchNormTermsF32(of(ct), of(x), of(mean), of(out));
  return out;
}

/** `ct` * `factor` + `slope` * (`x` * 2) + `shift`, of two arrays [...rows, n] and numbers for each column. */
export function batchNormBackData(
  ct: ArrayData,
  x: ArrayData,
  factor: ArrayData,
  slope: ArrayData,
  shift: ArrayData,
): ArrayData {
  const out = emptyData(x.shape, "float32");
  gradientKernels().batchNormBackF32(of(ct), of(x), of(factor), of(slope), of(shift), of(out));
  return out;
}

function of(x: ArrayData): Float32Array {
  return x.storage.data as Float32Array;
}
