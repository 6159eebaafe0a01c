import { backendFor, kernels, WASM_FROM } from "../../backend/index.ts";
import { ShapeError } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { emptyData } from "../arraydata.ts";
import type { TypedArray } from "../dtype.ts";
import type { Shape } from "../shape.ts";
import { formatShape, sameShape, sizeOf } from "../shape.ts";
import { copyRow, copyRows, rawOf, rawPair, repeatBlock, SHORT } from "./copying.ts";

/** The strides of a row-major array: how many elements apart neighbours along each axis are. */
export function stridesOf(shape: Shape): number[] {
  const strides = shape.slice();
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** The strides with which an array of shape `own` is read as one of the broadcast `shape`: 0 along broadcast axes. */
export function broadcastStrides(own: Shape, shape: Shape): number[] {
  const lead = shape.length - own.length;
  const strides = stridesOf(own);
  return shape.map((_, axis) => (axis < lead || own[axis - lead] === 1 ? 0 : strides[axis - lead]!));
}

/**
 * A traversal of a shape in rows: `inner` elements, over which the operands advance by `dx` and `dy`, and the axes
 * around them. Adjacent axes over which both operands advance evenly count as one, so that equal shapes and scalars are
 * one row.
 */
export interface Walk {
  readonly inner: number;
  readonly dx: number;
  readonly dy: number;
  readonly outer: Shape;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** The traversal of `shape` by operands with the strides `xs`, `ys`. */
export function walkOf(shape: Shape, xs: readonly number[], ys: readonly number[]): Walk {
  const sizes: number[] = [];
  const [sx, sy]: [number[], number[]] = [[], []];
  for (let axis = 0; axis < shape.length; axis++) {
    const n = shape[axis]!;
    if (n === 1) continue;
    const last = sizes.length - 1;
    if (last >= 0 && sx[last] === xs[axis]! * n && sy[last] === ys[axis]! * n) {
      sizes[last]! *= n;
      sx[last] = xs[axis]!;
      sy[last] = ys[axis]!;
    } else {
      sizes.push(n);
      sx.push(xs[axis]!);
      sy.push(ys[axis]!);
    }
  }
  return { inner: sizes.pop() ?? 1, dx: sx.pop() ?? 0, dy: sy.pop() ?? 0, outer: sizes, xs: sx, ys: sy };
}

/**
 * Calls `row(at, x, y)` for every row: `at` is where it starts in the result of `length` elements, `x` and `y` where it
 * starts in the operands.
 */
export function eachRow(walk: Walk, length: number, row: (at: number, x: number, y: number) => void): void {
  const { inner, outer, xs, ys } = walk;
  const index = outer.map(() => 0);
  let x = 0;
  let y = 0;
  for (let at = 0; at < length; at += inner) {
    row(at, x, y);
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      x += xs[axis]!;
      y += ys[axis]!;
      if (++index[axis]! < outer[axis]!) break;
      index[axis] = 0;
      x -= xs[axis]! * outer[axis]!;
      y -= ys[axis]! * outer[axis]!;
    }
  }
}

/** The offset and the strides with which an array of `shape` is read backwards along `axes`. */
export function flipStrides(shape: Shape, axes: readonly number[]): { strides: number[]; offset: number } {
  const strides = stridesOf(shape);
  let offset = 0;
  for (const axis of axes) {
    offset += strides[axis]! * Math.max(0, shape[axis]! - 1);
    strides[axis] = -strides[axis]!;
  }
  return { strides, offset };
}

/** The elements of `x` read from `offset` with `strides` as a new array of `shape`. */
export function gather(x: ArrayData, shape: Shape, strides: readonly number[], offset = 0): ArrayData {
  const out = emptyData(shape, x.dtype);
  const walk = walkOf(shape, strides, strides);
  const [from, to] =
    walk.dx === -1 ? [rawOf(x.storage.data), rawOf(out.storage.data)] : rawPair(x, out, lengthOf(walk));
  if (to.length > 0) gatherAxis(walk, 0, from, offset, to, 0, to.length);
  return out;
}

/** How many neighbours are copied together. */
function lengthOf({ inner, dx }: Walk): number {
  return dx === 1 ? inner : 1;
}

/**
 * Fills `size` elements of `to` from `at` on by the axes from `axis` on. The rows along the last one are copied
 * together. Along an axis over which nothing advances, the elements of one index are copied from there.
 */
function gatherAxis(
  walk: Walk,
  axis: number,
  from: TypedArray,
  start: number,
  to: TypedArray,
  at: number,
  size: number,
): void {
  const { inner, dx, outer, xs } = walk;
  const end = at + size;
  const n = outer[axis] ?? 1;
  const stride = xs[axis] ?? 0;
  const block = size / n;
  const repeats = stride === 0 && block * (n - 1) > SHORT;
  if (axis >= outer.length - 1) {
    if (repeats) copyRow(from, start, dx, to, at, inner);
    else copyRows(from, start, dx, to, at, inner, stride, n);
  } else if (repeats) {
    gatherAxis(walk, axis + 1, from, start, to, at, block);
  } else {
    for (let i = 0; i < n; i++, start += stride, at += block) gatherAxis(walk, axis + 1, from, start, to, at, block);
  }
  if (repeats) repeatBlock(to, end - size, block, end);
}

/**
 * `x` broadcast to `shape`: itself where the shape is the same, with shared elements where it only gains axes.
 *
 * @throws ShapeError if it does not broadcast to it
 */
export function broadcastData(x: ArrayData, shape: Shape): ArrayData {
  if (sameShape(x.shape, shape)) return x;
  const lead = shape.length - x.shape.length;
  if (lead < 0 || x.shape.some((n, axis) => n !== 1 && n !== shape[lead + axis]))
    throw new ShapeError(`shape ${formatShape(x.shape)} does not broadcast to ${formatShape(shape)}`);
  return sizeOf(x.shape) === sizeOf(shape) ? reshaped(x, shape) : gather(x, shape, broadcastStrides(x.shape, shape));
}

/**
 * The axes of `x` in another order: axis i of the result is axis `axes[i]` of `x`. Shares the elements if none moves.
 */
export function permuted(x: ArrayData, axes: readonly number[]): ArrayData {
  const shape = pick(x.shape, axes);
  if (keepsOrder(x.shape, axes)) return reshaped(x, shape);
  const { data } = x.storage;
  if (x.dtype !== "float32" || backendFor(data.length, WASM_FROM.transposed) !== "wasm")
    return gather(x, shape, pick(stridesOf(x.shape), axes));
  const out = emptyData(shape, x.dtype);
  const to = out.storage.data as Float32Array;
  kernels().transposeF32(data as Float32Array, to, ...mergedAxes(x.shape, axes));
  return out;
}

/** `shape` and `axes` without the axes of size 1, and with those merged that stay neighbours. */
function mergedAxes(shape: Shape, axes: readonly number[]): [shape: number[], axes: number[]] {
  const long = shape.flatMap((n, axis) => (n === 1 ? [] : axis));
  const order = axes.map((axis) => long.indexOf(axis)).filter((place) => place >= 0);
  const firsts = order.filter((place, i) => i === 0 || place !== order[i - 1]! + 1);
  const starts = firsts.toSorted((a, b) => a - b);
  const sizes = starts.map((first, i) => sizeOf(pick(shape, long.slice(first, starts[i + 1]))));
  return [sizes, firsts.map((first) => starts.indexOf(first))];
}

function pick(values: readonly number[], axes: readonly number[]): number[] {
  const picked: number[] = [];
  for (const axis of axes) picked.push(values[axis]!);
  return picked;
}

/** Whether the axes longer than 1 stay in order, so that no element moves. */
export function keepsOrder(shape: Shape, axes: readonly number[]): boolean {
  let last = -1;
  for (const axis of axes) {
    if (shape[axis] === 1) continue;
    if (axis < last) return false;
    last = axis;
  }
  return true;
}

/** The same elements in another shape of the same size. */
export function reshaped(x: ArrayData, shape: Shape): ArrayData {
  return { shape, dtype: x.dtype, storage: x.storage };
}
