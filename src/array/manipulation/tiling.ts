/** Arrays, and their elements, repeated. */
import type { Given } from "../../base/index.ts";
import { inOrder } from "../../base/index.ts";
import type { ArrayLike, AxisLike } from "../../data/index.ts";
import { toCounts, toShape } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { broadcastTo } from "./shapes.ts";

/**
 * `x` repeated as a whole.
 *
 * @param reps how often along each axis; along the last axes if there are fewer
 * @throws RangeError if a count is negative
 * @example
 * tile([1, 2], 2).tolist() // => [1, 2, 1, 2]
 * tile([1, 2], [2, 1]).tolist() // => [[1, 2], [1, 2]]
 */
export function tile(x: ArrayLike, ...places: Given<[reps: AxisLike], "reps">): NDArray;
export function tile(): NDArray {
  return inOrder(tileOf, arguments, 2, "tile A reps");
}

function tileOf(x: ArrayLike, reps: AxisLike): NDArray {
  const from = asNDArray(x, 'tile: "x"');
  const counts = toCounts(reps, 'tile: "reps"');
  const rank = Math.max(counts.length, from.ndim);
  const times = [...ones(rank - counts.length), ...counts];
  const sizes = [...ones(rank - from.ndim), ...from.shape];
  const shape = toShape(
    sizes.map((size, axis) => size * times[axis]!),
    'tile: "reps"',
  );
  // A new axis before each is broadcast.
  const apart = from.reshape(sizes.flatMap((size) => [1, size]));
  return broadcastTo(
    apart,
    sizes.flatMap((size, axis) => [times[axis]!, size]),
  ).reshape(shape);
}

function ones(length: number): number[] {
  return Array.from({ length }, () => 1);
}

/**
 * Each element of `x` repeated.
 *
 * @param repeats how often: one count, or one for each index of the axis
 * @param axis the flattened array if left out
 * @throws ShapeError if there are not as many counts as elements; RangeError if one is negative
 * @example
 * repeat([1, 2], 2).tolist() // => [1, 1, 2, 2]
 * repeat([[1, 2]], [2, 1], 1).tolist() // => [[1, 1, 2]]
 */
export function repeat(
  x: ArrayLike,
  ...places: Given<[repeats: AxisLike], "repeats", [axis: number | null], { readonly axis?: number }>
): NDArray;
export function repeat(): NDArray {
  return inOrder(repeatOf, arguments, 3, "repeat a repeats axis");
}

function repeatOf(x: ArrayLike, repeats: AxisLike, axis?: number): NDArray {
  return asNDArray(x, 'repeat: "x"').repeat(repeats, axis);
}
