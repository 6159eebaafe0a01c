/** The numerics of jax.nn's elementwise functions, float32: subnormals count as zeros of their sign, in and out. */
import { elementaryKernels, kernels } from "../../backend/index.ts";
import type { ActivationName } from "../../base/index.ts";
import { config, flush } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, floatsOf } from "../arraydata.ts";
import { isFloat } from "../dtype.ts";
import { takenOver } from "../pending.ts";

const { fround } = Math;

/** An activation, and the one or two numbers that some depend on; they are rounded to float32. */
export interface Activation {
  readonly name: Exclude<ActivationName, "clip"> | "relu" | "hardTanh";
  /** Default 1. */
  readonly a?: number;
  /** Default 1. */
  readonly b?: number;
}

/**
 * The activation of each element. An integer's result is float32, another float's its own dtype; `relu` and `hardTanh`
 * keep integers in their dtype, and make int32 of a bool.
 */
export function activateData({ name, a = 1, b = 1 }: Activation, x: ArrayData): ArrayData {
  if (name === "relu" && !isFloat(x.dtype)) return integerRelu(x);
  if ((name === "relu" || name === "relu6") && x.storage.isPending === true) {
    const together = takenOver(x, { activation: name });
    if (together !== undefined) return together;
  }
  const out = emptyData(x.shape, "float32");
  const to = out.storage.data as Float32Array;
  if (name === "relu") kernels().reluF32(floatsOf(x), to);
  else if (name === "hardTanh") clipFloats(floatsOf(x), -1, 1, to);
  else elementaryKernels().activateF32(name, floatsOf(x), flush(fround(a)), fround(b), to, config.profile === "fma");
  if (isFloat(x.dtype)) return castData(out, x.dtype);
  return name === "hardTanh" ? castData(out, integerOf(x)) : out;
}

/** The elements of `x` between two numbers, of which neither is NaN: the kernel `clip`. */
export function clipFloats(x: Float32Array, min: number, max: number, out: Float32Array): void {
  kernels().activateF32("clip", x, fround(min), fround(max), out, config.profile === "fma");
}

function integerRelu(x: ArrayData): ArrayData {
  const out = emptyData(x.shape, integerOf(x));
  const from = x.storage.data;
  for (let i = 0; i < from.length; i++) out.storage.data[i] = from[i]! > 0 ? from[i]! : 0;
  return out;
}

/** The dtype of an integer array's result; a bool counts as int32. */
function integerOf({ dtype }: ArrayData): ArrayData["dtype"] {
  return dtype === "bool" ? "int32" : dtype;
}

/** x at or above 0, the one element of `slope` times x below. */
export function preluData(x: ArrayData, slope: ArrayData): ArrayData {
  // Under nnx.evalShape there may be no slope to read, and nothing to multiply by it.
  const [a = 0] = floatsOf(slope);
  return activateData({ name: "leakyRelu", a }, x);
}
