/** Padding with constants. */
import type { ArrayLike } from "../../data/index.ts";
import { castTo } from "../scalar.ts";
import { array } from "../creation/arrays.ts";
import { concatenate } from "../manipulation/joining.ts";
import { broadcastTo } from "../manipulation/shapes.ts";
import { surround } from "../manipulation/surround.ts";
import type { NDArray } from "../ndarray.ts";

type Widths = readonly (readonly [before: number, after: number])[];

/** `x` with `values` before and after its axes, which broadcast to [axes, 2]. */
export function byConstants(
  x: NDArray,
  widths: Widths,
  values: ArrayLike | readonly (readonly [ArrayLike, ArrayLike])[],
): NDArray {
  if (typeof values === "number") return surround(x, widths, values);
  const name = 'pad: "constantValues"';
  const given = castTo(Array.isArray(values) ? array(values) : (values as ArrayLike), x.dtype, name);
  const pairs = broadcastTo(given, [x.ndim, 2]);
  return widths.reduce((out, [before, after], axis) => {
    const value = (end: 0 | 1, n: number): NDArray =>
      broadcastTo(
        pairs.slice(axis, end),
        out.shape.map((size, i) => (i === axis ? n : size)),
      );
    return before + after === 0 ? out : concatenate([value(0, before), out, value(1, after)], axis);
  }, x);
}
