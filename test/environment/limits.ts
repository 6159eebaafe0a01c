import { createWasmKernels } from "../../src/wasm/index.ts";
import type { KernelExports, WasmKernels } from "../../src/wasm/index.ts";

/**
 * Kernels whose memory refuses to grow beyond `bytes`, as an engine may. `grown` counts how often it grew.
 */
export function kernelsWithin(bytes: number): { kernels: WasmKernels; grown: () => number } {
  let growths = 0;
  const link = (module: object): KernelExports => {
    const exports = new WebAssembly.Instance(module as WebAssembly.Module).exports as unknown as KernelExports;
    const { memory } = exports;
    const limited = {
      get buffer() {
        return memory.buffer;
      },
      grow(pages: number): number {
        if (memory.buffer.byteLength + 65536 * pages > bytes)
          throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
        growths++;
        return memory.grow(pages);
      },
    };
    return { ...exports, memory: limited };
  };
  return { kernels: createWasmKernels(undefined, link), grown: () => growths };
}
