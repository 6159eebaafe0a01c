import type { ConvolutionKernels } from "../../base/index.ts";
import { openFamily } from "../family.ts";
import type { WasmKernels } from "../kernels.ts";
import type { LinkBeside } from "../sidemodule.ts";
import * as bytes from "./bytes.ts";
import { convolve } from "./convolve.ts";
import { depthwise } from "./depthwise.ts";
import type { ConvolutionExports } from "./exports.ts";
import { pool } from "./pool.ts";

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
    convolveF32: (x, w, bias, out, windows, immutable, groups) =>
      run("convolveF32", 0, (instance, exports) =>
        convolve(instance, exports, x, w, bias, out, windows, immutable, groups),
      ),
    depthwiseF32: (x, w, bias, out, windows) =>
      run("depthwiseF32", 0, (instance, exports) => depthwise(instance, exports, x, w, bias, out, windows)),
    poolF32: (op, x, out, windows, factor) =>
      run("poolF32", 0, (instance, exports) => pool(instance, exports, op, x, out, windows, factor)),
  };
}
