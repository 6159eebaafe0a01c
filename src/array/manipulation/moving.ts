import type { Given, Places } from "../../base/index.ts";
import { describe, inOrder, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, AxisLike } from "../../data/index.ts";
import {
  arrayData,
  DATA,
  flipPlan,
  formatShape,
  mirrorIndex,
  toAxes,
  toAxis,
  toShape,
  wrapIndex,
} from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, asNDArray, rawOf } from "../ndarray.ts";
import { GATHER, TAKE } from "../operations/indexing.ts";
import { PAD, ROLL } from "../operations/manipulation.ts";

/**
 * `x` reversed along axes.
 *
 * @param axis one or several; all if left out
 * @throws RangeError if there is no such axis
 * @example
 * flip([[1, 2], [3, 4]]).tolist() // => [[4, 3], [2, 1]]
 * flip([[1, 2], [3, 4]], 1).tolist() // => [[2, 1], [4, 3]]
 */
export function flip(
  x: ArrayLike,
  ...places: Places<[axis: AxisLike | null], { readonly axis?: AxisLike | null }>
): NDArray;
export function flip(): NDArray {
  return inOrder(flipOf, arguments, 2, "flip m axis");
}

function flipOf(x: ArrayLike, axis?: AxisLike | null): NDArray {
  const given = asNDArray(x, 'flip: "x"');
  const [{ shape }, data] = [given, rawOf(given)];
  const axes = axis === undefined || axis === null ? [...shape.keys()] : toAxes(axis, shape.length, 'flip: "axis"');
  return apply(GATHER, flipPlan(shape, axes), data);
}

/**
 * The elements shifted along axes, cyclically.
 *
 * @param shift by how many indices; one for each axis, or one for all
 * @param axis the flattened array if left out
 * @throws ShapeError if there are not as many shifts as axes; RangeError if there is no such axis
 * @example
 * roll([1, 2, 3], 1).tolist() // => [3, 1, 2]
 * roll([[1, 2], [3, 4]], 1, 0).tolist() // => [[3, 4], [1, 2]]
 */
export function roll(
  x: ArrayLike,
  ...places: Given<[shift: AxisLike], "shift", [axis: AxisLike], { readonly axis?: AxisLike }>
): NDArray;
export function roll(): NDArray {
  return inOrder(rollOf, arguments, 3, "roll a shift axis");
}

function rollOf(x: ArrayLike, shift: AxisLike, axis?: AxisLike): NDArray {
  const from = asNDArray(x, 'roll: "x"');
  if (axis === undefined) return rolled(from.flatten(), shift as number, 0).reshape(from.shape);
  const axes = Array.isArray(axis) ? (axis as number[]) : [axis as number];
  const shifts = Array.isArray(shift) ? (shift as number[]) : axes.map(() => shift as number);
  if (shifts.length !== axes.length)
    throw new ShapeError(`roll: "shift" expected ${axes.length} shifts, got ${shifts.length}`);
  return axes.reduce((out, one, i) => rolled(out, shifts[i]!, one), from);
}

function rolled(x: NDArray, shift: number, axis: number): NDArray {
  const places = int(shift, 'roll: "shift"');
  return apply(ROLL, { shift: places, axis: toAxis(axis, x.ndim, 'roll: "axis"') }, rawOf(x));
}

/**
 * How `pad` fills new elements: with a constant; with the nearest element; mirrored without the edge or with it; or
 * cyclically.
 */
export type PadMode = "constant" | "edge" | "reflect" | "symmetric" | "wrap";

/** How many elements to add before and after: for all axes, or for each. */
export type PadWidth =
  number | readonly [before: number, after: number] | readonly (readonly [before: number, after: number])[];

/** The options of `pad`. */
export interface PadOptions {
  /** Default `"constant"`. */
  readonly mode?: PadMode;
  /** The number of mode `"constant"`, default 0. */
  readonly constantValues?: number;
}

/** For each mode but the constant one, the index of an axis of size `n` that index `i` of the extended axis shows. */
const PLACES: Record<Exclude<PadMode, "constant">, (i: number, n: number) => number> = {
  edge: (i, n) => Math.min(Math.max(i, 0), n - 1),
  wrap: wrapIndex,
  reflect: (i, n) => mirrorIndex(i, n, 0),
  symmetric: (i, n) => mirrorIndex(i, n, 1),
};

/**
 * `x` with elements added before and after each axis.
 *
 * @throws ShapeError if the widths do not fit the axes, or an axis without elements would have to be shown; RangeError
 * if a width is negative; TypeError for another mode
 * @example
 * pad([1, 2], 1).tolist() // => [0, 1, 2, 0]
 * pad([1, 2, 3], [2, 0], { mode: "reflect" }).tolist() // => [3, 2, 1, 2, 3]
 */
export function pad(
  x: ArrayLike,
  ...places: Given<[padWidth: PadWidth], "padWidth", [mode: PadMode], PadOptions>
): NDArray;
export function pad(): NDArray {
  return inOrder(padOf, arguments, 2, "pad array padWidth | mode:s * constantValues");
}

function padOf(x: ArrayLike, padWidth: PadWidth, { mode = "constant", constantValues = 0 }: PadOptions = {}): NDArray {
  const from = asNDArray(x, 'pad: "x"');
  if (mode !== "constant" && !Object.hasOwn(PLACES, mode)) throw modeError(mode);
  const given = from.shape;
  const widths = given.map((_, axis) => widthOf(padWidth, axis, given.length));
  const shape = toShape(
    given.map((n, axis) => widths[axis]![0] + n + widths[axis]![1]),
    'pad: "padWidth"',
  );
  if (mode === "constant") return apply(PAD, { widths, value: constantValues }, rawOf(from));
  return widths.reduce((out, [before, after], axis) => {
    const n = given[axis]!;
    if (before + after === 0) return out;
    if (n === 0) throw emptyAxisError(from, axis, mode);
    const places = Int32Array.from({ length: shape[axis]! }, (_, i) => PLACES[mode](i - before, n));
    return apply(TAKE, axis, out[DATA], arrayData([places.length], "int32", places));
  }, from);
}

function modeError(mode: unknown): TypeError {
  const expected = 'expected "constant", "edge", "reflect", "symmetric" or "wrap"';
  return new TypeError(`pad: "mode" ${expected}, got ${describe(mode)}`);
}

function emptyAxisError(x: NDArray, axis: number, mode: PadMode): ShapeError {
  const expected = `expected elements along axis ${axis} for mode "${mode}"`;
  return new ShapeError(`pad: "x" ${expected}, got shape ${formatShape(x.shape)}`);
}

function widthOf(width: PadWidth, axis: number, rank: number): [number, number] {
  const name = 'pad: "padWidth"';
  const nested = Array.isArray(width) && width.some(Array.isArray);
  const list = nested
    ? (width as readonly (readonly number[])[])
    : [Array.isArray(width) ? (width as number[]) : [width as number, width as number]];
  const pair = list[list.length === 1 ? 0 : axis];
  if ((list.length !== 1 && list.length !== rank) || !Array.isArray(pair) || pair.length !== 2) {
    throw new ShapeError(`${name} expected a number, [before, after], or ${rank} such pairs, got ${describe(width)}`);
  }
  return pair.map((n) => {
    const count = int(n, name);
    if (count < 0) throw new RangeError(`${name} expected at least 0, got ${describe(n)}`);
    return count;
  }) as [number, number];
}
