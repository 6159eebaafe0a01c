import type { ConvolutionKernels } from "../../base/index.ts";
import { convolveF32 } from "./convolve.ts";
import { depthwiseF32 } from "./depthwise.ts";
import { poolF32 } from "./pool.ts";

export { coreFusedConvolution } from "./fused.ts";

/** The kernels of convolutions and pooling in plain TypeScript. */
export const coreConvolution: ConvolutionKernels = { name: "core", convolveF32, depthwiseF32, poolF32 };
