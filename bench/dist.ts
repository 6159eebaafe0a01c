/** The files of dist/, which users get. Their types come from the sources, so that types check before a build. */
import { distUrl } from "./dist-url.ts";

type Library = typeof import("../src/index.ts");
type CoreModule = typeof import("../src/core/index.ts");
type WasmModule = typeof import("../src/wasm/index.ts");

export const { core, coreAttention, coreConvolution, coreGradients, coreNorms, coreRecurrent, coreSoftmax } =
  (await import(distUrl("core/index.js"))) as CoreModule;

const {
  carryFused,
  createWasmAttention,
  createWasmConvolution,
  createWasmGradients,
  createWasmKernels,
  createWasmNorms,
  createWasmRecurrent,
  createWasmSoftmax,
} = (await import(distUrl("wasm/index.js"))) as WasmModule;

carryFused();

/** The WebAssembly kernels as they are, with no choice by size before them. */
export const wasm = createWasmKernels();
export const wasmGradients = createWasmGradients(wasm);
export const wasmAttention = createWasmAttention(wasm);
export const wasmConvolution = createWasmConvolution(wasm);
export const wasmNorms = createWasmNorms(wasm);
export const wasmRecurrent = createWasmRecurrent(wasm);
export const wasmSoftmax = createWasmSoftmax(wasm);

/**
 * A copy of the library, from the one-file build, with its own compiled code. One copy switched between backends would
 * be compiled for all of them, and not as for a user, who has one.
 */
export async function libraryFor(backend: "core" | "wasm" | "auto"): Promise<Library> {
  const library = (await import(`${distUrl("flaxen.min.js")}?${backend}`)) as Library;
  library.useBackend(backend);
  return library;
}
