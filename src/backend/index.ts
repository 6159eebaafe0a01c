/** Which numeric backend runs: the only floor that knows both. */
export { backend, backendFor, kernels, memoryInfo, useBackend } from "./choose.ts";
export type { BackendInfo, MemoryInfo } from "./choose.ts";
export { attentionKernels } from "./attention.ts";
export { convolutionKernels } from "./convolution.ts";
export { gradientKernels } from "./gradients.ts";
export { normKernels } from "./norms.ts";
export { recurrentKernels } from "./recurrent.ts";
export { softmaxKernels } from "./softmax.ts";
export { config } from "./config.ts";
export { carryFused } from "../wasm/index.ts";
export { elementaryKernels } from "./elementary.ts";
export { init } from "./threads.ts";
export type { InitInfo, InitOptions } from "./threads.ts";
export { WASM_FROM } from "./thresholds.ts";
