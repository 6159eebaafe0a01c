export { createWasmKernels } from "./create.ts";
export { WasmKernels } from "./kernels.ts";
export type { Team } from "./kernels.ts";
export type { KernelExports, Payload } from "./loader.ts";
export { MOST_THREADS, startTeam } from "./threads.ts";
export type { WasmMemory, WasmModule } from "./webassembly.ts";
