import type { ArrayData, NDArray, Operation } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import type { ConvolveKernelParameters } from "../../data/index.ts";
import { convolveKernelData } from "../../data/index.ts";

/** The gradient of a convolution's kernel. */
export const CONVOLVE_KERNEL: Operation<ConvolveKernelParameters, [x: ArrayData, ct: ArrayData]> = {
  name: "convolveKernel",
  forward: convolveKernelData,
};

/** The gradient of a convolution's kernel, from its input and the cotangent of its result. */
export function convolveKernel(x: NDArray, ct: NDArray, parameters: ConvolveKernelParameters): NDArray {
  return apply(CONVOLVE_KERNEL, parameters, x[DATA], ct[DATA]);
}
