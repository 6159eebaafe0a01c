/** Short forms of reshapes, joins, cuts and flips. */
import type { Given, Places } from "../../base/index.ts";
import { assertList, inOrder, int, refuseSurplus, ShapeError } from "../../base/index.ts";
import type { ArrayLike, DType, AxisLike, Shape } from "../../data/index.ts";
import { broadcastShapes as common, formatShape, toAxes, toShape, wrapIndex } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { weakly } from "../scalar.ts";
import { concatenate, stack } from "./joining.ts";
import { split } from "./splitting.ts";
import { flip } from "./moving.ts";
import { broadcastTo, swapaxes } from "./shapes.ts";

/**
 * `x` with at least one axis.
 *
 * @example
 * atleast1d(3).tolist() // => [3]
 */
export function atleast1d(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("atleast1d", "x", arguments);
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
  if (arguments.length > 1) refuseSurplus("atleast2d", "x", arguments);
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
  if (arguments.length > 1) refuseSurplus("atleast3d", "x", arguments);
  const given = atleast2d(x);
  return given.ndim >= 3 ? given : given.reshape([...given.shape, 1]);
}

/**
 * The arrays joined along the third axis.
 *
 * @throws as `concatenate`
 * @example
 * dstack([[1, 2], [3, 4]]).tolist() // => [[[1, 3], [2, 4]]]
 */
export function dstack(
  arrays: readonly ArrayLike[],
  ...places: Places<[dtype: DType | null], { readonly dtype?: DType }>
): NDArray;
export function dstack(): NDArray {
  return inOrder(dstackOf, arguments, 2, "dstack tup dtype:d");
}

function dstackOf(arrays: readonly ArrayLike[], dtype?: DType): NDArray {
  assertList(arrays, 'dstack: "arrays"');
  const parts = weakly(arrays, (i) => `dstack: "arrays[${i}]"`).map((x) => atleast3d(x));
  return concatenate(parts, 2, dtype);
}

/**
 * The arrays joined along the second axis; arrays [n] are columns.
 *
 * @throws as `concatenate`
 * @example
 * columnStack([[1, 2], [3, 4]]).tolist() // => [[1, 3], [2, 4]]
 */
export function columnStack(arrays: readonly ArrayLike[]): NDArray {
  if (arguments.length > 1) refuseSurplus("columnStack", "tup", arguments);
  assertList(arrays, 'columnStack: "arrays"');
  const parts = weakly(arrays, (i) => `columnStack: "arrays[${i}]"`);
  return parts.every((part) => part.ndim === 1)
    ? stack(parts, 1)
    : concatenate(
        parts.map((part) => (part.ndim < 2 ? atleast2d(part).T : part)),
        1,
      );
}

/**
 * `values` joined to the end of `x`.
 *
 * @param axis `null`, the default, joins the flattened arrays
 * @throws as `concatenate`
 * @example
 * append([[1], [2]], 3).tolist() // => [1, 2, 3]
 */
export function append(
  x: ArrayLike,
  ...places: Given<[values: ArrayLike], "values", [axis: number | null], { readonly axis?: number | null }>
): NDArray;
export function append(): NDArray {
  return inOrder(appendOf, arguments, 3, "append arr values axis");
}

function appendOf(x: ArrayLike, values: ArrayLike, axis: number | null = null): NDArray {
  return concatenate(
    weakly([x, values], (i) => `append: "${i === 0 ? "x" : "values"}"`),
    axis,
  );
}

/**
 * `split` along the second axis, or the only one.
 *
 * @throws as `split`
 * @example
 * hsplit([[1, 2], [3, 4]], 2).map((part) => part.tolist()) // => [[[1], [3]], [[2], [4]]]
 */
export function hsplit(x: ArrayLike, ...places: Given<[indicesOrSections: AxisLike], "indicesOrSections">): NDArray[];
export function hsplit(): NDArray[] {
  return inOrder(hsplitOf, arguments, 2, "hsplit ary indicesOrSections");
}

function hsplitOf(x: ArrayLike, indicesOrSections: AxisLike): NDArray[] {
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
export function vsplit(x: ArrayLike, ...places: Given<[indicesOrSections: AxisLike], "indicesOrSections">): NDArray[];
export function vsplit(): NDArray[] {
  return inOrder(vsplitOf, arguments, 2, "vsplit ary indicesOrSections");
}

function vsplitOf(x: ArrayLike, indicesOrSections: AxisLike): NDArray[] {
  return split(x, indicesOrSections, 0);
}

/**
 * `split` along the third axis.
 *
 * @throws as `split`
 * @example
 * dsplit([[[1, 2]]], 2).map((part) => part.tolist()) // => [[[[1]]], [[[2]]]]
 */
export function dsplit(x: ArrayLike, ...places: Given<[indicesOrSections: AxisLike], "indicesOrSections">): NDArray[];
export function dsplit(): NDArray[] {
  return inOrder(dsplitOf, arguments, 2, "dsplit ary indicesOrSections");
}

function dsplitOf(x: ArrayLike, indicesOrSections: AxisLike): NDArray[] {
  return split(x, indicesOrSections, 2);
}

/**
 * `x` [n, m, ...] with its columns reversed.
 *
 * @throws RangeError if there are fewer than two axes
 * @example
 * fliplr([[1, 2], [3, 4]]).tolist() // => [[2, 1], [4, 3]]
 */
export function fliplr(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("fliplr", "m", arguments);
  return flip(x, 1);
}

/**
 * `x` [n, ...] with its rows reversed.
 *
 * @throws RangeError for a scalar
 * @example
 * flipud([[1, 2], [3, 4]]).tolist() // => [[3, 4], [1, 2]]
 */
export function flipud(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("flipud", "m", arguments);
  return flip(x, 0);
}

/** The options of `rot90`. */
export interface Rot90Options {
  readonly k?: number;
  readonly axes?: readonly [number, number];
}

/**
 * `x` rotated by `k` quarters, from the first of two axes to the second.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`rot90`).
 * @param k default 1
 * @param axes default the first two
 * @throws ShapeError unless there are two axes; RangeError if one is not there, or comes twice
 * @example
 * rot90([[1, 2], [3, 4]]).tolist() // => [[2, 4], [1, 3]]
 */
export function rot90(
  x: ArrayLike,
  ...places: Places<[k: number, axes: readonly [number, number]], Rot90Options>
): NDArray;
export function rot90(): NDArray {
  return inOrder(rot90Of, arguments, 3, "rot90 m k axes");
}

function rot90Of(x: ArrayLike, k = 1, axes: readonly [number, number] = [0, 1]): NDArray {
  const given = asNDArray(x, 'rot90: "x"');
  assertList(axes, 'rot90: "axes"');
  const [from, to] = toAxes(axes, given.ndim, 'rot90: "axes"');
  if (axes.length !== 2) throw new ShapeError(`rot90: "axes" expected two axes, got ${formatShape(axes)}`);
  const quarters = wrapIndex(int(k, 'rot90: "k"'), 4);
  if (quarters === 0) return given;
  if (quarters === 2) return flip(given, [from!, to!]);
  return quarters === 1 ? flip(swapaxes(given, from!, to!), from!) : flip(swapaxes(given, from!, to!), to!);
}

/**
 * The matrices `x` [..., n, m] transposed: [..., m, n].
 *
 * @throws RangeError if there are fewer than two axes
 * @example
 * matrixTranspose([[[1, 2]]]).tolist() // => [[[1], [2]]]
 */
export function matrixTranspose(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("matrixTranspose", "x", arguments);
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
  return shapes
    .map((shape) => toShape(shape, 'broadcastShapes: "shapes"'))
    .reduce<Shape>((a, b) => common(a, b, "broadcastShapes"), []);
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
