import { kernels } from "../../backend/index.ts";
import { LONGEST_ROW } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { arrayData, zerosData } from "../arraydata.ts";
import type { TypedArray } from "../dtype.ts";
import { stretch } from "../layout/strided.ts";
import { countOf, divided, ORIGIN, sumData, sumSquaresData } from "./reduce.ts";

const { fround } = Math;

/** Mean and variance, float32, with the reduced axes as sizes of 1. */
export interface Statistics {
  readonly mean: ArrayData;
  readonly variance: ArrayData;
}

/** How statistics are taken. */
export interface StatisticsOptions {
  /** Elements to count, where it is not 0; broadcasts to the array. */
  readonly mask?: ArrayData | undefined;
  /** false: the mean is 0. */
  readonly centered?: boolean;
  /** true: max(0, E[x^2] - mean^2); false: E[(x - mean)^2]. */
  readonly fast?: boolean;
}

/**
 * Mean and variance of float32 `x` over `axes`: every operation rounded to float32, sums in the order of `sumF32`, subnormals kept. A
 * mask puts 0 in the place of what does not count, and divides by how many do.
 */
export function statisticsData(
  x: ArrayData,
  axes: readonly number[],
  { mask, centered = true, fast = true }: StatisticsOptions,
): Statistics {
  const counted = mask === undefined ? undefined : stretch(mask, x.shape).storage.data;
  const masked = (term: (i: number) => number): ArrayData =>
    arrayData(
      x.shape,
      "float32",
      Float32Array.from(counted!, (c, i) => (c === 0 ? 0 : term(i))),
    );
  const from = x.storage.data;
  const terms = counted === undefined ? x : masked((i) => from[i]!);
  const counts =
    counted === undefined
      ? countOf(x, axes)
      : sumData(
          masked(() => 1),
          axes,
          true,
        ).storage.data;
  if (!centered) {
    const variance = divided(sumSquaresData(terms, axes, true), counts);
    return { mean: zerosData(variance.shape, "float32"), variance };
  }
  const mean = divided(sumData(terms, axes, true), counts);
  const means = mean.storage.data as Float32Array;
  if (!fast) {
    if (counted === undefined) return { mean, variance: divided(sumSquaresData(x, axes, true, means), counts) };
    const along = stretch(mean, x.shape).storage.data;
    return {
      mean,
      variance: divided(
        sumSquaresData(
          masked((i) => from[i]! - along[i]!),
          axes,
          true,
        ),
        counts,
      ),
    };
  }
  const variance = divided(sumSquaresData(terms, axes, true), counts);
  subtractSquare(variance.storage.data, means);
  return { mean, variance };
}

/** The mean squares `data` less the squares of the means, 0 where that is below. */
export function subtractSquare(data: TypedArray, means: TypedArray): void {
  for (let i = 0; i < data.length; i++) {
    const value = fround(data[i]! - fround(means[i]! * means[i]!));
    data[i] = value < 0 ? 0 : value;
  }
}

/**
 * (x - mean) * (r * scale) + bias, r = 1 / sqrt(variance + epsilon), by the kernel `standardizeF32`: every operation rounded to float32,
 * subnormals kept. All float32; `mean` and `variance`, and `scale` and `bias`, broadcast to `x`.
 */
export function normalizeData(
  x: ArrayData,
  { mean, variance }: Statistics,
  scale: ArrayData | undefined,
  bias: ArrayData | undefined,
  epsilon: number,
): ArrayData {
  const { shape } = x;
  const sizes = [mean, variance, scale, bias].map(
    (part) => part && shape.map((_, axis) => part.shape[axis + part.shape.length - shape.length] ?? 1),
  );
  let axis = shape.length;
  /** The size of the axes before `axis` along which one of the four varies, or none. */
  const run = (varies: boolean): number => {
    let size = 1;
    for (
      ;
      axis > 0 && (shape[axis - 1] === 1 || sizes.some((own) => own !== undefined && own[axis - 1] !== 1) === varies);
      axis--
    )
      size *= shape[axis - 1]!;
    return size;
  };
  const size = run(false);
  const end = axis;
  const inner = run(true);
  const start = axis;
  const n = run(false);
  const lines = [mean, variance, scale, bias].map((part, i) => {
    const outer = sizes[i]?.some((own, at) => at < axis && own !== 1);
    return (
      part &&
      (stretch(
        part,
        shape.map((own, at) => ((at < axis ? outer : at >= start && at < end) ? own : 1)),
      ).storage.data as Float32Array)
    );
  });
  return standardizeLines(x, n, inner, size, lines[0]!, lines[1]!, lines[2], lines[3], epsilon);
}

/** As `normalizeData` of `x` as [outer, n, inner, size], the four being [outer, inner], or in circles. */
export function standardizeLines(
  x: ArrayData,
  n: number,
  inner: number,
  size: number,
  mean: Float32Array,
  variance: Float32Array,
  scale: Float32Array | undefined,
  bias: Float32Array | undefined,
  epsilon: number,
): ArrayData {
  const out = zerosData(x.shape, "float32");
  const to = out.storage.data as Float32Array;
  if (to.length > 0)
    kernels().standardizeF32(
      x.storage.data as Float32Array,
      mean,
      variance,
      scale,
      bias,
      to,
      n,
      inner,
      size,
      fround(epsilon),
    );
  return out;
}

/** Mean and fast variance of `statisticsData` of each line of float32 `x` as [outer, n, inner, size], [outer, inner]. */
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

/** float32 `x` [batch, ..., features], not empty, by mean and fast variance of each example's groups of `size` features. */
export function normalizeGroups(
  x: ArrayData,
  size: number,
  scale: Float32Array | undefined,
  bias: Float32Array | undefined,
  epsilon: number,
): ArrayData {
  const features = x.shape.at(-1)!;
  const n = x.storage.data.length / (x.shape[0]! * features);
  if (n === 1 && features <= LONGEST_ROW) return normalizeRowsData(x, size, scale, bias, epsilon, true);
  const [mean, variance] = lineStatistics(x, n, features / size, size).map((own) => {
    if (size === 1) return own;
    const repeated = new Float32Array(own.length * size);
    for (let i = 0, at = 0; i < own.length; i++) for (const end = at + size; at < end; at++) repeated[at] = own[i]!;
    return repeated;
  });
  return standardizeLines(x, n, features, 1, mean!, variance!, scale, bias, epsilon);
}

/** Each row of `n` elements of float32 `x`, which are its last axis where they are more than `LONGEST_ROW`, by the kernel `normalizeF32`: the bits of `statisticsData` and `normalizeData`. */
export function normalizeRowsData(
  x: ArrayData,
  n: number,
  scale: Float32Array | undefined,
  bias: Float32Array | undefined,
  epsilon: number,
  centered: boolean,
): ArrayData {
  if (n > LONGEST_ROW) {
    const along = (part: Float32Array | undefined): ArrayData | undefined => part && arrayData([n], "float32", part);
    return normalizeData(x, statisticsData(x, [x.shape.length - 1], { centered }), along(scale), along(bias), epsilon);
  }
  const out = zerosData(x.shape, "float32");
  const to = out.storage.data as Float32Array;
  if (to.length > 0)
    kernels().normalizeF32(x.storage.data as Float32Array, scale, bias, to, n, fround(epsilon), centered);
  return out;
}
