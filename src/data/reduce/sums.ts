import { elementaryKernels, kernels, softmaxKernels } from "../../backend/index.ts";
import { config, flush, LONGEST_COLUMN, LONGEST_ROW } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, zerosData } from "../arraydata.ts";
import type { DType, TypedArray } from "../dtype.ts";
import { isFloat, isHalf, isUnsigned } from "../dtype.ts";
import { LOG, unaryData } from "../elementwise/unary.ts";
import { fromHalf, toHalf } from "../half.ts";
import { sizeOf } from "../shape.ts";
import { reduction } from "./axes.ts";
import { fold, REDUCTION_LOOPS } from "./reductionloops.ts";

const { fround } = Math;

/** The dtype in which integers are summed and multiplied: int32 or uint32. A bool counts as int32. */
function accumulator(dtype: DType): DType {
  return isUnsigned(dtype) ? "uint32" : "int32";
}

function toFloat(x: ArrayData): ArrayData {
  return castData(x, "float32");
}

/** The dtype of a mean of `dtype`. */
function meanDType(dtype: DType): DType {
  return isFloat(dtype) ? dtype : "float32";
}

/** The sum over `axes`: float32 in the order of the kernel `sumF32`, integers wrap. */
export function sumData(x: ArrayData, axes: readonly number[], keepdims: boolean): ArrayData {
  if (!isFloat(x.dtype)) {
    const view = reduction(x, axes, keepdims);
    const out = zerosData(view.shape, accumulator(x.dtype));
    fold(view, out.storage.data, REDUCTION_LOOPS.integerSum);
    return out;
  }
  return castData(sumFloats(toFloat(x), axes, keepdims), x.dtype);
}

/**
 * The sum of float32 `x` over `axes` by the kernel `sumF32`. With `centres` it is the sum of the squares of the
 * distances from them.
 */
function sumFloats(x: ArrayData, axes: readonly number[], keepdims: boolean, centres?: Float32Array): ArrayData {
  const { data, n, inner, size, shape } = reduction(x, axes, keepdims, true);
  const out = zerosData(shape, "float32");
  const to = out.storage.data as Float32Array;
  if (to.length > 0) kernels().sumF32(data as Float32Array, centres, to, n, inner, size);
  return out;
}

/** The centre of plain sums of squares. */
export const ORIGIN: Float32Array = Float32Array.of(0);

/**
 * The sum of the squares of float32 `x`, or of its distances from `centres`, over `axes`, in the order of `sumF32`.
 * Subnormals are kept.
 */
export function sumSquaresData(x: ArrayData, axes: readonly number[], keepdims: boolean, centres = ORIGIN): ArrayData {
  return sumFloats(x, axes, keepdims, centres);
}

/** The product over `axes`, ascending from 1. float32 flushes subnormals, integers wrap. */
export function prodData(x: ArrayData, axes: readonly number[], keepdims: boolean): ArrayData {
  const integer = !isFloat(x.dtype);
  const view = reduction(integer ? x : toFloat(x), axes, keepdims);
  const out = zerosData(view.shape, integer ? accumulator(x.dtype) : "float32");
  const to = out.storage.data;
  if (integer) {
    fold(view, to, REDUCTION_LOOPS.integerProduct);
    return out;
  }
  if (to.length > 0) kernels().reduceF32("multiply", view.data as Float32Array, to as Float32Array, view.n, view.inner);
  return castData(out, x.dtype);
}

/** sum / n, float32. */
export function meanData(x: ArrayData, axes: readonly number[], keepdims: boolean): ArrayData {
  return castData(divided(sumFloats(toFloat(x), axes, keepdims), countOf(x, axes)), meanDType(x.dtype));
}

/** The mean of (x - mean)^2 with the divisor n - ddof; NaN where that is not above 0. */
export function varData(x: ArrayData, axes: readonly number[], keepdims: boolean, ddof: number): ArrayData {
  const floats = toFloat(x);
  const means = meanData(floats, axes, true).storage.data as Float32Array;
  const divisor = countOf(x, axes) - ddof;
  return castData(
    divided(sumSquaresData(floats, axes, keepdims, means), divisor > 0 ? divisor : NaN),
    meanDType(x.dtype),
  );
}

/** The number of elements of `x` that are reduced to one over `axes`. */
export function countOf(x: ArrayData, axes: readonly number[]): number {
  return sizeOf(axes.map((axis) => x.shape[axis]!));
}

/** `x` over `divisor`, in place. */
export function divided(x: ArrayData, divisor: number | TypedArray): ArrayData {
  const { data } = x.storage;
  for (let i = 0; i < data.length; i++) data[i] = data[i]! / (typeof divisor === "number" ? divisor : divisor[i]!);
  return x;
}

/** How many elements over `axes` are not 0, int32. */
export function countData(x: ArrayData, axes: readonly number[], keepdims: boolean): ArrayData {
  const view = reduction(isFloat(x.dtype) ? toFloat(x) : x, axes, keepdims);
  const out = zerosData(view.shape, "int32");
  fold(view, out.storage.data, REDUCTION_LOOPS.count);
  return out;
}

/**
 * The logarithm of the sum of e^(x - max), plus max; -Infinity for no elements. 16-bit floats keep their dtype and are
 * rounded at every step.
 */
export function logsumexpData(x: ArrayData, axes: readonly number[], keepdims: boolean): ArrayData {
  const { dtype } = x;
  const view = reduction(toFloat(x), axes, keepdims);
  const { data, n, inner } = view;
  const out = zerosData(view.shape, "float32");
  const sums = out.storage.data as Float32Array;
  if (!isHalf(dtype) && n > 0 && n <= (inner === 1 ? LONGEST_ROW : LONGEST_COLUMN) && data.length > 0) {
    softmaxKernels().logSumExpF32(data as Float32Array, sums, n, inner, config.profile === "fma");
    return castData(out, meanDType(dtype));
  }
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
  roundTo(dtype, powers);
  elementaryKernels().unaryF32("exp", powers, powers, config.profile === "fma");
  roundTo(dtype, powers);
  if (sums.length > 0) kernels().sumF32(powers, undefined, sums, n, inner);
  roundTo(dtype, sums);
  const logs = unaryData(LOG, out);
  roundTo(dtype, logs.storage.data as Float32Array);
  for (let i = 0; i < sums.length; i++) logs.storage.data[i] = flush(fround(logs.storage.data[i]! + tops[i]!));
  return castData(logs, meanDType(dtype));
}

/** Rounds the elements of `x` to a 16-bit dtype, in place. */
function roundTo(dtype: DType, x: Float32Array): void {
  if (isHalf(dtype)) for (let i = 0; i < x.length; i++) x[i] = fromHalf(dtype, toHalf(dtype, x[i]!));
}
