import { gradientKernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, zerosData } from "../arraydata.ts";
import { isHalf, promote } from "../dtype.ts";
import type { ConvolveParameters } from "../products/convolve.ts";
import { imageOf } from "../products/image.ts";
import type { Image } from "../products/image.ts";
import type { Shape } from "../shape.ts";
import { OUTER_BLOCK } from "./outer.ts";

const { fround } = Math;

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
  const image = imageOf(castData(x, "float32"), sizes, parameters, inputs, 0);
  const cotangents = castData(ct, "float32").storage.data as Float32Array;
  const width = outputs / groups;
  if (out.length > 0 && cotangents.length > 0)
    for (let g = 0; g < groups; g++) {
      const sums = sumOfRows(image, g * inputs, columnsOf(cotangents, outputs, g * width, width), width);
      for (let at = 0, to = g * width; at < sums.length; to += outputs)
        for (let j = 0; j < width; j++) out[to + j] = sums[at++]!;
    }
  const dtype = promote(x.dtype, ct.dtype);
  return isHalf(dtype) ? castData(result, dtype) : result;
}

/** The columns from `first` on of a matrix with `all` columns. */
function columnsOf(x: Float32Array, all: number, first: number, width: number): Float32Array {
  if (width === all) return x;
  const out = new Float32Array((x.length / all) * width);
  for (let from = first, at = 0; at < out.length; from += all) for (let j = 0; j < width; j++) out[at++] = x[from + j]!;
  return out;
}

/** The windows of an image as rows, transposed, times `y` [rows, width]. */
function sumOfRows(image: Image, first: number, y: Float32Array, width: number): Float32Array {
  const { data, windows } = image;
  const { lines, places, step, runs, run } = windows;
  const rows = lines.length * places;
  const n = runs.length * run;
  const out = new Float32Array(n * width);
  const part = rows > OUTER_BLOCK ? new Float32Array(out.length) : out;
  const seen = new Float32Array(n * Math.min(rows, OUTER_BLOCK));
  for (let from = 0; from < rows; from += OUTER_BLOCK) {
    const count = Math.min(OUTER_BLOCK, rows - from);
    for (let row = from, to = 0; row < from + count; row++) {
      const start = first + lines[Math.floor(row / places)]! + (row % places) * step;
      for (const offset of runs) for (let at = start + offset, end = at + run; at < end; at++) seen[to++] = data[at]!;
    }
    const block = from === 0 ? out : part;
    const x = count * n === seen.length ? seen : seen.subarray(0, count * n);
    gradientKernels().outerF32(x, y.subarray(from * width, (from + count) * width), block, count);
    if (from > 0) for (let i = 0; i < out.length; i++) out[i] = fround(out[i]! + part[i]!);
  }
  return out;
}
