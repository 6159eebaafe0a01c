import type { SoftmaxKernels } from "../base/index.ts";
import { carryFused } from "./fused/carry.ts";
import type { WasmKernels } from "./kernels.ts";
import { logSumExp } from "./logsumexp.ts";
import { softmax } from "./softmax.ts";
import { softmaxColumns } from "./softmaxcolumns.ts";

/** The kernels of softmax on WebAssembly SIMD: functions of the module of `kernels`, and of that of fused multiply-adds. */
export function createWasmSoftmax(kernels: WasmKernels): SoftmaxKernels {
  carryFused();
  return {
    name: "wasm",
    softmaxF32: (x, out, n, log, fused) =>
      kernels.run("softmaxF32", 0, (instance) => softmax(instance, x, out, n, log, fused)),
    softmaxColumnsF32: (x, out, n, inner, log, fused) =>
      kernels.run("softmaxColumnsF32", 0, (instance) => softmaxColumns(instance, x, out, n, inner, log, fused)),
    logSumExpF32: (x, out, n, inner, fused) =>
      kernels.run("logSumExpF32", 0, (instance) => logSumExp(instance, x, out, n, inner, fused)),
  };
}
