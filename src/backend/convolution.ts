import type { ConvolutionKernels } from "../base/index.ts";
import { coreConvolution, coreFusedConvolution } from "../core/index.ts";
import { createWasmConvolution } from "../wasm/index.ts";
import type { Choose } from "./family.ts";
import { kernelFamily } from "./family.ts";
import { WASM_FROM } from "./thresholds.ts";

const { products, windowed } = WASM_FROM;

/** The kernels of convolutions and pooling, each by the size of its work. */
export function convolutionBySize(
  choose: Choose<ConvolutionKernels>,
  chooseProduct: Choose<ConvolutionKernels>,
): ConvolutionKernels {
  return {
    name: "wasm",
    convolveF32: (x, w, bias, out, windows, immutable, groups, epilogue) =>
      chooseProduct(windows.lines.length * windows.places * w.length, products).convolveF32(
        x,
        w,
        bias,
        out,
        windows,
        immutable,
        groups,
        epilogue,
      ),
    depthwiseF32: (x, w, bias, out, windows, epilogue) =>
      chooseProduct(out.length * windows.runs.length, products).depthwiseF32(x, w, bias, out, windows, epilogue),
    poolF32: (op, x, out, windows, factor) => choose(x.length, windowed).poolF32(op, x, out, windows, factor),
  };
}

/** The kernels of convolutions and pooling. */
export const convolutionKernels: () => ConvolutionKernels = /* @__PURE__ */ kernelFamily(
  "convolutions",
  coreConvolution,
  createWasmConvolution,
  convolutionBySize,
  coreFusedConvolution,
);
