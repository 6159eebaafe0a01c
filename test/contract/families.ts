import type { AttentionKernels, Kernels, RecurrentKernels } from "../../src/base/index.ts";
import { core, coreAttention, coreRecurrent } from "../../src/core/index.ts";
import type { LinkBeside, WasmKernels } from "../../src/wasm/index.ts";
import { createWasmAttention, createWasmRecurrent } from "../../src/wasm/index.ts";

/** The families of forward passes. */
export type Families = AttentionKernels & RecurrentKernels;
export type EveryKernel = Kernels & Families;

export const everyCore: EveryKernel = { ...core, ...coreAttention, ...coreRecurrent };

/** `kernels`, with those of every family, whose modules `link` makes instances of. */
export function withFamilies(kernels: WasmKernels, link?: LinkBeside): WasmKernels & Families {
  return Object.assign(kernels, createWasmAttention(kernels, link), createWasmRecurrent(kernels, link));
}
