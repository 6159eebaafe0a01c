/** Padding with ramps from the edges to values. */
import type { ArrayLike } from "../../data/index.ts";
import { concatenate } from "../manipulation/joining.ts";
import { flip } from "../manipulation/moving.ts";
import type { NDArray } from "../ndarray.ts";
import { linspace } from "../numeric/linspace.ts";
import type { Ends } from "./widths.ts";
import { pairsOf } from "./widths.ts";

/** `x` with lines from `endValues`, which are included, to its edges, which are not. */
export function byRamp(
  x: NDArray,
  widths: readonly (readonly [before: number, after: number])[],
  endValues: Ends<number> | ArrayLike,
): NDArray {
  const ends = pairsOf<number>(endValues, x.ndim, 'pad: "endValues"');
  return widths.reduce((out, [before, after], axis) => {
    const ramp = (end: number, edge: number, n: number): NDArray =>
      linspace(end, out.take(edge, { axis }), n, { endpoint: false, dtype: x.dtype, axis });
    const last = out.shape[axis]! - 1;
    const [from, to] = ends[axis]!;
    return before + after === 0
      ? out
      : concatenate([ramp(from, 0, before), out, flip(ramp(to, last, after), axis)], axis);
  }, x);
}
