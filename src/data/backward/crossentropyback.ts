import { gradientKernels } from "../../backend/index.ts";
import { config } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { emptyData } from "../arraydata.ts";
import { labelColumns } from "../reduce/crossentropy.ts";

/** The cotangent of `logits` [..., n] in a cross-entropy with `labels` [...], whose own is `ct` [...], all float32. */
export function crossEntropyBackData(ct: ArrayData, logits: ArrayData, labels: ArrayData): ArrayData {
  const out = emptyData(logits.shape, "float32");
  const to = out.storage.data as Float32Array;
  if (to.length === 0) return out;
  const [cts, x] = [ct.storage.data as Float32Array, logits.storage.data as Float32Array];
  const columns = labelColumns(labels, x.length / cts.length);
  gradientKernels().crossEntropyBackF32(cts, x, columns, to, config.profile === "fma");
  return out;
}
