export { createWasmKernels } from "./create.ts";
export { createWasmGradients } from "./gradients/kernels.ts";
export { WasmKernels } from "./kernels.ts";
export type { ThreadPool } from "./kernels.ts";
export type { KernelExports } from "./exports.ts";
export type { Payload } from "./payload.ts";
export { MAX_THREADS, startThreadPool } from "./threadpool.ts";
export type { WasmMemory, WasmModule } from "./webassembly.ts";
