import type { Dense } from "./dense.ts";
import { zerosDense } from "./dense.ts";
import type { TypedArray } from "./dtype.ts";
import type { Shape } from "./shape.ts";
import { sameShape } from "./shape.ts";

/** How far apart neighbours along each axis of a row-major array lie. */
export function stridesOf(shape: Shape): number[] {
  const strides = Array.from(shape, () => 0);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** The strides with which an array of shape `own` is read as one of the broadcast `shape`: 0 along stretched axes. */
export function broadcastStrides(own: Shape, shape: Shape): number[] {
  const lead = shape.length - own.length;
  const strides = stridesOf(own);
  return shape.map((_, axis) => (axis < lead || own[axis - lead] === 1 ? 0 : strides[axis - lead]!));
}

/**
 * A walk over a shape in rows: `inner` neighbouring elements that the operands pass with the steps `dx`, `dy`, and the
 * axes around them. Axes that both operands pass evenly are one axis, so that equal shapes and scalars are one row.
 */
export interface Walk {
  readonly inner: number;
  readonly dx: number;
  readonly dy: number;
  readonly outer: Shape;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** The walk over `shape` of operands with the strides `xs`, `ys`. */
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

/** Calls `row(at, x, y)` for every row of the walk: where it starts in the result of `length` elements and in the operands. */
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

/** The elements of `x` read from `offset` with `strides` as a new array of `shape`. */
export function gather(x: Dense, shape: Shape, strides: readonly number[], offset = 0): Dense {
  const out = zerosDense(shape, x.dtype);
  const to = out.storage.data;
  const walk = walkOf(shape, strides, strides);
  eachRow(walk, to.length, (at, start) => copyRow(x.storage.data, offset + start, walk.dx, to, at, walk.inner));
  return out;
}

function copyRow(from: TypedArray, start: number, step: number, to: TypedArray, at: number, count: number): void {
  if (step === 1 && count > 16) to.set(from.subarray(start, start + count), at);
  else if (step === 0) to.fill(from[start]!, at, at + count);
  else for (let i = 0, j = start; i < count; i++, j += step) to[at + i] = from[j]!;
}

/** `x` stretched to `shape`, which it broadcasts to; itself where nothing stretches. */
export function stretch(x: Dense, shape: Shape): Dense {
  return sameShape(x.shape, shape) ? x : gather(x, shape, broadcastStrides(x.shape, shape));
}

/** `x` with the axes in the order `axes`. */
export function permute(x: Dense, axes: readonly number[]): Dense {
  const strides = stridesOf(x.shape);
  const shape = axes.map((axis) => x.shape[axis]!);
  // Where only axes of size 1 move, the elements stay.
  const moving = axes.filter((axis) => x.shape[axis] !== 1);
  if (moving.every((axis, i) => i === 0 || moving[i - 1]! < axis)) return reshaped(x, shape);
  return gather(x, shape, axes.map((axis) => strides[axis]!));
}

/** The same elements in another shape of the same size. */
export function reshaped(x: Dense, shape: Shape): Dense {
  return { shape, dtype: x.dtype, storage: x.storage };
}

