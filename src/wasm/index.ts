export { createWasmKernels, WasmKernels } from "./kernels.ts";
export type { KernelExports, Payload } from "./loader.ts";
export type { WasmMemory, WasmModule } from "./webassembly.ts";
export { createThreadedKernels, MOST_THREADS } from "./threads.ts";
