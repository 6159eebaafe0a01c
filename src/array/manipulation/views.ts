/** The short forms of reshapes, joins, cuts and flips. */
import { int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, AxisLike, Shape } from "../../data/index.ts";
import { broadcastShapes as common, formatShape, toAxes, wrapPlace } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { concatenate, split, stack } from "./joining.ts";
import { flip } from "./moving.ts";
import { broadcastTo, swapaxes } from "./shapes.ts";

/**
 * `x` with at least one axis.
 *
 * @example
 * atleast1d(3).tolist() // => [3]
 */
export function atleast1d(x: ArrayLike): NDArray {
  const given = asNDArray(x, 'atleast1d: "x"');
  return given.ndim >= 1 ? given : given.reshape([1]);
}

/**
 * `x` with at least two axes, new ones in front.
 *
 * @example
 * atleast2d([1, 2]).tolist() // => [[1, 2]]
 */
export function atleast2d(x: ArrayLike): NDArray {
  const given = atleast1d(x);
  return given.ndim >= 2 ? given : given.reshape([1, given.size]);
}

/**
 * `x` with at least three axes: [n] becomes [1, n, 1], [n, m] becomes [n, m, 1].
 *
 * @example
 * atleast3d([1, 2]).shape // => [1, 2, 1]
 */
export function atleast3d(x: ArrayLike): NDArray {
  const given = atleast2d(x);
  return given.ndim >= 3 ? given : given.reshape([...given.shape, 1]);
}

/**
 * The arrays one behind the other: along the third axis.
 *
 * @throws as `concatenate`
 * @example
 * dstack([[1, 2], [3, 4]]).tolist() // => [[[1, 3], [2, 4]]]
 */
export function dstack(arrays: readonly ArrayLike[]): NDArray {
  return concatenate(
    arrays.map((x) => atleast3d(x)),
    2,
  );
}

/**
 * The arrays side by side, those [n] as columns.
 *
 * @throws as `concatenate`
 * @example
 * columnStack([[1, 2], [3, 4]]).tolist() // => [[1, 3], [2, 4]]
 */
export function columnStack(arrays: readonly ArrayLike[]): NDArray {
  const parts = arrays.map((x, i) => asNDArray(x, `columnStack: "arrays[${i}]"`));
  return parts.every((part) => part.ndim === 1)
    ? stack(parts, 1)
    : concatenate(
        parts.map((part) => (part.ndim < 2 ? atleast2d(part).T : part)),
        1,
      );
}

/**
 * `values` behind `x` along an axis; all elements of both in a row without.
 *
 * @throws as `concatenate`
 * @example
 * append([[1], [2]], 3).tolist() // => [1, 2, 3]
 */
export function append(x: ArrayLike, values: ArrayLike, axis: number | null = null): NDArray {
  return concatenate([x, values], axis);
}

/**
 * `split` along the second axis, or the only one.
 *
 * @throws as `split`
 * @example
 * hsplit([[1, 2], [3, 4]], 2).map((part) => part.tolist()) // => [[[1], [3]], [[2], [4]]]
 */
export function hsplit(x: ArrayLike, indicesOrSections: AxisLike): NDArray[] {
  const given = asNDArray(x, 'hsplit: "x"');
  return split(given, indicesOrSections, given.ndim === 1 ? 0 : 1);
}

/**
 * `split` along the first axis.
 *
 * @throws as `split`
 * @example
 * vsplit([[1, 2], [3, 4]], 2).map((part) => part.tolist()) // => [[[1, 2]], [[3, 4]]]
 */
export function vsplit(x: ArrayLike, indicesOrSections: AxisLike): NDArray[] {
  return split(x, indicesOrSections, 0);
}

/**
 * `split` along the third axis.
 *
 * @throws as `split`
 * @example
 * dsplit([[[1, 2]]], 2).map((part) => part.tolist()) // => [[[[1]]], [[[2]]]]
 */
export function dsplit(x: ArrayLike, indicesOrSections: AxisLike): NDArray[] {
  return split(x, indicesOrSections, 2);
}

/**
 * `x` [n, m, ...] with its columns backwards.
 *
 * @throws RangeError if there are fewer than two axes
 * @example
 * fliplr([[1, 2], [3, 4]]).tolist() // => [[2, 1], [4, 3]]
 */
export function fliplr(x: ArrayLike): NDArray {
  return flip(x, 1);
}

/**
 * `x` [n, ...] with its rows backwards.
 *
 * @throws RangeError for a scalar
 * @example
 * flipud([[1, 2], [3, 4]]).tolist() // => [[3, 4], [1, 2]]
 */
export function flipud(x: ArrayLike): NDArray {
  return flip(x, 0);
}

/**
 * `x` turned `k` quarters from the first of two axes to the second.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`rot90`).
 * @throws ShapeError unless there are two axes; RangeError if one is not there, or comes twice
 * @example
 * rot90([[1, 2], [3, 4]]).tolist() // => [[2, 4], [1, 3]]
 */
export function rot90(x: ArrayLike, k = 1, axes: readonly [number, number] = [0, 1]): NDArray {
  const given = asNDArray(x, 'rot90: "x"');
  const [from, to] = toAxes(axes, given.ndim, 'rot90: "axes"');
  if (axes.length !== 2) throw new ShapeError(`rot90: "axes" expected two axes, got ${formatShape(axes)}`);
  const quarters = wrapPlace(int(k, 'rot90: "k"'), 4);
  if (quarters === 0) return given;
  if (quarters === 2) return flip(given, [from!, to!]);
  return quarters === 1 ? flip(swapaxes(given, from!, to!), from!) : flip(swapaxes(given, from!, to!), to!);
}

/**
 * The matrices `x` [..., n, m] with rows as columns: [..., m, n].
 *
 * @throws RangeError if there are fewer than two axes
 * @example
 * matrixTranspose([[[1, 2]]]).tolist() // => [[[1], [2]]]
 */
export function matrixTranspose(x: ArrayLike): NDArray {
  return swapaxes(x, -1, -2);
}

/**
 * The shape that all shapes broadcast to.
 *
 * @throws ShapeError naming two shapes that do not broadcast
 * @example
 * broadcastShapes([2, 1], [3], []) // => [2, 3]
 */
export function broadcastShapes(...shapes: readonly Shape[]): Shape {
  return shapes.reduce((a, b) => common(a, b, "broadcastShapes"), []);
}

/**
 * The arrays, each broadcast to the shape that all broadcast to.
 *
 * @throws ShapeError naming two shapes that do not broadcast
 * @example
 * broadcastArrays([1, 2], [[3], [4]]).map((x) => x.tolist()) // => [[[1, 2], [1, 2]], [[3, 3], [4, 4]]]
 */
export function broadcastArrays(...arrays: readonly ArrayLike[]): NDArray[] {
  const parts = arrays.map((x, i) => asNDArray(x, `broadcastArrays: operand ${i}`));
  const shape = parts.reduce<Shape>((all, part) => common(all, part.shape, "broadcastArrays"), []);
  return parts.map((part) => broadcastTo(part, shape));
}
