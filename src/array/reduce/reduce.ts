import { kernels } from "../../backend.ts";
import { config, flush } from "../../base/index.ts";
import type { Dense } from "../dense.ts";
import { castDense, zerosDense } from "../dense.ts";
import type { DType, TypedArray } from "../dtype.ts";
import { isFloat } from "../dtype.ts";
import { unaryDense } from "../elementwise/elementwise.ts";
import { stretch } from "../layout/strided.ts";
import type { Reduction } from "./axes.ts";
import { reduction } from "./axes.ts";

const { fround, imul } = Math;

/** The dtype in which integers add up and multiply: 32 bits of their sign; a bool counts as int32. */
function accumulator(dtype: DType): DType {
  return dtype.startsWith("u") ? "uint32" : "int32";
}

function toFloat(x: Dense): Dense {
  return castDense(x, "float32");
}

/** The float dtype in which the mean of `dtype` is given. */
function meanDType(dtype: DType): DType {
  return isFloat(dtype) ? dtype : "float32";
}

/** Sum over `axes`; float32 in the order of the kernel `sumF32`, integers wrap. */
export function sumDense(x: Dense, axes: readonly number[], keepdims: boolean): Dense {
  if (!isFloat(x.dtype)) {
    const view = reduction(x, axes, keepdims);
    const out = zerosDense(view.shape, accumulator(x.dtype));
    fold(view, out.storage.data, 0, (a, b) => (a + b) | 0);
    return out;
  }
  return castDense(sumFloats(reduction(toFloat(x), axes, keepdims)), x.dtype);
}

function sumFloats(view: Reduction): Dense {
  const out = zerosDense(view.shape, "float32");
  sumInto(view, out.storage.data as Float32Array);
  return out;
}

function sumInto({ data, n, inner }: Reduction, out: Float32Array): void {
  if (out.length > 0) kernels().sumF32(data as Float32Array, n, inner, out);
}

/** Product over `axes`, ascending from 1; float32 flushes subnormals, integers wrap. */
export function prodDense(x: Dense, axes: readonly number[], keepdims: boolean): Dense {
  const integer = !isFloat(x.dtype);
  const view = reduction(integer ? x : toFloat(x), axes, keepdims);
  const out = zerosDense(view.shape, integer ? accumulator(x.dtype) : "float32");
  fold(view, out.storage.data, 1, integer ? imul : (a, b) => flush(fround(a * flush(b))));
  return integer ? out : castDense(out, x.dtype);
}

/** out[o, j] = f over the middle axis, ascending from `start`. */
export function fold({ data, n, inner }: Reduction, out: TypedArray, start: number, f: (a: number, b: number) => number): void {
  for (let i = 0; i < out.length; i++) {
    const column = i % inner;
    const from = (i - column) * n + column;
    let value = start;
    for (let k = 0; k < n; k++) value = f(value, data[from + k * inner]!);
    out[i] = value;
  }
}

/** sum / n, float32. */
export function meanDense(x: Dense, axes: readonly number[], keepdims: boolean): Dense {
  const view = reduction(toFloat(x), axes, keepdims);
  const out = sumFloats(view);
  const { data } = out.storage;
  for (let i = 0; i < data.length; i++) data[i] = data[i]! / view.n;
  return castDense(out, meanDType(x.dtype));
}

/** The mean of (x - mean)^2, its divisor n - ddof; NaN where that is not above 0. */
export function varDense(x: Dense, axes: readonly number[], keepdims: boolean, ddof: number): Dense {
  const floats = toFloat(x);
  const mean = stretch(meanDense(floats, axes, true), x.shape).storage.data;
  const from = floats.storage.data;
  const squares = zerosDense(x.shape, "float32");
  const data = squares.storage.data;
  for (let i = 0; i < data.length; i++) {
    const difference = fround(from[i]! - mean[i]!);
    data[i] = difference * difference;
  }
  const view = reduction(squares, axes, keepdims);
  const out = sumFloats(view);
  const sums = out.storage.data;
  const divisor = view.n - ddof;
  for (let i = 0; i < sums.length; i++) sums[i] = divisor > 0 ? sums[i]! / divisor : NaN;
  return castDense(out, meanDType(x.dtype));
}

/** The square root of `varDense`. */
export function stdDense(x: Dense, axes: readonly number[], keepdims: boolean, ddof: number): Dense {
  return castDense(unaryDense("sqrt", varDense(x, axes, keepdims, ddof)), meanDType(x.dtype));
}

/** Whether any element over `axes` is not 0 (NaN is not), or all are not. */
export function truthDense(kind: "any" | "all", x: Dense, axes: readonly number[], keepdims: boolean): Dense {
  const view = reduction(x, axes, keepdims);
  const out = zerosDense(view.shape, "bool");
  if (kind === "any") fold(view, out.storage.data, 0, (a, b) => (b === 0 ? a : 1));
  else fold(view, out.storage.data, 1, (a, b) => (b === 0 ? 0 : a));
  return out;
}

/** How many elements over `axes` are not 0, int32. */
export function countDense(x: Dense, axes: readonly number[], keepdims: boolean): Dense {
  const view = reduction(x, axes, keepdims);
  const out = zerosDense(view.shape, "int32");
  fold(view, out.storage.data, 0, (a, b) => (b === 0 ? a : a + 1));
  return out;
}

/** log of the sum of e^(x - max), plus max; -Infinity of nothing. */
export function logsumexpDense(x: Dense, axes: readonly number[], keepdims: boolean): Dense {
  const view = reduction(toFloat(x), axes, keepdims);
  const { data, n, inner } = view;
  const out = zerosDense(view.shape, "float32");
  const sums = out.storage.data as Float32Array;
  const tops = new Float32Array(sums.length);
  const powers = new Float32Array(data.length);
  for (let i = 0; i < tops.length; i++) {
    const first = i * n - (i % inner) * (n - 1);
    const end = first + n * inner;
    let top = -Infinity;
    // A NaN is passed over: the sum has it.
    for (let at = first; at < end; at += inner) if (data[at]! > top) top = data[at]!;
    top = Number.isFinite(top) ? flush(top) : 0;
    for (let at = first; at < end; at += inner) powers[at] = data[at]! - top;
    tops[i] = top;
  }
  kernels().unaryF32("exp", powers, powers, config.profile === "fma");
  sumInto({ ...view, data: powers }, sums);
  const logs = unaryDense("log", out);
  for (let i = 0; i < sums.length; i++) logs.storage.data[i] = flush(fround(logs.storage.data[i]! + tops[i]!));
  return logs;
}

/** Running sums or products along `axis`, ascending, one accumulator. */
export function cumulativeDense(kind: "cumsum" | "cumprod", x: Dense, axis: number): Dense {
  const integer = !isFloat(x.dtype);
  const { data, n, inner } = reduction(integer ? x : toFloat(x), [axis], true);
  const dtype = x.dtype === "bool" ? "int32" : x.dtype;
  const out = zerosDense(x.shape, integer ? dtype : "float32");
  const to = out.storage.data;
  const f = OPERATIONS[kind][integer ? "integer" : "float"];
  for (let i = 0; i < to.length; i++) to[i] = Math.floor(i / inner) % n === 0 ? f.first(data[i]!) : f.next(to[i - inner]!, data[i]!);
  return castDense(out, dtype);
}

const OPERATIONS = {
  cumsum: { float: { first: (a: number) => a + 0, next: (a: number, b: number) => fround(a + b) }, integer: { first: (a: number) => a, next: (a: number, b: number) => (a + b) | 0 } },
  cumprod: { float: { first: flush, next: (a: number, b: number) => flush(fround(a * flush(b))) }, integer: { first: (a: number) => a, next: imul } },
} as const;

