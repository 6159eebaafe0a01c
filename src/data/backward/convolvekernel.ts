import { convolutionKernels, gradientKernels } from "../../backend/index.ts";
import type { Windows } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, floatsOf, zerosData } from "../arraydata.ts";
import { promote } from "../dtype.ts";
import type { ConvolveParameters } from "../products/convolve.ts";
import { imageOf } from "../products/image.ts";
import type { Shape } from "../shape.ts";
import { OUTER_BLOCK } from "./outer.ts";

/** A convolution, and the sizes of its kernel. */
export interface ConvolveKernelParameters extends ConvolveParameters {
  readonly sizes: Shape;
}

/**
 * The gradient of a convolution's kernel [...sizes, inputs / groups, outputs], from the input `x` [batch, ...spatial,
 * inputs] and the cotangent `ct` [batch, ...places, outputs] of the result.
 *
 * Each element is a sum over examples, then places row-major, in the order of `outerData`: blocks of 256, ascending in
 * a block, then the sums of the blocks.
 */
export function convolveKernelData(parameters: ConvolveKernelParameters, x: ArrayData, ct: ArrayData): ArrayData {
  const { sizes, groups } = parameters;
  const [inputs, outputs] = [x.shape.at(-1)! / groups, ct.shape.at(-1)!];
  const result = zerosData([...sizes, inputs, outputs], "float32");
  const out = result.storage.data as Float32Array;
  const { data, windows } = imageOf(castData(x, "float32"), sizes, parameters, inputs, 0);
  const cotangents = floatsOf(ct);
  if (out.length === 0 || cotangents.length === 0) return castData(result, promote(x.dtype, ct.dtype));
  if (inputs === 1 && groups > 1) depthwiseKernel(data, cotangents, out, windows, groups);
  else if (groups === 1) gradientKernels().convolveKernelF32(data, cotangents, out, windows);
  else {
    const width = outputs / groups;
    const part = new Float32Array(out.length / groups);
    for (let g = 0; g < groups; g++) {
      const columns = columnsOf(cotangents, outputs, g * width, width);
      gradientKernels().convolveKernelF32(data.subarray(g * inputs), columns, part, windows);
      for (let at = 0, to = g * width; at < part.length; to += outputs)
        for (let j = 0; j < width; j++) out[to + j] = part[at++]!;
    }
  }
  return castData(result, promote(x.dtype, ct.dtype));
}

/**
 * Of a depthwise convolution: a depthwise convolution too, whose windows see at all places what one of the kernel's
 * terms does, and whose weights are the cotangents there.
 */
function depthwiseKernel(
  x: Float32Array,
  ct: Float32Array,
  out: Float32Array,
  { lines, places, step, runs }: Windows,
  features: number,
): void {
  const rows = lines.length * places;
  const m = ct.length / rows;
  const part = rows > OUTER_BLOCK ? new Float32Array(out.length) : out;
  for (let from = 0; from < rows; from += OUTER_BLOCK) {
    const count = Math.min(OUTER_BLOCK, rows - from);
    const starts = Array.from(
      { length: count },
      (_, i) => lines[Math.floor((from + i) / places)]! + ((from + i) % places) * step,
    );
    const first = starts[0]!;
    const sums = from === 0 ? out : part;
    convolutionKernels().depthwiseF32(x.subarray(first), ct.subarray(from * m, (from + count) * m), undefined, sums, {
      lines: runs,
      places: 1,
      step: 0,
      runs: starts.map((start) => start - first),
      run: features,
    });
    if (from > 0) for (let i = 0; i < out.length; i++) out[i]! += part[i]!;
  }
}

/** The columns from `first` on of a matrix with `all` columns. */
function columnsOf(x: Float32Array, all: number, first: number, width: number): Float32Array {
  const out = new Float32Array((x.length / all) * width);
  for (let from = first, at = 0; at < out.length; from += all) for (let j = 0; j < width; j++) out[at++] = x[from + j]!;
  return out;
}
