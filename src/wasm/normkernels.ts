import type { NormKernels } from "../base/index.ts";
import type { WasmKernels } from "./kernels.ts";
import { normalize } from "./normalize.ts";
import { standardize } from "./standardize.ts";

/** The kernels of normalisation on WebAssembly SIMD: functions of the module of `kernels`. */
export function createWasmNorms(kernels: WasmKernels): NormKernels {
  return {
    name: "wasm",
    normalizeF32: (x, scale, bias, out, n, epsilon, centered) =>
      kernels.run("normalizeF32", 0, (instance) => normalize(instance, x, scale, bias, out, n, epsilon, centered)),
    standardizeF32: (x, mean, variance, scale, bias, out, n, inner, size, epsilon) =>
      kernels.run("standardizeF32", 0, (instance) =>
        standardize(instance, x, mean, variance, scale, bias, out, n, inner, size, epsilon),
      ),
  };
}
