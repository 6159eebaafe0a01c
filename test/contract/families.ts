import type {
  AttentionKernels,
  ConvolutionKernels,
  Kernels,
  NormKernels,
  RecurrentKernels,
  SoftmaxKernels,
} from "../../src/base/index.ts";
import {
  core,
  coreAttention,
  coreConvolution,
  coreFusedAttention,
  coreFusedConvolution,
  coreFusedProducts,
  coreFusedRecurrent,
  coreNorms,
  coreRecurrent,
  coreSoftmax,
} from "../../src/core/index.ts";
import type { LinkBeside, WasmKernels } from "../../src/wasm/index.ts";
import {
  createWasmAttention,
  createWasmConvolution,
  createWasmNorms,
  createWasmRecurrent,
  createWasmSoftmax,
} from "../../src/wasm/index.ts";

/** The families of forward passes. */
export type Families = AttentionKernels & ConvolutionKernels & NormKernels & RecurrentKernels & SoftmaxKernels;
export type EveryKernel = Kernels & Families;

export const everyCore: EveryKernel = {
  ...core,
  ...coreAttention,
  ...coreConvolution,
  ...coreNorms,
  ...coreRecurrent,
  ...coreSoftmax,
};

/** The same with products of which each multiply-add is rounded once. */
export const everyFusedCore: EveryKernel = {
  ...everyCore,
  ...coreFusedProducts,
  ...coreFusedAttention,
  ...coreFusedConvolution,
  ...coreFusedRecurrent,
};

/** `kernels`, with those of every family, whose modules `link` makes instances of. */
export function withFamilies(kernels: WasmKernels, link?: LinkBeside): WasmKernels & Families {
  return Object.assign(
    kernels,
    createWasmAttention(kernels, link),
    createWasmConvolution(kernels, link),
    createWasmNorms(kernels),
    createWasmRecurrent(kernels, link),
    createWasmSoftmax(kernels),
  );
}
