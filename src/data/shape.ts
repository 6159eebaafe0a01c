import { describe, int, LimitError, ShapeError, shapesOnly } from "../base/index.ts";

/** The sizes of an array's axes, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** A shape as a caller may write it: floats are cast by `int()`, a bare number is one axis. */
export type ShapeLike = number | readonly number[];

/** The maximal number of elements, checked before anything is allocated: linear indices stay within int32. */
export const MAX_SIZE = 2 ** 31 - 1;

export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const n of shape) size *= n;
  return size;
}

/**
 * Casts and checks a shape.
 *
 * @param name how errors name the argument, `fn: "shape"` by convention
 * @throws TypeError if it is neither a number nor an array of numbers
 * @throws ShapeError if a size is negative; RangeError if one is not finite
 * @throws LimitError if the product exceeds 2^31 - 1 elements; shapes alone, under `nnx.evalShape`, may
 */
export function toShape(shape: unknown, name: string): number[] {
  if (typeof shape === "number") return checked([shape], name);
  if (Array.isArray(shape)) return checked(shape, name);
  throw new TypeError(`${name} expected an array of sizes, got ${describe(shape)}`);
}

function checked(sizes: readonly unknown[], name: string): number[] {
  const shape = sizes.map((size, axis) =>
    typeof size === "number" && Number.isInteger(size) && size >= 0 ? size : checkedSize(size, `${name}[${axis}]`),
  );
  const size = sizeOf(shape);
  if (size > MAX_SIZE && !shapesOnly.on)
    throw new LimitError(`${name} expected at most ${MAX_SIZE} elements, got ${formatShape(shape)} = ${size}`);
  return shape;
}

function checkedSize(size: unknown, name: string): number {
  const n = int(size, name);
  if (n < 0) throw new ShapeError(`${name} expected a size of at least 0, got ${describe(size)}`);
  return n;
}

/** `[3, 4]` */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * The shape that two operands broadcast to. They are aligned at the last axis; a size of 1 repeats.
 *
 * @throws ShapeError naming both shapes if they do not fit
 */
export function broadcastShapes(a: Shape, b: Shape, fn: string): Shape {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const m = a[a.length - rank + i] ?? 1;
    const n = b[b.length - rank + i] ?? 1;
    if (m !== n && m !== 1 && n !== 1)
      throw new ShapeError(
        `${fn}: shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast: sizes ${m} and ${n} differ`,
      );
    return m === 1 ? n : m;
  });
}

/**
 * One axis of an array of `rank` axes, counted from the front; a negative one counts from the end.
 *
 * @param name how errors name the argument, `fn: "axis"` by convention
 * @throws TypeError if it is not a number; RangeError if there is no such axis
 */
export function toAxis(axis: unknown, rank: number, name: string): number {
  const n = int(axis, name);
  if (n < -rank || n >= rank) throw axisError(axis, rank, name);
  return n < 0 ? n + rank : n;
}

function axisError(axis: unknown, rank: number, name: string): RangeError {
  const range = rank === 0 ? "of a scalar, which has none" : `from ${-rank} to ${rank - 1}`;
  return new RangeError(`${name} expected an axis ${range}, got ${describe(axis)}`);
}

/**
 * Several axes, each once.
 *
 * @throws as `toAxis`; RangeError if an axis comes twice
 */
export function toAxes(axes: unknown, rank: number, name: string): number[] {
  const list = (Array.isArray(axes) ? axes : [axes]).map((axis: unknown) => toAxis(axis, rank, name));
  if (new Set(list).size !== list.length)
    throw new RangeError(`${name} expected different axes, got ${formatShape(axes as Shape)}`);
  return list;
}

/** A function from a linear index of the broadcast `shape` to the linear index of an operand of shape `own`. */
export function broadcastIndex(own: Shape, shape: Shape): (i: number) => number {
  if (own.every((n) => n === 1)) return () => 0;
  const rank = shape.length;
  const strides = shape.map(() => 0);
  let stride = 1;
  for (let axis = own.length - 1; axis >= 0; axis--) {
    if (own[axis] !== 1) strides[rank - own.length + axis] = stride;
    stride *= own[axis]!;
  }
  return (i) => {
    let index = 0;
    for (let axis = rank - 1; axis >= 0; axis--) {
      index += (i % shape[axis]!) * strides[axis]!;
      i = Math.floor(i / shape[axis]!);
    }
    return index;
  };
}
