import { kernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { arrayData, castData, emptyData, PRIVATE, zerosData } from "../arraydata.ts";
import { derived } from "../manipulation/derived.ts";
import { sameShape, sizeOf } from "../shape.ts";
import { addBias } from "./bias.ts";
import { imageOf, joined } from "./image.ts";
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
  const [from, weights] = [castData(x, "float32"), castData(kernel, "float32")];
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
  const { data, places, windows } = imageOf(x, sizes, parameters, inputs, 0);
  const result = (sizeOf(sizes) * inputs === 0 ? zerosData : emptyData)([x.shape[0]!, ...places, outputs], "float32");
  const out = result.storage.data as Float32Array;
  const rows = out.length / outputs;
  const kept = kernel.storage.access === PRIVATE;
  if (out.length === 0) return result;
  if (sizeOf(sizes) * inputs === 0) return bias === undefined ? result : addBias(result, bias);
  const biases = bias?.storage.data as Float32Array | undefined;
  if (groups === 1 && isPointwise(sizes, parameters)) {
    kernels().matmulF32(x.storage.data as Float32Array, kernel.storage.data as Float32Array, biases, out, rows, kept);
    return result;
  }
  if (groups === 1) {
    const runs = parameters.dilation.at(-1) === 1 ? joined(windows, sizes.at(-1)!) : windows;
    kernels().convolveF32(data, kernel.storage.data as Float32Array, biases, out, runs, kept);
    return result;
  }
  const width = outputs / groups;
  const part = new Float32Array(rows * width);
  groupsOf(kernel, groups).forEach((matrix, g) => {
    kernels().convolveF32(
      data.subarray(g * inputs),
      matrix.data as Float32Array,
      biases?.subarray(g * width, (g + 1) * width),
      part,
      windows,
      matrix.access === PRIVATE,
    );
    scatter(part, out, outputs, g * width);
  });
  return result;
}

/** Whether every place sees one element of the input, its own: then the input is the matrix. */
function isPointwise(sizes: readonly number[], { strides, pads, inputDilation }: Sliding): boolean {
  return sizes.every(
    (window, axis) =>
      window === 1 && strides[axis] === 1 && inputDilation[axis] === 1 && pads[axis]!.every((pad) => pad === 0),
  );
}

/** The kernel's columns for each group of outputs as a matrix of its own, kept while the kernel lives. */
function groupsOf(kernel: ArrayData, groups: number): ArrayData["storage"][] {
  const outputs = kernel.shape[kernel.shape.length - 1]!;
  const width = outputs / groups;
  const from = kernel.storage.data as Float32Array;
  const rows = from.length / outputs;
  return Array.from({ length: groups }, (_, g) => {
    const make = (): ArrayData => {
      const columns = new Float32Array(rows * width);
      for (let row = 0; row < rows; row++)
        for (let j = 0; j < width; j++) columns[row * width + j] = from[row * outputs + g * width + j]!;
      return arrayData([rows, width], "float32", columns);
    };
    return derived(kernel, `columns ${g * width} to ${(g + 1) * width} of ${outputs}`, make).storage;
  });
}

/** Writes the columns of one group to their place in the rows of `out`, from column `first` on. */
function scatter(part: Float32Array, out: Float32Array, outputs: number, first: number): void {
  const width = (part.length * outputs) / out.length;
  for (let at = 0, to = first; at < part.length; to += outputs)
    for (let j = 0; j < width; j++) out[to + j] = part[at++]!;
}
