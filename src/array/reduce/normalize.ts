import { kernels } from "../../backend.ts";
import type { Dense } from "../dense.ts";
import { dense, zerosDense } from "../dense.ts";
import type { TypedArray } from "../dtype.ts";
import { stretch } from "../layout/strided.ts";
import type { Shape } from "../shape.ts";
import { reduction } from "./axes.ts";

const { fround, sqrt } = Math;

/** Mean and variance, float32, with the reduced axes as sizes of 1. */
export interface Statistics {
  readonly mean: Dense;
  readonly variance: Dense;
}

/** How statistics are taken. */
export interface StatisticsOptions {
  /** Elements to count, where it is not 0; broadcasts to the array. */
  readonly mask?: Dense | undefined;
  /** false: the mean is 0. */
  readonly centered?: boolean;
  /** true: max(0, E[x^2] - mean^2); false: E[(x - mean)^2]. */
  readonly fast?: boolean;
}

/**
 * Mean and variance of float32 `x` over `axes`: every operation rounded to float32, sums in the order of `sumF32`, subnormals kept. A
 * mask puts 0 in the place of what does not count, and divides by how many do.
 */
export function statisticsDense(x: Dense, axes: readonly number[], { mask, centered = true, fast = true }: StatisticsOptions): Statistics {
  const from = x.storage.data;
  const counted = mask === undefined ? undefined : stretch(mask, x.shape).storage.data;
  const masked = (term: (i: number) => number): Dense => {
    const out = zerosDense(x.shape, "float32");
    const { data } = out.storage;
    if (counted === undefined) for (let i = 0; i < data.length; i++) data[i] = term(i);
    else for (let i = 0; i < data.length; i++) data[i] = counted[i] === 0 ? 0 : term(i);
    return out;
  };
  const counts = counted === undefined ? undefined : sums(dense(x.shape, "float32", Float32Array.from(counted, (c) => (c === 0 ? 0 : 1))), axes).storage.data;
  const average = (terms: Dense): Dense => {
    const out = sums(terms, axes);
    const { n } = reduction(terms, axes, true);
    const { data } = out.storage;
    for (let i = 0; i < data.length; i++) data[i] = data[i]! / (counts === undefined ? n : counts[i]!);
    return out;
  };
  const square = (i: number): number => from[i]! * from[i]!;
  if (!centered) {
    const variance = average(masked(square));
    return { mean: zerosDense(variance.shape, "float32"), variance };
  }
  const mean = average(counted === undefined ? x : masked((i) => from[i]!));
  if (!fast) {
    const means = stretch(mean, x.shape).storage.data;
    return {
      mean,
      variance: average(
        masked((i) => {
          const difference = fround(from[i]! - means[i]!);
          return difference * difference;
        }),
      ),
    };
  }
  const variance = average(masked(square));
  subtractSquare(variance.storage.data, mean.storage.data);
  return { mean, variance };
}

/** The mean squares `data` less the squares of the means, 0 where that is below. */
export function subtractSquare(data: TypedArray, means: TypedArray): void {
  for (let i = 0; i < data.length; i++) {
    const value = fround(data[i]! - fround(means[i]! * means[i]!));
    data[i] = value < 0 ? 0 : value;
  }
}

function sums(x: Dense, axes: readonly number[]): Dense {
  const { data, n, inner, kept } = reduction(x, axes, true);
  const out = zerosDense(kept, "float32");
  const to = out.storage.data as Float32Array;
  if (to.length > 0) kernels().sumF32(data as Float32Array, n, inner, to);
  return out;
}

/**
 * (x - mean) * (r * scale) + bias, r = 1 / sqrt(variance + epsilon): every operation rounded to float32, subnormals kept. All float32;
 * `mean` and `variance`, and `scale` and `bias`, broadcast to `x`.
 */
export function normalizeDense(x: Dense, { mean, variance }: Statistics, scale: Dense | undefined, bias: Dense | undefined, epsilon: number): Dense {
  const out = zerosDense(x.shape, "float32");
  const { data } = out.storage;
  const from = x.storage.data;
  const eps = fround(epsilon);
  const factor = zerosDense(variance.shape, "float32");
  for (let i = 0; i < factor.storage.data.length; i++) factor.storage.data[i] = 1 / fround(sqrt(fround(variance.storage.data[i]! + eps)));
  const columns = [mean, factor, scale, bias].every((part) => part === undefined || isRow(part.shape));
  const shape = columns ? x.shape.slice(-1) : x.shape;
  const [means, factors, scales, biases] = [mean, factor, scale, bias].map((part) => (part === undefined ? undefined : stretch(columns ? flat(part) : part, shape).storage.data));
  const width = columns ? (shape[0] ?? 1) : data.length;
  for (let start = 0; start < data.length; start += width) {
    for (let j = 0; j < width; j++) {
      const y = fround(fround(from[start + j]! - means![j]!) * (scales ? fround(factors![j]! * scales[j]!) : factors![j]!));
      data[start + j] = biases ? y + biases[j]! : y;
    }
  }
  return out;
}

/** Whether all sizes but the last are 1. */
function isRow(shape: Shape): boolean {
  return shape.every((size, axis) => size === 1 || axis === shape.length - 1);
}

function flat(x: Dense): Dense {
  return { ...x, shape: x.shape.slice(-1) };
}

/** Each row of float32 `x` along its last axis by the kernel `normalizeF32`: the bits of the two functions above. */
export function normalizeRowsDense(x: Dense, scale: Dense | undefined, bias: Dense | undefined, epsilon: number, centered: boolean): Dense {
  const out = zerosDense(x.shape, "float32");
  const to = out.storage.data as Float32Array;
  if (to.length > 0) kernels().normalizeF32(x.storage.data as Float32Array, x.shape.at(-1)!, floats(scale), floats(bias), fround(epsilon), centered, to);
  return out;
}

function floats(x: Dense | undefined): Float32Array | undefined {
  return x?.storage.data as Float32Array | undefined;
}
