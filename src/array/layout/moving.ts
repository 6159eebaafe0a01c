import { describe, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, AxisLike, ArrayData, Shape } from "../../data/index.ts";
import {
  copyRow,
  eachRow,
  encodeElement,
  flipData,
  formatShape,
  mirrorPlace,
  pickData,
  rawPair,
  reshaped,
  rollData,
  sizeOf,
  stridesOf,
  toAxes,
  toAxis,
  toData,
  toShape,
  walkOf,
  wrapPlace,
  zerosData,
} from "../../data/index.ts";
import { NDArray } from "../ndarray.ts";

/**
 * `x` backwards along `axis`, along all axes if not told.
 *
 * @throws RangeError if there is no such axis
 * @example
 * flip([[1, 2], [3, 4]]).tolist() // => [[4, 3], [2, 1]]
 * flip([[1, 2], [3, 4]], 1).tolist() // => [[2, 1], [4, 3]]
 */
export function flip(x: ArrayLike, axis?: AxisLike): NDArray {
  const from = toData(x, 'flip: "x"');
  return new NDArray(
    flipData(from, axis === undefined ? from.shape.map((_, i) => i) : toAxes(axis, from.shape.length, 'flip: "axis"')),
  );
}

/**
 * The elements moved on by `shift` places along `axis`, those that leave the end coming in at the start; without `axis`
 * of all elements in a row.
 *
 * @throws ShapeError if there are not as many shifts as axes; RangeError if there is no such axis
 * @example
 * roll([1, 2, 3], 1).tolist() // => [3, 1, 2]
 * roll([[1, 2], [3, 4]], 1, 0).tolist() // => [[3, 4], [1, 2]]
 */
export function roll(x: ArrayLike, shift: AxisLike, axis?: AxisLike): NDArray {
  const from = toData(x, 'roll: "x"');
  if (axis === undefined)
    return new NDArray(
      reshaped(rollData(reshaped(from, [sizeOf(from.shape)]), int(shift, 'roll: "shift"'), 0), from.shape),
    );
  const axes = Array.isArray(axis) ? (axis as number[]) : [axis as number];
  const shifts = Array.isArray(shift) ? (shift as number[]) : axes.map(() => shift as number);
  if (shifts.length !== axes.length)
    throw new ShapeError(`roll: "shift" expected ${axes.length} shifts, got ${shifts.length}`);
  let out = from;
  axes.forEach(
    (one, i) => (out = rollData(out, int(shifts[i], 'roll: "shift"'), toAxis(one, from.shape.length, 'roll: "axis"'))),
  );
  return new NDArray(out);
}

/** How `pad` fills the new places: with a constant; the nearest element; the elements mirrored without or with the edge; or round and round. */
export type PadMode = "constant" | "edge" | "reflect" | "symmetric" | "wrap";

/** How many places before and after: for all axes, or for each. */
export type PadWidth =
  number | readonly [before: number, after: number] | readonly (readonly [before: number, after: number])[];

/** What `pad` pads with. */
export interface PadOptions {
  /** Default `"constant"`. */
  readonly mode?: PadMode;
  /** The number of mode `"constant"`, default 0. */
  readonly constantValues?: number;
}

/** For each mode but the constant one, the place of an axis of `n` that place `i` outside or inside of it shows. */
const PLACES: Record<Exclude<PadMode, "constant">, (i: number, n: number) => number> = {
  edge: (i, n) => Math.min(Math.max(i, 0), n - 1),
  wrap: wrapPlace,
  reflect: (i, n) => mirrorPlace(i, n, 0),
  symmetric: (i, n) => mirrorPlace(i, n, 1),
};

/**
 * `x` with new places before and after along each axis.
 *
 * @throws ShapeError if the widths do not fit the axes, or an axis without elements would have to be shown; RangeError
 * if a width is negative; TypeError for another mode
 * @example
 * pad([1, 2], 1).tolist() // => [0, 1, 2, 0]
 * pad([1, 2, 3], [2, 0], { mode: "reflect" }).tolist() // => [3, 2, 1, 2, 3]
 */
export function pad(
  x: ArrayLike,
  padWidth: PadWidth,
  { mode = "constant", constantValues = 0 }: PadOptions = {},
): NDArray {
  const from = toData(x, 'pad: "x"');
  if (mode !== "constant" && !Object.hasOwn(PLACES, mode))
    throw new TypeError(
      `pad: "mode" expected "constant", "edge", "reflect", "symmetric" or "wrap", got ${describe(mode)}`,
    );
  const given = from.shape;
  const widths = given.map((_, axis) => widthOf(padWidth, axis, given.length));
  const shape = toShape(
    given.map((n, axis) => widths[axis]![0] + n + widths[axis]![1]),
    'pad: "padWidth"',
  );
  if (mode === "constant") return new NDArray(surrounded(from, shape, widths, constantValues));
  let out = from;
  widths.forEach(([before, after], axis) => {
    if (before + after === 0) return;
    const n = given[axis]!;
    if (n === 0)
      throw new ShapeError(
        `pad: "x" expected elements along axis ${axis} for mode "${mode}", got shape ${formatShape(given)}`,
      );
    const places = new Int32Array(shape[axis]!);
    for (let i = 0; i < places.length; i++) places[i] = PLACES[mode](i - before, n);
    out = pickData(out, places, axis);
  });
  return new NDArray(out);
}

/** `x` amid `value`, so many places after the start of each axis of `shape`. */
function surrounded(
  x: ArrayData,
  shape: Shape,
  widths: readonly (readonly [number, number])[],
  value: number,
): ArrayData {
  const out = zerosData(shape, x.dtype);
  const word = encodeElement(x.dtype, value);
  if (!Object.is(word, 0)) out.storage.data.fill(word);
  const strides = stridesOf(shape);
  const offset = widths.reduce((sum, [before], axis) => sum + before * strides[axis]!, 0);
  const walk = walkOf(x.shape, stridesOf(x.shape), strides);
  const [from, to] = rawPair(x, out, walk.inner);
  eachRow(walk, from.length, (at, _, start) => {
    if (walk.dy === 1) copyRow(from, at, 1, to, offset + start, walk.inner);
    else for (let i = 0, j = offset + start; i < walk.inner; i++, j += walk.dy) to[j] = from[at + i]!;
  });
  return out;
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
