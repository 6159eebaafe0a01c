/** The numerics of jax.nn's elementwise functions, float32: subnormals count as zeros of their sign, on the way in and out. */
import { kernels } from "../../backend.ts";
import type { UnaryName } from "../../base/index.ts";
import { config, flush, fma } from "../../base/index.ts";
import type { Dense } from "../dense.ts";
import { castDense, zerosDense } from "../dense.ts";
import type { TypedArray } from "../dtype.ts";
import { isFloat } from "../dtype.ts";
import { erfcInto } from "./erfc.ts";

const { abs, fround } = Math;

/** The smallest normal float32. */
const NORMAL = 2 ** -126;

/** Runs `fill` on float32 elements; an integer's result is float32, another float's its own dtype. */
function elementwise(x: Dense, fill: (x: Float32Array, out: Float32Array) => void): Dense {
  const from = castDense(x, "float32");
  const out = zerosDense(x.shape, "float32");
  fill(from.storage.data as Float32Array, out.storage.data as Float32Array);
  return isFloat(x.dtype) ? castDense(out, x.dtype) : out;
}

function apply(op: UnaryName, x: Float32Array, out: Float32Array): void {
  kernels().unaryF32(op, x, out, config.profile === "fma");
}

/** max(x, 0); of integers in their own dtype, a bool's int32. */
export function reluDense(x: Dense): Dense {
  if (!isFloat(x.dtype)) {
    const out = zerosDense(x.shape, x.dtype === "bool" ? "int32" : x.dtype);
    const from = x.storage.data;
    for (let i = 0; i < from.length; i++) out.storage.data[i] = from[i]! > 0 ? from[i]! : 0;
    return out;
  }
  return elementwise(x, (from, out) => kernels().reluF32(from, out));
}

/** x between 0 and 6. */
export function relu6Dense(x: Dense): Dense {
  return elementwise(x, (from, out) => {
    for (let i = 0; i < from.length; i++) out[i] = relu6(from[i]!);
  });
}

function relu6(x: number): number {
  if (x >= NORMAL) return x < 6 ? x : 6;
  return x === x ? 0 : x;
}

/** x between -1 and 1; of integers in their own dtype, a bool's int32. */
export function hardTanhDense(x: Dense): Dense {
  const dtype = x.dtype === "bool" ? "int32" : x.dtype;
  if (isFloat(x.dtype)) return elementwise(x, clip);
  const out = zerosDense(x.shape, dtype);
  clip(x.storage.data, out.storage.data);
  return out;
}

function clip(from: TypedArray, out: TypedArray): void {
  for (let i = 0; i < from.length; i++) {
    const value = from[i]!;
    out[i] = value > 1 ? 1 : value < -1 ? -1 : flush(value);
  }
}

/** x above 0, slope * x below. */
export function leakyReluDense(x: Dense, slope: number): Dense {
  return elementwise(x, (from, out) => {
    const factor = flush(fround(slope));
    for (let i = 0; i < from.length; i++) {
      const value = from[i]!;
      // A subnormal counts as 0 and is given as it is.
      out[i] = value > -NORMAL ? value : flush(fround(factor * value));
    }
  });
}

/** relu6(x + 3) / 6. */
export function hardSigmoidDense(x: Dense): Dense {
  return elementwise(x, (from, out) => {
    for (let i = 0; i < from.length; i++) out[i] = hardSigmoid(from[i]!);
  });
}

/** x * relu6(x + 3) / 6. */
export function hardSiluDense(x: Dense): Dense {
  return elementwise(x, (from, out) => {
    for (let i = 0; i < from.length; i++) out[i] = flush(fround(flush(from[i]!) * hardSigmoid(from[i]!)));
  });
}

const SIXTH = fround(1 / 6);

/** XLA multiplies by the reciprocal of a constant. */
function hardSigmoid(x: number): number {
  return flush(fround(relu6(fround(flush(x) + 3)) * SIXTH));
}

/** x / (|x| + 1). */
export function softSignDense(x: Dense): Dense {
  return elementwise(x, (from, out) => {
    for (let i = 0; i < from.length; i++) {
      const value = flush(from[i]!);
      out[i] = flush(fround(value / fround(abs(value) + 1)));
    }
  });
}

/** 1 / (1 + e^-x). */
export function sigmoidDense(x: Dense): Dense {
  return elementwise(x, (from, out) => apply("logistic", from, out));
}

export function tanhDense(x: Dense): Dense {
  return elementwise(x, (from, out) => apply("tanh", from, out));
}

/** x * sigmoid(x). */
export function siluDense(x: Dense): Dense {
  return elementwise(x, (from, out) => {
    apply("logistic", from, out);
    for (let i = 0; i < out.length; i++) out[i] = flush(fround(flush(from[i]!) * out[i]!));
  });
}

/** alpha * expm1(x) where x is not above 0, times `scale` throughout. */
export function eluDense(x: Dense, alpha: number, scale?: number): Dense {
  return elementwise(x, (from, out) => {
    const a = flush(fround(alpha));
    for (let i = 0; i < from.length; i++) out[i] = from[i]! >= NORMAL ? 0 : from[i]!;
    apply("expm1", out, out);
    for (let i = 0; i < out.length; i++) out[i] = from[i]! >= NORMAL ? from[i]! : flush(fround(a * flush(out[i]!)));
    if (scale === undefined) return;
    const s = fround(scale);
    for (let i = 0; i < out.length; i++) out[i] = flush(fround(s * flush(out[i]!)));
  });
}

/** max(x, 0) + alpha * expm1(min(x, 0) / alpha). */
export function celuDense(x: Dense, alpha: number): Dense {
  return elementwise(x, (from, out) => {
    const fused = config.profile === "fma";
    const a = flush(fround(alpha));
    for (let i = 0; i < from.length; i++) {
      const value = flush(from[i]!);
      out[i] = value > 0 ? 0 : fround(value / a);
    }
    apply("expm1", out, out);
    for (let i = 0; i < out.length; i++) {
      const value = flush(from[i]!);
      out[i] = flush(fma(a, flush(out[i]!), value > 0 || value !== value ? value : 0, fused));
    }
  });
}

/** log(1 + e^x), as max(x, 0) + log1p(e^-|x|); `sign` -1 gives -softplus(-x). */
export function softplusDense(x: Dense, sign: 1 | -1): Dense {
  return elementwise(x, (from, out) => {
    for (let i = 0; i < from.length; i++) out[i] = -abs(from[i]!);
    apply("exp", out, out);
    apply("log1p", out, out);
    for (let i = 0; i < out.length; i++) {
      const value = flush(sign * from[i]!);
      out[i] = sign * flush(fround((value < 0 ? 0 : value) + out[i]!));
    }
  });
}

/** x * 0.5 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))). */
export function geluTanhDense(x: Dense): Dense {
  return elementwise(x, (from, out) => kernels().geluF32(from, out, config.profile === "fma"));
}

const SQRT_HALF = fround(Math.sqrt(0.5));

/** 0.5 * x * erfc(-x * sqrt(1/2)). */
export function geluErfDense(x: Dense): Dense {
  return elementwise(x, (from, out) => {
    for (let i = 0; i < from.length; i++) out[i] = flush(fround(-flush(from[i]!) * SQRT_HALF));
    erfcInto(out, out);
    for (let i = 0; i < out.length; i++) out[i] = flush(fround(flush(fround(0.5 * flush(from[i]!))) * out[i]!));
  });
}

