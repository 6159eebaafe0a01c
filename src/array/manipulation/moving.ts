import type { Given, Places } from "../../base/index.ts";
import { inOrder, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, AxisLike } from "../../data/index.ts";
import { flipPlan, toAxes, toAxis } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, asNDArray, rawOf } from "../ndarray.ts";
import { GATHER } from "../operations/indexing.ts";
import { ROLL } from "../operations/manipulation.ts";

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
  ...places: Given<[shift: AxisLike], "shift", [axis: AxisLike | null], { readonly axis?: AxisLike }>
): NDArray;
export function roll(): NDArray {
  return inOrder(rollOf, arguments, 3, "roll a shift axis:x");
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
