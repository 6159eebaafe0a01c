/** Padding with elements that are there: the nearest, mirrored ones, or cyclically. */
import { ShapeError } from "../../base/index.ts";
import { arrayData, DATA, formatShape, mirrorIndex, wrapIndex } from "../../data/index.ts";
import { concatenate } from "../manipulation/joining.ts";
import { flip } from "../manipulation/moving.ts";
import type { NDArray } from "../ndarray.ts";
import { apply } from "../ndarray.ts";
import { sliceAlong } from "../numeric/slicealong.ts";
import { TAKE } from "../operations/indexing.ts";

type Widths = readonly (readonly [before: number, after: number])[];
type Mode = keyof typeof PLACES;

/** For each mode the index of an axis of size `n` that index `i` of the extended axis shows. */
const PLACES = {
  edge: (i: number, n: number): number => Math.min(Math.max(i, 0), n - 1),
  wrap: wrapIndex,
  reflect: (i: number, n: number): number => mirrorIndex(i, n, 0),
  symmetric: (i: number, n: number): number => mirrorIndex(i, n, 1),
};

/** `x` extended by its own elements. */
export function byIndices(x: NDArray, widths: Widths, mode: Mode): NDArray {
  return extended(x, widths, mode, (out, axis, [before, after], n) => {
    const places = Int32Array.from({ length: before + n + after }, (_, i) => PLACES[mode](i - before, n));
    return apply(TAKE, axis, out[DATA], arrayData([places.length], "int32", places));
  });
}

/** `x` extended by twice its edge less the mirrored elements; where they do not suffice, again from there. */
export function oddly(x: NDArray, widths: Widths, mode: Mode): NDArray {
  return extended(x, widths, mode, (out, axis, [before, after], n) => {
    const offset = mode === "reflect" && n > 1 ? 1 : 0;
    const size = n - offset;
    const entries = (from: NDArray, start: number, count: number): NDArray =>
      sliceAlong(from, `${start}:${start + count}`, axis);
    let wide = out;
    for (const isBefore of [true, false]) {
      let edge = entries(wide, isBefore ? 0 : wide.shape[axis]! - 1, 1);
      for (let left = isBefore ? before : after; left > 0; left -= size) {
        const count = Math.min(left, size);
        const start = isBefore ? offset : wide.shape[axis]! - count - offset;
        const part = edge.mul(2).sub(flip(entries(wide, start, count), axis));
        if (n > 1) edge = entries(part, isBefore ? 0 : count - 1, 1);
        wide = concatenate(isBefore ? [part, wide] : [wide, part], axis);
      }
    }
    return wide;
  });
}

/** `x` extended along each axis that has a width. */
function extended(
  x: NDArray,
  widths: Widths,
  mode: Mode,
  along: (out: NDArray, axis: number, width: readonly [before: number, after: number], n: number) => NDArray,
): NDArray {
  return widths.reduce((out, width, axis) => {
    const n = x.shape[axis]!;
    if (width[0] + width[1] === 0) return out;
    if (n === 0)
      throw new ShapeError(
        `pad: "x" expected elements along axis ${axis} for mode "${mode}", got shape ${formatShape(x.shape)}`,
      );
    return along(out, axis, width, n);
  }, x);
}
