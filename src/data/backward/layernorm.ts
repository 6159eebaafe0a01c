/** The two passes over a matrix that the gradient of a layer norm of float32 rows makes. */
import { gradientKernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { zerosData } from "../arraydata.ts";

/**
 * For each row the sum of `ct` * (`x` - `mean`) * `scale`, and that of -(`ct` * (`root` * `scale`)): [2, ...rows, 1],
 * from `ct`, `x` [...rows, n], `scale` [n], and `mean`, `root` [...rows, 1].
 */
export function layerNormSumsData(
  ct: ArrayData,
  x: ArrayData,
  scale: ArrayData,
  mean: ArrayData,
  root: ArrayData,
): ArrayData {
  const out = zerosData([2, ...mean.shape], "float32");
  gradientKernels().layerNormSumsF32(of(ct), of(x), of(scale), of(mean), of(root), of(out));
  return out;
}

/** `ct` * (`root` * `scale`) + `slope` * (`x` * 2) + `shift`, with a root, a slope and a shift for each row. */
export function layerNormBackData(
  ct: ArrayData,
  x: ArrayData,
  scale: ArrayData,
  root: ArrayData,
  slope: ArrayData,
  shift: ArrayData,
): ArrayData {
  const out = zerosData(x.shape, "float32");
  gradientKernels().layerNormBackF32(of(ct), of(x), of(scale), of(root), of(slope), of(shift), of(out));
  return out;
}

function of(x: ArrayData): Float32Array {
  return x.storage.data as Float32Array;
}
