import { normKernels } from "../../backend/index.ts";
import { LONGEST_ROW } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { arrayData, emptyData } from "../arraydata.ts";
import { standardize, standardizeLines } from "./normalize.ts";
import { lineStatistics, statisticsData } from "./statistics.ts";

/**
 * Each row of `n` elements of float32 `x` by its own mean and fast variance (or mean square, where not `centered`), by
 * the kernel `normalizeF32`: the bits of `statisticsData` and `standardize`. Rows of more than `LONGEST_ROW` elements
 * must be the last axis.
 */
export function normalizeRows(
  x: ArrayData,
  n: number,
  scale: Float32Array | undefined,
  bias: Float32Array | undefined,
  epsilon: number,
  centered: boolean,
): ArrayData {
  if (n > LONGEST_ROW) {
    const along = (part: Float32Array | undefined): ArrayData | undefined => part && arrayData([n], "float32", part);
    const statistics = statisticsData({ axes: [x.shape.length - 1], fast: true, centered }, x, undefined);
    return standardize(x, statistics, along(scale), along(bias), epsilon);
  }
  const out = emptyData(x.shape, "float32");
  const to = out.storage.data as Float32Array;
  if (to.length > 0)
    normKernels().normalizeF32(x.storage.data as Float32Array, scale, bias, to, n, Math.fround(epsilon), centered);
  return out;
}

/**
 * float32 `x` [batch, ..., features], not empty, by mean and fast variance of each example's groups of `size` features:
 * the bits of `statisticsData` and `standardize`.
 */
export function normalizeGroups(
  x: ArrayData,
  size: number,
  scale: Float32Array | undefined,
  bias: Float32Array | undefined,
  epsilon: number,
): ArrayData {
  const features = x.shape.at(-1)!;
  const n = x.storage.data.length / (x.shape[0]! * features);
  if (n === 1 && features <= LONGEST_ROW) return normalizeRows(x, size, scale, bias, epsilon, true);
  const [mean, variance] = lineStatistics(x, n, features / size, size);
  const [means, variances] = [repeated(mean, size), repeated(variance, size)];
  return standardizeLines(x, n, features, 1, means, variances, scale, bias, epsilon);
}

/** Each element `count` times. */
function repeated(x: Float32Array, count: number): Float32Array {
  if (count === 1) return x;
  const out = new Float32Array(x.length * count);
  for (let i = 0, at = 0; i < x.length; i++) for (const end = at + count; at < end; at++) out[at] = x[i]!;
  return out;
}
