/** The two backends, each tested before it is used. */
import type { Kernels } from "../base/index.ts";
import { EnvError } from "../base/index.ts";
// Imported before the core, so that a bundle has the long text of the kernels near its start. gzip finds repetitions
// within 32 KiB only: code before that text would not help to compress the code after it.
import type { WasmKernels } from "../wasm/index.ts";
import { createWasmKernels } from "../wasm/index.ts";
import { core } from "../core/index.ts";
import { selfTest } from "./selftest.ts";

let wasm: WasmKernels | undefined;

/** The WebAssembly kernels, if they were made already. */
export function existingWasm(): WasmKernels | undefined {
  return wasm;
}

/** The WebAssembly kernels, made and tested at the first call. @throws EnvError that says why there are none */
export function trustedWasm(): WasmKernels {
  return (wasm ??= tested(createWasmKernels()));
}

/** `candidate` when it passes the self-test. @throws EnvError `BackendUnavailable` otherwise */
export function tested(candidate: WasmKernels): WasmKernels {
  const failed = selfTest(candidate);
  if (failed === undefined) return candidate;
  throw new EnvError("BackendUnavailable", `WebAssembly failed the start-up self-test: ${failed}`);
}

/** The core when it passes the self-test. @throws EnvError `NonIeeeHost` otherwise */
export function trustedCore(): Kernels {
  const failed = selfTest(core);
  if (failed === undefined) return core;
  throw new EnvError(
    "NonIeeeHost",
    `the TypeScript core failed the start-up self-test: ${failed}. ` +
      "Float32 arithmetic here is not IEEE 754 (a host that flushes subnormals, or a patched Math)",
  );
}
