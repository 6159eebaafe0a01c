import type { Given, Places } from "../../base/index.ts";
import { describe, inOrder, ShapeError } from "../../base/index.ts";
import type { ArrayLike, AxisLike, Shape, ShapeLike } from "../../data/index.ts";
import { broadcastShapes, formatShape, sameShape, toAxes, toData, toShape } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, asNDArray } from "../ndarray.ts";
import { BROADCAST_TO, RESHAPE, TRANSPOSE } from "../operations/manipulation.ts";

/**
 * The elements of `x` in another shape.
 *
 * @param shape the sizes; one may be -1 and is inferred
 * @throws ShapeError if the sizes do not multiply to the size of `x`
 * @example
 * reshape([1, 2, 3, 4], [2, -1]).tolist() // => [[1, 2], [3, 4]]
 */
export function reshape(
  x: ArrayLike,
  ...places: Given<[shape: ShapeLike], "shape", [order: "C"], { readonly order?: "C"; readonly copy?: boolean }>
): NDArray;
export function reshape(): NDArray {
  return inOrder(reshapeOf, arguments, 2, "reshape a shape | order:o * copy:b");
}

function reshapeOf(x: ArrayLike, shape: ShapeLike): NDArray {
  return asNDArray(x, 'reshape: "x"').reshape(shape);
}

/**
 * The flattened `x`.
 *
 * @example
 * ravel([[1, 2], [3, 4]]).tolist() // => [1, 2, 3, 4]
 */
export function ravel(x: ArrayLike, ...places: Places<[order: "C"], { readonly order?: "C" }>): NDArray;
export function ravel(): NDArray {
  return inOrder(ravelOf, arguments, 1, "ravel a | order:o");
}

function ravelOf(x: ArrayLike): NDArray {
  return asNDArray(x, 'ravel: "x"').flatten();
}

/**
 * `x` with its axes permuted.
 *
 * @param axes axis i of the result is axis `axes[i]` of `x`; reversed if left out
 * @throws ShapeError if `axes` does not name every axis once
 * @example
 * transpose([[1, 2], [3, 4]]).tolist() // => [[1, 3], [2, 4]]
 * transpose(jnp.zeros([2, 3, 4]), [1, 0, 2]).shape // => [3, 2, 4]
 */
export function transpose(
  x: ArrayLike,
  ...places: Places<[axes: readonly number[] | null], { readonly axes?: readonly number[] }>
): NDArray;
export function transpose(): NDArray {
  return inOrder(transposeOf, arguments, 2, "transpose a axes");
}

function transposeOf(x: ArrayLike, axes?: readonly number[]): NDArray {
  return asNDArray(x, 'transpose: "x"').transpose(axes);
}

/**
 * `x` with two axes exchanged.
 *
 * @throws RangeError if there is no such axis
 * @example
 * swapaxes(jnp.zeros([2, 3, 4]), 0, -1).shape // => [4, 3, 2]
 */
export function swapaxes(x: ArrayLike, ...places: Given<[axis1: number, axis2: number], "axis1 axis2">): NDArray;
export function swapaxes(): NDArray {
  return inOrder(swapaxesOf, arguments, 3, "swapaxes a axis1 axis2");
}

function swapaxesOf(x: ArrayLike, axis1: number, axis2: number): NDArray {
  return asNDArray(x, 'swapaxes: "x"').swapaxes(axis1, axis2);
}

/**
 * `x` with axes moved; the others keep their order.
 *
 * @param source one axis or several
 * @param destination where they go, axes of the result
 * @throws RangeError if there is no such axis, or one comes twice; ShapeError if there are not as many of both
 * @example
 * moveaxis(jnp.zeros([2, 3, 4]), 0, -1).shape // => [3, 4, 2]
 */
export function moveaxis(
  x: ArrayLike,
  ...places: Given<[source: AxisLike, destination: AxisLike], "source destination">
): NDArray;
export function moveaxis(): NDArray {
  return inOrder(moveaxisOf, arguments, 3, "moveaxis a source destination");
}

function moveaxisOf(x: ArrayLike, source: AxisLike, destination: AxisLike): NDArray {
  const input = toData(x, 'moveaxis: "x"');
  const rank = input.shape.length;
  const [from, to] = [toAxes(source, rank, 'moveaxis: "source"'), toAxes(destination, rank, 'moveaxis: "destination"')];
  if (from.length !== to.length)
    throw new ShapeError(`moveaxis: "destination" expected ${from.length} axes, got ${to.length}`);
  const order = input.shape.map((_, axis) => axis).filter((axis) => !from.includes(axis));
  for (const [place, axis] of to.map((place, i) => [place, from[i]!] as const).sort(([a], [b]) => a - b))
    order.splice(place, 0, axis);
  return apply(TRANSPOSE, order, input);
}

/**
 * `x` without axes of size 1.
 *
 * @param axis which of them; all if left out
 * @throws ShapeError if one of them has another size
 * @example
 * squeeze([[[1], [2]]]).tolist() // => [1, 2]
 */
export function squeeze(
  x: ArrayLike,
  ...places: Places<[axis: AxisLike | null], { readonly axis?: AxisLike }>
): NDArray;
export function squeeze(): NDArray {
  return inOrder(squeezeOf, arguments, 2, "squeeze a axis:x");
}

function squeezeOf(x: ArrayLike, axis?: AxisLike): NDArray {
  return asNDArray(x, 'squeeze: "x"').squeeze(axis);
}

/**
 * `x` with new axes of size 1.
 *
 * @param axis one axis or several, of the result
 * @throws RangeError if there is no such place, or one comes twice
 * @example
 * expandDims([1, 2], 0).tolist() // => [[1, 2]]
 */
export function expandDims(x: ArrayLike, ...places: Given<[axis: AxisLike], "axis">): NDArray;
export function expandDims(): NDArray {
  return inOrder(expandDimsOf, arguments, 2, "expandDims a axis");
}

function expandDimsOf(x: ArrayLike, axis: AxisLike): NDArray {
  const from = toData(x, 'expandDims: "x"');
  const count = Array.isArray(axis) ? axis.length : 1;
  const shape = [...from.shape];
  for (const place of toAxes(axis, shape.length + count, 'expandDims: "axis"').sort((a, b) => a - b))
    shape.splice(place, 0, 1);
  return apply(RESHAPE, shape, from);
}

/**
 * `x` broadcast to `shape`.
 *
 * @throws ShapeError if it does not broadcast to it
 * @example
 * broadcastTo([1, 2], [2, 2]).tolist() // => [[1, 2], [1, 2]]
 */
export function broadcastTo(x: ArrayLike, ...places: Given<[shape: ShapeLike], "shape">): NDArray;
export function broadcastTo(): NDArray {
  return inOrder(broadcastToOf, arguments, 2, "broadcastTo array shape");
}

function broadcastToOf(x: ArrayLike, shape: ShapeLike): NDArray {
  const from = toData(x, 'broadcastTo: "x"');
  const sizes = toShape(shape, 'broadcastTo: "shape"');
  if (!sameShape(broadcastShapes(from.shape, sizes, "broadcastTo"), sizes))
    throw broadcastError(from.shape, shape, sizes);
  return apply(BROADCAST_TO, sizes, from);
}

function broadcastError(own: Shape, shape: ShapeLike, sizes: Shape): ShapeError {
  const expected = `expected a shape that ${formatShape(own)} broadcasts to`;
  return new ShapeError(`broadcastTo: "shape" ${expected}, got ${describe(shape)} ${formatShape(sizes)}`);
}
