import { elementaryKernels, kernels, softmaxKernels } from "../../backend/index.ts";
import { config, LONGEST_COLUMN } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { arrayData, castData, emptyData, floatsOf } from "../arraydata.ts";
import { isFloat } from "../dtype.ts";
import { gather, permuted, stridesOf } from "../manipulation/strided.ts";
import { reduction } from "./axes.ts";

/** Columns are taken as they are from so many neighbours on, and blocks of this size; else they are transposed. */
const NEIGHBOURS = 8;
const MANY = 256;

/** Softmax over `axes` or its logarithm, of the shape of `x`. */
function alongAxes(x: ArrayData, axes: readonly number[], log: boolean): ArrayData {
  const fused = config.profile === "fma";
  const rows = (from: Float32Array, n: number, to: Float32Array): void =>
    softmaxKernels().softmaxF32(from, to, n, log, fused);
  const from = castData(x, "float32");
  const out = emptyData(x.shape, "float32");
  const data = out.storage.data as Float32Array;
  if (data.length > 0) {
    const reduced = new Set(axes);
    const order = [...x.shape.keys()].filter((axis) => !reduced.has(axis)).concat([...reduced].sort((a, b) => a - b));
    const view = reduction(from, axes, true);
    const { n, inner } = view;
    const floats = from.storage.data as Float32Array;
    if (view.data === floats && inner === 1) {
      rows(floats, n, data);
    } else if (view.data === floats && n <= LONGEST_COLUMN && inner >= NEIGHBOURS && n * inner >= MANY) {
      softmaxKernels().softmaxColumnsF32(floats, data, n, inner, log, fused);
    } else {
      const transposed = permuted(from, order).storage.data as Float32Array;
      const result = new Float32Array(transposed.length);
      rows(transposed, n, result);
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

/** Softmax over `axes`, by the kernel `softmaxF32`. */
export function softmaxData(axes: readonly number[], x: ArrayData): ArrayData {
  return alongAxes(x, axes, false);
}

/** The logarithm of softmax over `axes`, by the kernel `softmaxF32`. */
export function logSoftmaxData(axes: readonly number[], x: ArrayData): ArrayData {
  return alongAxes(x, axes, true);
}

/** The two halves of `x` along `axis`, the first times the sigmoid of the second. */
export function gluData(axis: number, x: ArrayData): ArrayData {
  const from = castData(x, "float32");
  const half = x.shape[axis]! / 2;
  const shape = x.shape.map((size, i) => (i === axis ? half : size));
  const strides = stridesOf(x.shape);
  const part = (start: number): ArrayData => gather(from, shape, strides, start * strides[axis]!);
  const out = part(0);
  const data = out.storage.data as Float32Array;
  const gate = floatsOf(part(half));
  elementaryKernels().unaryF32("logistic", gate, gate, config.profile === "fma");
  kernels().binaryF32("multiply", data, gate, data);
  return isFloat(x.dtype) ? castData(out, x.dtype) : out;
}
