import { convolutionKernels, kernels } from "../../backend/index.ts";
import type { Epilogue, Windows } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, isImmutable, zerosData } from "../arraydata.ts";
import type { Shape } from "../shape.ts";
import { sameShape, sizeOf } from "../shape.ts";
import { WidenedStorage, widenedData } from "../widened.ts";
import { multiplyWords } from "./half.ts";
import { addBias } from "./bias.ts";
import { joined, windowsIn } from "./image.ts";
import { hasPhases, interleave, phasesOf } from "./phases.ts";
import type { Sliding } from "./window.ts";
import { placesOf } from "./window.ts";

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
  const sizes = kernel.shape.slice(0, -2);
  const [inputs, outputs] = kernel.shape.slice(-2) as [number, number];
  const places = placesOf(x.shape, sizes, parameters);
  const result = (sizeOf(sizes) * inputs === 0 ? zerosData : emptyData)([x.shape[0]!, ...places, outputs], "float32");
  const out = result.storage.data as Float32Array;
  if (out.length === 0) return result;
  if (sizeOf(sizes) * inputs === 0) return bias === undefined ? result : addBias(result, bias);
  const biases = bias?.storage.data as Float32Array | undefined;
  if (hasPhases(kernel, parameters, out.length / outputs)) slidePhases(x, kernel, biases, out, parameters, places);
  else slideInto(x, kernel, biases, out, parameters);
  return result;
}

/** Each phase of a convolution over a spread input, the results interleaved. */
function slidePhases(
  x: ArrayData,
  kernel: ArrayData,
  bias: Float32Array | undefined,
  out: Float32Array,
  parameters: ConvolveParameters,
  places: Shape,
): void {
  const { groups } = parameters;
  const [batch, outputs] = [x.shape[0]!, kernel.shape.at(-1)!];
  const phases = phasesOf(x.shape, kernel, parameters, places);
  const sizes = phases.map(({ axes }) => batch * outputs * sizeOf(axes.map((axis) => axis.places)));
  const room = new Float32Array(Math.max(...sizes));
  phases.forEach((phase, i) => {
    const part = room.subarray(0, sizes[i]);
    if (phase.kernel !== undefined) slideInto(x, phase.kernel, bias, part, { groups, ...phase.sliding });
    else {
      part.fill(0);
      if (bias !== undefined) kernels().binaryF32("add", part, bias, part);
    }
    interleave(part, phase, out, batch, places, outputs);
  });
}

/** Writes a convolution of at least one term to `out`, which has at least one element. */
export function slideInto(
  x: ArrayData,
  kernel: ArrayData,
  bias: Float32Array | undefined,
  out: Float32Array,
  parameters: ConvolveParameters,
  epilogue?: Epilogue,
): void {
  const { groups } = parameters;
  const sizes = kernel.shape.slice(0, -2);
  const [inputs, outputs] = kernel.shape.slice(-2) as [number, number];
  const kept = isImmutable(kernel.storage);
  const from = x.storage.data as Float32Array;
  const rows = out.length / outputs;
  const isProduct = groups === 1 && isPointwise(sizes, parameters);
  if (isProduct && kernel.storage instanceof WidenedStorage)
    return multiplyWords(from, kernel.storage, bias, out, rows);
  const weights = kernel.storage.data as Float32Array;
  if (isProduct && epilogue === undefined) return kernels().matmulF32(from, weights, bias, out, rows, kept);
  const isDepthwise = inputs === 1 && groups > 1;
  const windows = isProduct
    ? pointsOf(x.shape)
    : windowsIn(x.shape, sizes, parameters, isDepthwise ? groups : inputs, 0);
  if (isDepthwise) return convolutionKernels().depthwiseF32(from, weights, bias, out, windows, epilogue);
  const isJoined = groups === 1 && parameters.dilation.at(-1) === 1;
  convolutionKernels().convolveF32(
    from,
    weights,
    bias,
    out,
    isJoined ? joined(windows, sizes.at(-1)!) : windows,
    kept,
    groups,
    epilogue,
  );
}

/** The windows that see one place each, of all features. */
function pointsOf(shape: Shape): Windows {
  const [places, run] = shape.slice(-2) as [number, number];
  const lines = new Int32Array(sizeOf(shape) / (places * run));
  for (let line = 0; line < lines.length; line++) lines[line] = line * places * run;
  return { lines, places, step: run, runs: [0], run };
}

/** Whether every place sees one element of the input, its own: then the input is the matrix. */
function isPointwise(sizes: readonly number[], { strides, pads, inputDilation }: Sliding): boolean {
  return sizes.every(
    (window, axis) =>
      window === 1 && strides[axis] === 1 && inputDilation[axis] === 1 && pads[axis]!.every((pad) => pad === 0),
  );
}
