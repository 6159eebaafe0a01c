import type { NDArray, Shape } from "../array/index.ts";
import { concatenate, split as splitArray, zeros } from "../array/index.ts";
import type { Steps } from "./layout.ts";

/** How arrays of a file become arrays of a model. */
export interface Recipe {
  /**
   * The shapes of the results; undefined where only doing it tells.
   *
   * @throws RangeError if the shapes do not fit
   */
  shapes(from: readonly Shape[]): readonly (Shape | undefined)[];
  forward(arrays: readonly NDArray[]): readonly NDArray[];
  /**
   * The other direction, for saving.
   *
   * @param count - of the arrays in the file
   * @throws TypeError, RangeError if it cannot be undone
   */
  backward(arrays: readonly NDArray[], count: number): readonly NDArray[];
}

/** Each array by itself. */
export function each(steps: Steps): Recipe {
  return {
    shapes: (from) => from.map((shape) => steps.shape(shape)),
    forward: (arrays) => arrays.map((array) => steps.forward(array)),
    backward: (arrays) => arrays.map((array) => steps.backward(array)),
  };
}

/**
 * One array cut into parts along an axis.
 *
 * @param count - of the parts
 * @param sizes - theirs along the axis; equal ones without them
 */
export function cut(count: number, axis: number, sizes: readonly number[] | undefined): Recipe {
  const partsOf = (shape: Shape): readonly number[] => {
    const at = axisOf(axis, shape.length);
    const own = sizes ?? Array<number>(count).fill(shape[at]! / count);
    const sum = own.reduce((a, b) => a + b, 0);
    if (own.length !== count || sum !== shape[at] || !own.every(Number.isInteger))
      throw new RangeError(`split expected axis ${axis} of [${shape.join(", ")}] to make ${count} parts`);
    return own;
  };
  return {
    shapes(from) {
      const shape = only(from);
      return partsOf(shape).map((size) => withSize(shape, axisOf(axis, shape.length), size));
    },
    forward(arrays) {
      const array = only(arrays);
      const ends: number[] = [];
      for (const size of partsOf(array.shape)) ends.push((ends.at(-1) ?? 0) + size);
      return splitArray(array, ends.slice(0, -1), axis);
    },
    backward: (arrays) => [concatenate([...arrays], axis)],
  };
}

/** Several arrays one behind the other along an axis. */
export function joined(axis: number, sizes: readonly number[] | undefined): Recipe {
  return {
    shapes(from) {
      const first = from[0]!;
      const at = axisOf(axis, first.length);
      checkSame("join", from, at);
      return [
        withSize(
          first,
          at,
          from.reduce((sum, shape) => sum + shape[at]!, 0),
        ),
      ];
    },
    forward: (arrays) => [concatenate([...arrays], axis)],
    backward: (arrays, count) => cut(count, axis, sizes).forward(arrays),
  };
}

/** Several arrays of one shape side by side along a new axis. */
export function stacked(axis: number): Recipe {
  return {
    shapes(from) {
      const first = from[0]!;
      checkSame("stack", from, undefined);
      return [withSize(withAxis(first, axis), axisOf(axis, first.length + 1), from.length)];
    },
    forward(arrays) {
      const wide = arrays.map(({ shape }) => withAxis(shape, axis));
      return [
        concatenate(
          arrays.map((array, i) => array.reshape(wide[i]!)),
          axis,
        ),
      ];
    },
    backward(arrays) {
      const array = only(arrays);
      const at = axisOf(axis, array.ndim);
      const shape = array.shape.filter((_, i) => i !== at);
      return splitArray(array, array.shape[at]!, axis).map((part) => part.reshape(shape));
    },
  };
}

/** The sum of arrays of one shape. Undone, the first has it all. */
export function summed(): Recipe {
  return {
    shapes(from) {
      checkSame("add", from, undefined);
      return [from[0]];
    },
    forward: (arrays) => [arrays.slice(1).reduce((sum, array) => sum.add(array), arrays[0]!)],
    backward(arrays, count) {
      const sum = only(arrays);
      return [sum, ...Array.from({ length: count - 1 }, () => zeros(sum.shape, sum.dtype))];
    },
  };
}

/** One recipe after the other. `between` is the number of arrays in between. */
export function chain(first: Recipe, second: Recipe, between: number): Recipe {
  return {
    shapes(from) {
      const middle = first.shapes(from);
      return middle.every((shape) => shape !== undefined) ? second.shapes(middle) : [undefined];
    },
    forward: (arrays) => second.forward(first.forward(arrays)),
    backward: (arrays, count) => first.backward(second.backward(arrays, between), count),
  };
}

function only<T>(items: readonly T[]): T {
  if (items.length !== 1) throw new RangeError(`expected one array, got ${items.length}`);
  return items[0]!;
}

function axisOf(axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(at) || at < 0 || at >= rank)
    throw new RangeError(`expected an axis below ${rank}, got ${axis}`);
  return at;
}

/** `shape` with a new axis of size 1. */
function withAxis(shape: Shape, axis: number): number[] {
  const wide = [...shape];
  wide.splice(axisOf(axis, shape.length + 1), 0, 1);
  return wide;
}

function withSize(shape: Shape, axis: number, size: number): Shape {
  return shape.map((own, i) => (i === axis ? size : own));
}

/** @throws RangeError unless the shapes are the same, except for `axis` */
function checkSame(what: string, shapes: readonly Shape[], axis: number | undefined): void {
  const text = (shape: Shape): string => shape.map((size, i) => (i === axis ? "*" : size)).join(", ");
  for (const shape of shapes)
    if (text(shape) !== text(shapes[0]!))
      throw new RangeError(`${what} expected equal shapes, got [${text(shapes[0]!)}] and [${shape.join(", ")}]`);
}
