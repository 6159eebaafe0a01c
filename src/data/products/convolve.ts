import { kernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, isImmutable, zerosData } from "../arraydata.ts";
import { sameShape, sizeOf } from "../shape.ts";
import { WidenedStorage, widenedData } from "../widened.ts";
import { multiplyWords } from "./half.ts";
import { addBias } from "./bias.ts";
import { joined, windowsIn } from "./image.ts";
import type { Sliding } from "./window.ts";

/** How a kernel slides, and how many groups of inputs and outputs do not see each other. */
export interface ConvolveParameters extends Sliding {
  readonly groups: number;
}

/**
 * Slides `kernel` [...sizes, inputs / groups, outputs] over `x` [batch, ...spatial, inputs], plus `bias`, which
 * broadcasts: [batch, ...places, outputs]. Group g of the outputs sees group g of the inputs only.
 *
 * - Each output is one float32 sum with the arithmetic of `matmulData`: over the kernel's positions row-major, and at
 *   each over the inputs of its group, ascending.
 * - Padding takes part as zeros.
 * - The sum is rounded to the dtype of `x`; then the bias is added, as by `add`.
 */
export function convolveData(
  parameters: ConvolveParameters,
  x: ArrayData,
  kernel: ArrayData,
  bias: ArrayData | undefined,
): ArrayData {
  const [from, weights] = [castData(x, "float32"), widenedData(kernel)];
  const hasKernel = bias !== undefined && x.dtype === "float32" && sameShape(bias.shape, kernel.shape.slice(-1));
  if (hasKernel) return slide(from, weights, parameters, castData(bias, "float32"));
  const y = castData(slide(from, weights, parameters), x.dtype);
  return bias === undefined ? y : addBias(y, bias);
}

/** The same of float32 arrays; `bias` [outputs]. */
function slide(x: ArrayData, kernel: ArrayData, parameters: ConvolveParameters, bias?: ArrayData): ArrayData {
  const { groups } = parameters;
  const sizes = kernel.shape.slice(0, -2);
  const [inputs, outputs] = kernel.shape.slice(-2) as [number, number];
  const isDepthwise = inputs === 1 && groups > 1;
  const { places, windows } = windowsIn(x.shape, sizes, parameters, isDepthwise ? groups : inputs, 0);
  const result = zerosData([x.shape[0]!, ...places, outputs], "float32");
  const out = result.storage.data as Float32Array;
  const rows = out.length / outputs;
  const kept = isImmutable(kernel.storage);
  if (out.length === 0) return result;
  if (sizeOf(sizes) * inputs === 0) return bias === undefined ? result : addBias(result, bias);
  const from = x.storage.data as Float32Array;
  const biases = bias?.storage.data as Float32Array | undefined;
  const isProduct = groups === 1 && isPointwise(sizes, parameters);
  if (isProduct && kernel.storage instanceof WidenedStorage) {
    multiplyWords(from, kernel.storage, biases, out, rows);
    return result;
  }
  const weights = kernel.storage.data as Float32Array;
  if (isProduct) {
    kernels().matmulF32(from, weights, biases, out, rows, kept);
    return result;
  }
  if (isDepthwise) {
    kernels().depthwiseF32(from, weights, biases, out, windows);
    return result;
  }
  const isJoined = groups === 1 && parameters.dilation.at(-1) === 1;
  const runs = isJoined ? joined(windows, sizes.at(-1)!) : windows;
  kernels().convolveF32(from, weights, biases, out, runs, kept, groups);
  return result;
}

/** Whether every place sees one element of the input, its own: then the input is the matrix. */
function isPointwise(sizes: readonly number[], { strides, pads, inputDilation }: Sliding): boolean {
  return sizes.every(
    (window, axis) =>
      window === 1 && strides[axis] === 1 && inputDilation[axis] === 1 && pads[axis]!.every((pad) => pad === 0),
  );
}
