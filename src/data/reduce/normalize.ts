import { normKernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, EXPOSED, floatsOf, zerosData } from "../arraydata.ts";
import { takenOver } from "../pending.ts";
import { reshaped, broadcastData } from "../manipulation/strided.ts";
import type { Shape } from "../shape.ts";
import { sumSquaresData } from "./sums.ts";
import type { Statistics } from "./statistics.ts";

/** How an array is normalised by statistics that are given. */
export interface NormalizeParameters {
  /** Added to the variance. */
  readonly epsilon: number;
  /** The axes that the four others have elements for; left out where they broadcast as they are. */
  readonly features?: readonly number[];
}

/** How an array is normalised by its own statistics, which are given too. */
export interface BatchNormParameters extends NormalizeParameters {
  readonly features: readonly number[];
  /** The axes that the statistics are over: all others. */
  readonly axes: readonly number[];
  /** Whether the variance is the mean of squares minus the square of the mean. */
  readonly fast: boolean;
}

/**
 * (x - mean) * (scale / sqrt(variance + epsilon)) + bias, computed in float32 as `standardizeF32` does.
 *
 * @returns the shape and the dtype of `x`
 */
export function normalizeData(
  { epsilon, features }: NormalizeParameters,
  x: ArrayData,
  mean: ArrayData,
  variance: ArrayData,
  scale: ArrayData | undefined,
  bias: ArrayData | undefined,
): ArrayData {
  const rank = x.shape.length;
  const together = isLast(features, rank) ? normalizedPending(epsilon, x, mean, variance, scale, bias) : undefined;
  if (together !== undefined) return together;
  const from = castData(x, "float32");
  let out: ArrayData;
  if (isLast(features, rank)) {
    const s = scale && floatsOf(scale);
    const b = bias && floatsOf(bias);
    const size = x.shape[rank - 1]!;
    const n = from.storage.data.length / size;
    out = standardizeLines(from, n, size, 1, floatsOf(mean), floatsOf(variance), s, b, epsilon);
  } else {
    const along = (part: ArrayData): ArrayData =>
      features === undefined ? castData(part, "float32") : alongFeatures(part, x.shape, features)!;
    out = standardize(
      from,
      { mean: along(mean), variance: along(variance) },
      scale && along(scale),
      bias && along(bias),
      epsilon,
    );
  }
  return castData(out, x.dtype);
}

/** `x` normalised along its last axis together with what computes it, if it is pending. */
function normalizedPending(
  epsilon: number,
  x: ArrayData,
  mean: ArrayData,
  variance: ArrayData,
  scale: ArrayData | undefined,
  bias: ArrayData | undefined,
): ArrayData | undefined {
  if (x.storage.isPending !== true) return undefined;
  const lists = [mean, variance, scale, bias];
  const size = x.shape.at(-1);
  if (lists.some((list) => list && (list.dtype !== "float32" || list.shape.length !== 1 || list.shape[0] !== size)))
    return undefined;
  const [m, v, s, b] = lists.map((list) => list && unchanging(list));
  const norm = { mean: m!, variance: v!, scale: s, bias: b, epsilon: Math.fround(epsilon) };
  return takenOver(
    x,
    { norm },
    lists.flatMap((list) => list?.storage ?? []),
  );
}

/** The elements as they are now, whatever becomes of them. */
function unchanging({ storage }: ArrayData): Float32Array {
  const data = storage.data as Float32Array;
  return storage.access === EXPOSED ? data.slice() : data;
}

/**
 * x / sqrt(sum(x^2) + epsilon) over `axes`, float32, as x times the reciprocal root. The sum is in the order of
 * `sumF32`.
 */
export function l2NormalizeData(
  { axes, epsilon }: { readonly axes: readonly number[]; readonly epsilon: number },
  x: ArrayData,
): ArrayData {
  const from = castData(x, "float32");
  return standardize(
    from,
    { mean: undefined, variance: sumSquaresData(from, axes, true) },
    undefined,
    undefined,
    epsilon,
  );
}

/** The elements of a scale or a bias along the feature axes of `shape`, float32; undefined where there is none. */
export function alongFeatures(
  part: ArrayData | undefined,
  shape: Shape,
  features: readonly number[],
): ArrayData | undefined {
  return (
    part &&
    reshaped(
      castData(part, "float32"),
      shape.map((size, axis) => (features.includes(axis) ? size : 1)),
    )
  );
}

/** Whether `axes` is the last one alone. */
export function isLast(axes: readonly number[] | undefined, rank: number): boolean {
  return axes !== undefined && axes.length === 1 && axes[0] === rank - 1;
}

export function elements(x: ArrayData | undefined): Float32Array | undefined {
  return x?.storage.data as Float32Array | undefined;
}

/**
 * (x - mean) * (r * scale) + bias, r = 1 / sqrt(variance + epsilon), by the kernel `standardizeF32`: every operation
 * rounded to float32, subnormals kept. All float32; `mean` and `variance`, and `scale` and `bias`, broadcast to `x`.
 */
export function standardize(
  x: ArrayData,
  { mean = zerosData([], "float32"), variance }: Statistics,
  scale: ArrayData | undefined,
  bias: ArrayData | undefined,
  epsilon: number,
): ArrayData {
  const { shape } = x;
  const parts = [mean, variance, scale, bias];
  const sizes = parts.map(
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
  const lines = parts.map((part, i) => {
    const outer = sizes[i]?.some((own, at) => at < axis && own !== 1);
    return (
      part &&
      broadcastData(
        part,
        shape.map((own, at) => ((at < axis ? outer : at >= start && at < end) ? own : 1)),
      )
    );
  });
  const [m, v, s, b] = lines.map(elements);
  return standardizeLines(x, n, inner, size, m!, v!, s, b, epsilon);
}

/** Like `standardize`, of `x` as [outer, n, inner, size]; each of the four is [outer, inner], or repeats cyclically. */
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
  const out = emptyData(x.shape, "float32");
  const to = out.storage.data as Float32Array;
  const from = x.storage.data as Float32Array;
  if (to.length > 0)
    normKernels().standardizeF32(from, mean, variance, scale, bias, to, n, inner, size, Math.fround(epsilon));
  return out;
}
