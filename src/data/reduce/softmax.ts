import { kernels } from "../../backend/index.ts";
import { config } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, arrayData, zerosData } from "../arraydata.ts";
import { isFloat } from "../dtype.ts";
import { LOGISTIC, unaryData } from "../elementwise/unary.ts";
import { gather, permuted, stretch, stridesOf } from "../layout/strided.ts";
import { reduction } from "./axes.ts";
import { normalizeData, subtractSquare } from "./normalize.ts";
import { countOf, divided, meanData, sumSquaresData } from "./reduce.ts";

/** Rows of the elements over `axes` go through `rows`; the result has the shape and the order of `x`. */
function alongAxes(
  x: ArrayData,
  axes: readonly number[],
  rows: (x: Float32Array, n: number, out: Float32Array) => void,
): ArrayData {
  const from = castData(x, "float32");
  const out = zerosData(x.shape, "float32");
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
      const back = arrayData(
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
  return isFloat(x.dtype) ? castData(out, x.dtype) : out;
}

/** Softmax over `axes`, or its logarithm, by the kernel `softmaxF32`. */
export function softmaxData(x: ArrayData, axes: readonly number[], log = false): ArrayData {
  return alongAxes(x, axes, (rows, n, out) => kernels().softmaxF32(rows, out, n, log, config.profile === "fma"));
}

/** (x - mean) * (1 / sqrt(variance + epsilon)); what is not given is taken over `axes`, the variance as E[x^2] - mean^2. */
export function standardizeData(
  x: ArrayData,
  axes: readonly number[],
  given: { readonly mean?: ArrayData | undefined; readonly variance?: ArrayData | undefined },
  epsilon: number,
): ArrayData {
  const floats = castData(x, "float32");
  const mean = castData(given.mean ?? meanData(floats, axes, true), "float32");
  const variance =
    given.variance === undefined ? fastVariance(floats, axes, mean) : castData(given.variance, "float32");
  const out = normalizeData(floats, { mean, variance }, undefined, undefined, epsilon);
  return isFloat(x.dtype) ? castData(out, x.dtype) : out;
}

/** max(0, mean(x * x) - mean * mean). */
function fastVariance(x: ArrayData, axes: readonly number[], mean: ArrayData): ArrayData {
  const variance = divided(sumSquaresData(x, axes, true), countOf(x, axes));
  subtractSquare(variance.storage.data, stretch(mean, variance.shape).storage.data);
  return variance;
}

/** The two halves of `x` along `axis`, the first times the sigmoid of the second. */
export function gluData(x: ArrayData, axis: number): ArrayData {
  const from = castData(x, "float32");
  const half = x.shape[axis]! / 2;
  const shape = x.shape.map((size, i) => (i === axis ? half : size));
  const strides = stridesOf(x.shape);
  const part = (start: number): ArrayData => gather(from, shape, strides, start * strides[axis]!);
  const out = part(0);
  const data = out.storage.data as Float32Array;
  kernels().binaryF32("multiply", data, unaryData(LOGISTIC, part(half)).storage.data as Float32Array, data);
  return isFloat(x.dtype) ? castData(out, x.dtype) : out;
}
