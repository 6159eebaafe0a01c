import type { ConvolutionKernels, Windows } from "../../base/index.ts";
import { openFamily } from "../family.ts";
import type { WasmKernels } from "../kernels.ts";
import type { LinkBeside } from "../sidemodule.ts";
import * as bytes from "./bytes.ts";
import { convolve } from "./convolve.ts";
import { depthwise } from "./depthwise.ts";
import type { ConvolutionExports } from "./exports.ts";
import { isProduct } from "./pointwise.ts";
import { pool } from "./pool.ts";

/**
 * The terms of a convolution by which threads share it or not. One that is not a product of matrices repays them from
 * 2^19 on: two then take 0.5 to 0.75 of one's time (Node 20, x86-64, 2026-12; 1.05 from half as many).
 */
function sharedTerms(windows: Windows, w: Float32Array, groups: number | undefined): number {
  const terms = windows.lines.length * windows.places * w.length;
  return isProduct(windows, groups) ? terms : terms / 2;
}

/** Windows of as many runs that threads share: 5 by 5. */
const SHARED_RUNS = 25;

/**
 * The same of a depthwise convolution: from 2^21 on two take 0.75 to 0.95 of one's time. Smaller windows take no longer
 * than to bring the elements to another processor and back: 3 by 3 0.85 to 1.2 of it, most of them above 1. So do few
 * places, such as the terms of a kernel's gradient, and pooling.
 */
function depthwiseTerms({ lines, places, runs }: Windows, out: Float32Array): number {
  const isShared = runs.length >= SHARED_RUNS && lines.length * places > runs.length;
  return isShared ? (out.length * runs.length) / 8 : 0;
}

/**
 * The kernels of convolutions and pooling on WebAssembly SIMD, beside `kernels` and in their memory.
 *
 * @param link makes an instance of the module: a test may wrap what is exported
 * @throws EnvError `BackendUnavailable` if the bytes are damaged or this host does not compile them
 */
export function createWasmConvolution(kernels: WasmKernels, link?: LinkBeside): ConvolutionKernels {
  const run = openFamily<ConvolutionExports>(kernels, bytes, link);
  return {
    name: "wasm",
    convolveF32: (x, w, bias, out, windows, immutable, groups, epilogue) =>
      run("convolveF32", sharedTerms(windows, w, groups), (instance, exports) =>
        convolve(instance, exports, x, w, bias, out, windows, immutable, groups, epilogue),
      ),
    depthwiseF32: (x, w, bias, out, windows, epilogue) =>
      run("depthwiseF32", depthwiseTerms(windows, out), (instance, exports) =>
        depthwise(instance, exports, x, w, bias, out, windows, epilogue),
      ),
    poolF32: (op, x, out, windows, factor) =>
      run("poolF32", 0, (instance, exports) => pool(instance, exports, op, x, out, windows, factor)),
  };
}
