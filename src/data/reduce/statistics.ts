import { kernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { arrayData, castData, floatsOf, zerosData } from "../arraydata.ts";
import type { TypedArray } from "../dtype.ts";
import { broadcastData } from "../manipulation/strided.ts";
import { countOf, divided, ORIGIN, sumData, sumSquaresData } from "./sums.ts";

const { fround } = Math;

/** Mean and variance, float32, with the reduced axes as sizes of 1. */
export interface Statistics {
  readonly mean: ArrayData | undefined;
  readonly variance: ArrayData;
}

/** How a variance is taken. */
export interface VarianceParameters {
  readonly axes: readonly number[];
  /** true: max(0, E[x^2] - mean^2); false: E[(x - mean)^2]. */
  readonly fast: boolean;
}

/**
 * The mean of `x` over `axes`, float32: every operation rounded, the sum in the order of `sumF32`, subnormals kept. A
 * mask, which broadcasts to `x`, puts 0 in place of elements where it is 0, and divides by the number of the
 * others.
 *
 * @returns the shape of `x` with the reduced axes as sizes of 1
 */
export function meanWhereData(axes: readonly number[], x: ArrayData, mask: ArrayData | undefined): ArrayData {
  const from = castData(x, "float32");
  return divided(sums(masked(from, mask), axes), countsOf(from, axes, mask));
}

/**
 * The variance of `x` over `axes` about `mean`, float32, with the rounding and the mask of `meanWhereData`. `mean`
 * broadcasts to the result; without it the mean is 0.
 *
 * @returns the shape of `x` with the reduced axes as sizes of 1
 */
export function varianceWhereData(
  { axes, fast }: VarianceParameters,
  x: ArrayData,
  mean: ArrayData | undefined,
  mask: ArrayData | undefined,
): ArrayData {
  const from = castData(x, "float32");
  const counts = countsOf(from, axes, mask);
  if (mean === undefined) return divided(sums(masked(from, mask), axes, ORIGIN), counts);
  const center = castData(mean, "float32");
  if (!fast)
    return mask === undefined
      ? divided(sumSquaresData(from, axes, true, floatsOf(center)), counts)
      : divided(sums(masked(from, mask, center), axes, ORIGIN), counts);
  const variance = divided(sums(masked(from, mask), axes, ORIGIN), counts);
  subtractSquare(variance.storage.data, broadcastData(center, variance.shape).storage.data);
  return variance;
}

/** Both, of float32 `x`; without a mean, which is 0, where `centered` is false. */
export function statisticsData(
  parameters: VarianceParameters & { readonly centered: boolean },
  x: ArrayData,
  mask: ArrayData | undefined,
): Statistics {
  const mean = parameters.centered ? meanWhereData(parameters.axes, x, mask) : undefined;
  return { mean, variance: varianceWhereData(parameters, x, mean, mask) };
}

/**
 * Mean and fast variance of each line of float32 `x` as [outer, n, inner, size], [outer, inner]: the bits of
 * `statisticsData`.
 */
export function lineStatistics(
  x: ArrayData,
  n: number,
  inner: number,
  size: number,
): [mean: Float32Array, variance: Float32Array] {
  const data = x.storage.data as Float32Array;
  const count = n * size;
  const mean = new Float32Array(data.length / count);
  const variance = new Float32Array(mean.length);
  kernels().sumF32(data, undefined, mean, n, inner, size);
  kernels().sumF32(data, ORIGIN, variance, n, inner, size);
  for (let i = 0; i < mean.length; i++) {
    mean[i]! /= count;
    variance[i]! /= count;
  }
  subtractSquare(variance, mean);
  return [mean, variance];
}

/** Sums of float32 `x` over `axes`, or of the squares of its distances from `centres`. */
function sums(x: ArrayData, axes: readonly number[], centres?: Float32Array): ArrayData {
  const last = x.shape.length - 1;
  if (axes.length !== last || axes.includes(last))
    return centres === undefined ? sumData(x, axes, true) : sumSquaresData(x, axes, true, centres);
  // All axes but the last, as in batches: what any others need takes 300 ns to find out (Node 20, 2026-12).
  const data = x.storage.data as Float32Array;
  const out = zerosData(
    x.shape.map((size, axis) => (axis === last ? size : 1)),
    "float32",
  );
  const to = out.storage.data as Float32Array;
  if (to.length > 0) kernels().sumF32(data, centres, to, data.length / to.length, to.length);
  return out;
}

/** `x - center`, with 0 in place of elements where `mask` is 0; `x` itself without a mask. */
function masked(x: ArrayData, mask: ArrayData | undefined, center: ArrayData = zerosData([], "float32")): ArrayData {
  if (mask === undefined) return x;
  const from = x.storage.data;
  const subtracted = broadcastData(center, x.shape).storage.data;
  const counted = broadcastData(mask, x.shape).storage.data;
  const terms = Float32Array.from(counted, (c, i) => (c === 0 ? 0 : from[i]! - subtracted[i]!));
  return arrayData(x.shape, "float32", terms);
}

/** How many elements of `x` make one over `axes`. */
function countsOf(x: ArrayData, axes: readonly number[], mask: ArrayData | undefined): number | TypedArray {
  if (mask === undefined) return countOf(x, axes);
  const counted = Float32Array.from(broadcastData(mask, x.shape).storage.data, (c) => (c === 0 ? 0 : 1));
  return sums(arrayData(x.shape, "float32", counted), axes).storage.data;
}

/** The mean squares `data` less the squares of the means, 0 where that is below. */
function subtractSquare(data: TypedArray, means: TypedArray): void {
  for (let i = 0; i < data.length; i++) {
    const value = fround(data[i]! - fround(means[i]! * means[i]!));
    data[i] = value < 0 ? 0 : value;
  }
}
