import { createWasmKernels } from "../../src/wasm/index.ts";
import type { KernelExports, WasmKernels, WasmMemory } from "../../src/wasm/index.ts";
import { instantiate } from "../../src/wasm/loader.ts";
import type { Families } from "../contract/families.ts";
import { withFamilies } from "../contract/families.ts";

/**
 * Kernels whose memory refuses to grow beyond `bytes`, as an engine may. `grown` counts how often it grew.
 */
export function kernelsWithin(bytes: number): { kernels: WasmKernels & Families; grown: () => number } {
  let growths = 0;
  let real: WasmMemory;
  const link = (module: object): KernelExports => {
    const exports = new WebAssembly.Instance(module as WebAssembly.Module).exports as unknown as KernelExports;
    const { memory } = exports;
    real = memory;
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
  const kernels = withFamilies(createWasmKernels(undefined, link), (module) => instantiate(module, real));
  return { kernels, grown: () => growths };
}
