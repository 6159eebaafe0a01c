/** The shapes that reshapes give, and the orders of axes that transposes give. */
import { describe, ShapeError } from "../../base/index.ts";
import type { Shape, ShapeLike } from "../shape.ts";
import { formatShape, sizeOf, toAxes, toAxis, toShape } from "../shape.ts";

/** One axis or several. */
export type AxisLike = number | readonly number[];

/**
 * The shape of `reshape`: one size may be -1 and is worked out.
 *
 * @throws ShapeError if the sizes do not multiply to those of `own`
 */
export function resolveShape(shape: ShapeLike, own: Shape): number[] {
  const size = sizeOf(own);
  const sizes = typeof shape === "number" ? [shape] : shape;
  const wanted = resolve(sizes, size);
  if (wanted === undefined) throw reshapeError(sizes, own, size);
  return wanted;
}

function resolve(sizes: Shape, size: number): number[] | undefined {
  const free = Array.isArray(sizes) ? sizes.indexOf(-1) : -1;
  if (free >= 0) {
    const rest = toShape(
      sizes.filter((_, i) => i !== free),
      'reshape: "shape"',
    );
    const known = sizeOf(rest);
    if (known === 0 || size % known !== 0) return undefined;
    rest.splice(free, 0, size / known);
    return rest;
  }
  const wanted = toShape(sizes, 'reshape: "shape"');
  return sizeOf(wanted) === size ? wanted : undefined;
}

function reshapeError(sizes: Shape, own: Shape, size: number): ShapeError {
  return new ShapeError(
    `reshape: "shape" expected sizes for ${size} elements of ${formatShape(own)}, got ${formatShape(sizes)}`,
  );
}

/**
 * The shape without the axes `axis`, or without all axes of size 1.
 *
 * @throws ShapeError if one of them has another size; RangeError if there is no such axis
 */
export function squeezedShape(shape: Shape, axis: AxisLike | undefined): number[] {
  if (axis === undefined) return shape.filter((n) => n !== 1);
  const out = toAxes(axis, shape.length, 'squeeze: "axis"');
  const wrong = out.find((i) => shape[i] !== 1);
  if (wrong !== undefined)
    throw new ShapeError(`squeeze: "axis" expected axes of size 1, got axis ${wrong} of shape ${formatShape(shape)}`);
  return shape.filter((_, i) => !out.includes(i));
}

/** `shape` with the size of `axis` replaced. */
export function withSize(shape: Shape, axis: number, size: number): number[] {
  return shape.map((n, i) => (i === axis ? size : n));
}

/**
 * The order of axes of `transpose`: `axes`, or reversed.
 *
 * @throws ShapeError if `axes` does not name every axis once
 */
export function transposedAxes(shape: Shape, axes: readonly number[] | undefined): number[] {
  const rank = shape.length;
  if (axes === undefined) return shape.map((_, axis) => rank - 1 - axis);
  if (Array.isArray(axes) && axes.length === rank) return toAxes(axes, rank, 'transpose: "axes"');
  throw new ShapeError(
    `transpose: "axes" expected ${rank} axes for shape ${formatShape(shape)}, got ${describe(axes)}`,
  );
}

/**
 * The order of axes with two of them exchanged.
 *
 * @throws RangeError if there is no such axis
 */
export function swappedAxes(shape: Shape, axis1: number, axis2: number): number[] {
  const rank = shape.length;
  const [a, b] = [toAxis(axis1, rank, 'swapaxes: "axis1"'), toAxis(axis2, rank, 'swapaxes: "axis2"')];
  return shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis));
}
