import type { Kernels, RecurrentKernels } from "../../base/index.ts";
import { GATES } from "../../base/index.ts";
import { matmulF32 } from "../matmul.ts";
import { binaryF32 } from "../binary.ts";
import { cellF32 } from "./cell.ts";

export const stepsF32: RecurrentKernels["stepsF32"] = /* @__PURE__ */ stepsBy(matmulF32);

/** `stepsF32` with its products by `multiply`. */
export function stepsBy(multiply: Kernels["matmulF32"]): RecurrentKernels["stepsF32"] {
  return (op, x, w, bias, hidden, state, out, n, immutable, fused) => {
    const gates = GATES[op] * n;
    const width = gates / w.length;
    const sums = new Float32Array(gates);
    const parts = w.map((_, i) => sums.subarray(i * width, (i + 1) * width));
    for (let t = 0; t * n < out.length; t++) {
      const [row, next] = [x.subarray(t * gates, (t + 1) * gates), out.subarray(t * n, (t + 1) * n)];
      w.forEach((kernel, i) => multiply(hidden, kernel, undefined, parts[i]!, 1, immutable));
      if (bias !== undefined) binaryF32("add", sums, bias, sums);
      if (op === "lstm") cellF32(op, row, sums, state!.slice(), state!, next, n, fused);
      else cellF32(op, row, sums, state && hidden, next, undefined, n, fused);
      hidden = next;
    }
  };
}
