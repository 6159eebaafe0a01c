import type { AttentionKernels } from "../base/index.ts";
import { coreAttention, coreFusedAttention } from "../core/index.ts";
import { createWasmAttention } from "../wasm/index.ts";
import type { Choose } from "./family.ts";
import { kernelFamily } from "./family.ts";
import { WASM_FROM } from "./thresholds.ts";

/** The kernels of attention, by the size of their work. */
export function attentionBySize(
  _choose: Choose<AttentionKernels>,
  chooseProduct: Choose<AttentionKernels>,
): AttentionKernels {
  return {
    name: "wasm",
    attentionF32: (query, key, value, out, sizes, options, fused) =>
      chooseProduct(query.length * sizes.keys, WASM_FROM.products).attentionF32(
        query,
        key,
        value,
        out,
        sizes,
        options,
        fused,
      ),
  };
}

/** The kernels of attention. */
export const attentionKernels: () => AttentionKernels = /* @__PURE__ */ kernelFamily(
  "attention",
  coreAttention,
  createWasmAttention,
  attentionBySize,
  coreFusedAttention,
);
