import { kernels } from "../../backend.ts";
import { config, flush } from "../../base/index.ts";
import type { Dense } from "../dense.ts";
import { castDense, dense, zerosDense } from "../dense.ts";
import { isFloat } from "../dtype.ts";
import { unaryDense } from "../elementwise/elementwise.ts";
import { gather, permuted, stretch, stridesOf } from "../layout/strided.ts";
import { reduction } from "./axes.ts";
import { normalizeDense, subtractSquare } from "./normalize.ts";
import { countOf, divided, logsumexpDense, meanDense, sumSquaresDense } from "./reduce.ts";

const { fround } = Math;

/** Rows of the elements over `axes` go through `rows`; the result has the shape and the order of `x`. */
function alongAxes(x: Dense, axes: readonly number[], rows: (x: Float32Array, n: number, out: Float32Array) => void): Dense {
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
      const back = dense(order.map((axis) => x.shape[axis]!), "float32", result);
      data.set(permuted(back, [...order.keys()].map((axis) => order.indexOf(axis))).storage.data);
    }
  }
  return isFloat(x.dtype) ? castDense(out, x.dtype) : out;
}

/** Softmax over `axes`, by the kernel `softmaxF32`. */
export function softmaxDense(x: Dense, axes: readonly number[]): Dense {
  return alongAxes(x, axes, (rows, n, out) => kernels().softmaxF32(rows, n, out, config.profile === "fma"));
}

/** (x - max) - log(sum(exp(x - max))) over `axes`; the sum in the order of `sumF32`. */
export function logSoftmaxDense(x: Dense, axes: readonly number[]): Dense {
  return alongAxes(x, axes, (rows, n, out) => {
    for (let at = 0; at < out.length; at += n) {
      let top = -Infinity;
      for (let i = at; i < at + n; i++) if (!(rows[i]! <= top)) top = rows[i]!;
      top = flush(top);
      for (let i = at; i < at + n; i++) out[i] = flush(fround(flush(rows[i]!) - top));
    }
    const shape = [out.length / n, n];
    // What is shifted has 0 for its largest element, so that the maximum is taken away but once.
    const logs = logsumexpDense(dense(shape, "float32", out), [1], false).storage.data;
    for (let at = 0, row = 0; at < out.length; at += n, row++) {
      for (let i = at; i < at + n; i++) out[i] = flush(fround(out[i]! - logs[row]!));
    }
  });
}

/** (x - mean) * (1 / sqrt(variance + epsilon)); what is not given is taken over `axes`, the variance as E[x^2] - mean^2. */
export function standardizeDense(x: Dense, axes: readonly number[], given: { readonly mean?: Dense | undefined; readonly variance?: Dense | undefined }, epsilon: number): Dense {
  const floats = castDense(x, "float32");
  const mean = castDense(given.mean ?? meanDense(floats, axes, true), "float32");
  const variance = given.variance === undefined ? fastVariance(floats, axes, mean) : castDense(given.variance, "float32");
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
  const gate = unaryDense("logistic", part(half)).storage.data;
  const { data } = out.storage;
  for (let i = 0; i < data.length; i++) data[i] = flush(fround(flush(data[i]!) * gate[i]!));
  return isFloat(x.dtype) ? castDense(out, x.dtype) : out;
}
