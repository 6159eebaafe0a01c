/** Padding with statistics of the elements. */
import { isFloat } from "../../data/index.ts";
import { concatenate } from "../manipulation/joining.ts";
import { broadcastTo } from "../manipulation/shapes.ts";
import type { NDArray } from "../ndarray.ts";
import { sliceAlong } from "../numeric/slicealong.ts";
import { median } from "../statistics/quantiles.ts";
import type { PadWidth } from "./widths.ts";
import { countsOf } from "./widths.ts";

/** A statistic along an axis, which stays with size 1. */
type Statistic = (x: NDArray, axis: number) => NDArray;

export const STATISTICS: Readonly<Record<"maximum" | "mean" | "median" | "minimum", Statistic>> = {
  maximum: (x, axis) => x.max(axis, { keepdims: true }),
  mean: (x, axis) => x.mean(axis, { keepdims: true }),
  median: (x, axis) => median(x, axis, { keepdims: true }),
  minimum: (x, axis) => x.min(axis, { keepdims: true }),
};

/** `x` with a statistic of its elements, or of `statLength` at each end, before and after its axes. */
export function byStatistic(
  x: NDArray,
  widths: readonly (readonly [before: number, after: number])[],
  statistic: Statistic,
  statLength: PadWidth | null,
): NDArray {
  const lengths = statLength === null ? undefined : countsOf(statLength, x.ndim, 'pad: "statLength"', 1);
  return widths.reduce((out, width, axis) => {
    const n = out.shape[axis]!;
    const value = (end: 0 | 1): NDArray => {
      const count = Math.min(lengths?.[axis]![end] ?? n, n);
      const slice = end === 0 ? (`:${count}` as const) : (`${n - count}:` as const);
      const some = statistic(sliceAlong(out, slice, axis), axis);
      const whole = isFloat(x.dtype) ? some : some.round();
      return broadcastTo(
        whole.astype(x.dtype),
        out.shape.map((size, i) => (i === axis ? width[end] : size)),
      );
    };
    return width[0] + width[1] === 0 ? out : concatenate([value(0), out, value(1)], axis);
  }, x);
}
