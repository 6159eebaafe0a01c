import type { SoftmaxKernels } from "../base/index.ts";
import { coreSoftmax } from "../core/index.ts";
import { createWasmSoftmax } from "../wasm/index.ts";
import type { Choose } from "./family.ts";
import { kernelFamily } from "./family.ts";
import { WASM_FROM } from "./thresholds.ts";

const { rows } = WASM_FROM;

/** The kernels of softmax, by the size of their work. */
export function softmaxBySize(choose: Choose<SoftmaxKernels>): SoftmaxKernels {
  return {
    name: "wasm",
    softmaxF32: (x, out, n, log, fused) => choose(out.length, rows).softmaxF32(x, out, n, log, fused),
    softmaxColumnsF32: (x, out, n, inner, log, fused) =>
      choose(out.length, rows).softmaxColumnsF32(x, out, n, inner, log, fused),
    logSumExpF32: (x, out, n, inner, fused) => choose(x.length, rows).logSumExpF32(x, out, n, inner, fused),
  };
}

/** The kernels of softmax. */
export const softmaxKernels: () => SoftmaxKernels = /* @__PURE__ */ kernelFamily(
  "softmax",
  coreSoftmax,
  createWasmSoftmax,
  softmaxBySize,
);
