/** The numerics of jax.nn's elementwise functions, float32: subnormals count as zeros of their sign, on the way in and out. */
import { kernels } from "../../backend/index.ts";
import type { ActivationName, UnaryName } from "../../base/index.ts";
import { config, flush } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, zerosData } from "../arraydata.ts";
import { isFloat } from "../dtype.ts";

const { fround } = Math;

/** Runs `fill` on float32 elements; an integer's result is float32, another float's its own dtype. */
function elementwise(x: ArrayData, fill: (x: Float32Array, out: Float32Array) => void): ArrayData {
  const from = castData(x, "float32");
  const out = zerosData(x.shape, "float32");
  fill(from.storage.data as Float32Array, out.storage.data as Float32Array);
  return isFloat(x.dtype) ? castData(out, x.dtype) : out;
}

function apply(op: UnaryName, x: Float32Array, out: Float32Array): void {
  kernels().unaryF32(op, x, out, config.profile === "fma");
}

/** max(x, 0); of integers in their own dtype, a bool's int32. */
export function reluData(x: ArrayData): ArrayData {
  if (!isFloat(x.dtype)) {
    const out = zerosData(x.shape, x.dtype === "bool" ? "int32" : x.dtype);
    const from = x.storage.data;
    for (let i = 0; i < from.length; i++) out.storage.data[i] = from[i]! > 0 ? from[i]! : 0;
    return out;
  }
  return elementwise(x, (from, out) => kernels().reluF32(from, out));
}

/** x between -1 and 1; of integers in their own dtype, a bool's int32. */
export function hardTanhData(x: ArrayData): ArrayData {
  const y = activateData("hardTanh", x);
  return isFloat(x.dtype) ? y : castData(y, x.dtype === "bool" ? "int32" : x.dtype);
}

/** 1 / (1 + e^-x). */
export function sigmoidData(x: ArrayData): ArrayData {
  return elementwise(x, (from, out) => apply("logistic", from, out));
}

export function tanhData(x: ArrayData): ArrayData {
  return elementwise(x, (from, out) => apply("tanh", from, out));
}

/** The activation named `op`; what it depends on is rounded to float32. */
export function activateData(op: ActivationName, x: ArrayData, a = 1, b = 1): ArrayData {
  return elementwise(x, (from, out) =>
    kernels().activateF32(op, from, flush(fround(a)), fround(b), out, config.profile === "fma"),
  );
}
