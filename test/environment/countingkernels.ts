import { createWasmKernels } from "../../src/wasm/index.ts";
import type { KernelExports, WasmKernels } from "../../src/wasm/index.ts";
import { instantiate } from "../../src/wasm/loader.ts";
import type { Families } from "../contract/families.ts";
import { withFamilies } from "../contract/families.ts";

/** How often each function of the module was called. */
export type Counts = Record<string, number>;

/** The exports of an instance, each noting its calls in `counts`. */
export function counted<Exports extends object>(exports: Exports, counts: Counts): Exports {
  return Object.fromEntries(
    Object.entries(exports).map(([name, run]: [string, unknown]) => [
      name,
      typeof run !== "function"
        ? run
        : (...args: unknown[]): unknown => {
            counts[name] = (counts[name] ?? 0) + 1;
            return (run as (...all: unknown[]) => unknown)(...args);
          },
    ]),
  ) as unknown as Exports;
}

/** Kernels whose calls into WebAssembly are counted; `calls` gives the counts since it was asked last. */
export function countingKernels(): { kernels: WasmKernels & Families; calls: () => Counts } {
  const counts: Counts = {};
  const kernels = withFamilies(
    createWasmKernels(undefined, (module) =>
      counted(new WebAssembly.Instance(module as WebAssembly.Module).exports as unknown as KernelExports, counts),
    ),
    (module, memory) => counted(instantiate(module, memory), counts),
  );
  const calls = (): Counts => {
    const given = { ...counts };
    for (const name of Object.keys(counts)) delete counts[name];
    return given;
  };
  calls();
  return { kernels, calls };
}
