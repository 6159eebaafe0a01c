import type { NormKernels } from "../base/index.ts";
import { coreNorms } from "../core/index.ts";
import { createWasmNorms } from "../wasm/index.ts";
import type { Choose } from "./family.ts";
import { kernelFamily } from "./family.ts";
import { WASM_FROM } from "./thresholds.ts";

const { rows } = WASM_FROM;

/** The kernels of normalisation, by the size of their work. */
export function normsBySize(choose: Choose<NormKernels>): NormKernels {
  return {
    name: "wasm",
    normalizeF32: (x, scale, bias, out, n, epsilon, centered) =>
      choose(out.length, rows).normalizeF32(x, scale, bias, out, n, epsilon, centered),
    standardizeF32: (x, mean, variance, scale, bias, out, n, inner, size, epsilon) =>
      choose(out.length, rows).standardizeF32(x, mean, variance, scale, bias, out, n, inner, size, epsilon),
  };
}

/** The kernels of normalisation. */
export const normKernels: () => NormKernels = /* @__PURE__ */ kernelFamily(
  "normalisation",
  coreNorms,
  createWasmNorms,
  normsBySize,
);
