import type { Shape } from "../../array/index.ts";
import { formatShape } from "../../array/index.ts";
import { describe, int, ShapeError } from "../../base/index.ts";

/** One axis or several; a negative axis counts from the end. */
export type Axes = number | readonly number[];

/** Which axes of a weight are what. All others are its receptive field, as in a convolution. */
export interface FanAxes {
  /** The axes of the input, default -2. */
  readonly inAxis?: Axes;
  /** The axes of the output, default -1. */
  readonly outAxis?: Axes;
  /** The axes that hold weights side by side and do not count, default none. */
  readonly batchAxis?: Axes;
}

/**
 * How many inputs an output of the weight sums over, and how many outputs an input reaches.
 *
 * @throws ShapeError if the weight has fewer than 2 axes and `inAxis` is the default; RangeError for an axis that it
 * does not have; TypeError for an axis that is not a number
 */
export function fansOf(
  shape: Shape,
  { inAxis = -2, outAxis = -1, batchAxis = [] }: FanAxes,
): { fanIn: number; fanOut: number } {
  if (inAxis === -2 && shape.length <= 1) {
    throw new ShapeError(
      `initializers.varianceScaling: "shape" expected at least 2 axes, got ${formatShape(shape)}. For fewer, say ` +
        "which axis is the input: { inAxis: 0 }",
    );
  }
  const inSize = sizeAlong(shape, inAxis, "inAxis");
  const outSize = sizeAlong(shape, outAxis, "outAxis");
  const batchSize = sizeAlong(shape, batchAxis, "batchAxis");
  const receptiveField = product(shape) / inSize / outSize / batchSize;
  return { fanIn: inSize * receptiveField, fanOut: outSize * receptiveField };
}

function sizeAlong(shape: Shape, axes: unknown, name: string): number {
  return product((Array.isArray(axes) ? axes : [axes]).map((axis) => sizeAt(shape, axis, name)));
}

function sizeAt(shape: Shape, axis: unknown, name: string): number {
  const rank = shape.length;
  const i = int(axis, `initializers.varianceScaling: "${name}"`);
  if (i < -rank || i >= rank)
    throw new RangeError(
      `initializers.varianceScaling: "${name}" expected an axis of shape ${formatShape(shape)}, got ${describe(axis)}`,
    );
  return shape[i < 0 ? i + rank : i]!;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a * b, 1);
}
