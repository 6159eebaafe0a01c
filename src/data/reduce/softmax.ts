import { kernels } from "../../backend.ts";
import { config } from "../../base/index.ts";
import type { Dense } from "../dense.ts";
import { castDense, dense, zerosDense } from "../dense.ts";
import { isFloat } from "../dtype.ts";
import { unaryDense } from "../elementwise/elementwise.ts";
import { gather, permuted, stretch, stridesOf } from "../layout/strided.ts";
import { reduction } from "./axes.ts";
import { normalizeDense, subtractSquare } from "./normalize.ts";
import { countOf, divided, meanDense, sumSquaresDense } from "./reduce.ts";

/** Rows of the elements over `axes` go through `rows`; the result has the shape and the order of `x`. */
function alongAxes(
  x: Dense,
  axes: readonly number[],
  rows: (x: Float32Array, n: number, out: Float32Array) => void,
): Dense {
  const from = castDense(x, "float32");
  const out = zerosDense(x.shape, "float32");
  const data = out.storage.data as Float32Array;
  if (data.length > 0) {
    const reduced = new Set(axes);
    const order = [...x.shape.keys()].filter((axis) => !reduced.has(axis)).concat([...reduced].sort((a, b) => a - b));
    const { n } = reduction(from, axes, true);
    if (order.every((axis, i) => axis === i)) {
      rows(from.storage.data as Float32Array, n, data);
    } else {
      const turned = permuted(from, order).storage.data as Float32Array;
      const result = new Float32Array(turned.length);
      rows(turned, n, result);
      const back = dense(
        order.map((axis) => x.shape[axis]!),
        "float32",
        result,
      );
      data.set(
        permuted(
          back,
          [...order.keys()].map((axis) => order.indexOf(axis)),
        ).storage.data,
      );
    }
  }
  return isFloat(x.dtype) ? castDense(out, x.dtype) : out;
}

/** Softmax over `axes`, or its logarithm, by the kernel `softmaxF32`. */
export function softmaxDense(x: Dense, axes: readonly number[], log = false): Dense {
  return alongAxes(x, axes, (rows, n, out) => kernels().softmaxF32(rows, n, out, config.profile === "fma", log));
}

/** (x - mean) * (1 / sqrt(variance + epsilon)); what is not given is taken over `axes`, the variance as E[x^2] - mean^2. */
export function standardizeDense(
  x: Dense,
  axes: readonly number[],
  given: { readonly mean?: Dense | undefined; readonly variance?: Dense | undefined },
  epsilon: number,
): Dense {
  const floats = castDense(x, "float32");
  const mean = castDense(given.mean ?? meanDense(floats, axes, true), "float32");
  const variance =
    given.variance === undefined ? fastVariance(floats, axes, mean) : castDense(given.variance, "float32");
  const out = normalizeDense(floats, { mean, variance }, undefined, undefined, epsilon);
  return isFloat(x.dtype) ? castDense(out, x.dtype) : out;
}

/** max(0, mean(x * x) - mean * mean). */
function fastVariance(x: Dense, axes: readonly number[], mean: Dense): Dense {
  const variance = divided(sumSquaresDense(x, axes, true), countOf(x, axes));
  subtractSquare(variance.storage.data, stretch(mean, variance.shape).storage.data);
  return variance;
}

/** The two halves of `x` along `axis`, the first times the sigmoid of the second. */
export function gluDense(x: Dense, axis: number): Dense {
  const from = castDense(x, "float32");
  const half = x.shape[axis]! / 2;
  const shape = x.shape.map((size, i) => (i === axis ? half : size));
  const strides = stridesOf(x.shape);
  const part = (start: number): Dense => gather(from, shape, strides, start * strides[axis]!);
  const out = part(0);
  const data = out.storage.data as Float32Array;
  kernels().binaryF32("multiply", data, unaryDense("logistic", part(half)).storage.data as Float32Array, data);
  return isFloat(x.dtype) ? castDense(out, x.dtype) : out;
}
