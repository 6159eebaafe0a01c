import type { Arena } from "./memory.ts";
import { BLOCK, VECTOR } from "./memory.ts";

const { ceil, floor, max, min } = Math;

/** So many elements in a row are worth a `set` of their own. */
const ROW = 256;

/** A number for each axis of x. */
type Numbers = readonly number[];

/**
 * out = `x` with its axes in another order. What is too large goes in parts: of 256 KiB, which stay in the second-level
 * cache and take two thirds of the time of 1 MiB (Node 24, 2026-12), or less where the heap has no room.
 */
export function transpose(arena: Arena, x: Float32Array, out: Float32Array, shape: Numbers, axes: Numbers): void {
  if (out.length === 0) return;
  const bytes = 4 * min(BLOCK, out.length);
  const ptr = out.length <= VECTOR ? 0 : arena.allocateInPlace(bytes);
  const [fromPtr, toPtr] = [ptr === 0 ? arena.xPtr : ptr, arena.wPtr];
  const order = shape.map((_, axis) => axis);
  const part = partOf(shape, order, axes, ptr === 0 ? VECTOR : BLOCK);
  const start = shape.map(() => 0);
  do {
    const sizes = part.map((n, axis) => min(n, shape[axis]! - start[axis]!));
    eachRow(shape, order, sizes, start, (at, place, n) =>
      arena.floats.set(x.subarray(place, place + n), fromPtr / 4 + at),
    );
    transposePart(arena, fromPtr, toPtr, sizes, order, axes);
    eachRow(shape, axes, sizes, start, (at, place, n) =>
      out.set(arena.floats.subarray(toPtr / 4 + at, toPtr / 4 + at + n), place),
    );
  } while (advance(start, part, shape));
  if (ptr !== 0) arena.release(ptr, bytes);
}

/** The sizes of a part of at most `most` elements, which has rows of `ROW` elements on both sides where there are. */
function partOf(shape: Numbers, order: Numbers, axes: Numbers, most: number): number[] {
  const part = shape.map(() => 1);
  let size = 1;
  const grow = (along: Numbers, row: number): void => {
    for (let i = along.length - 1, n = 1; i >= 0 && n < row; i--) {
      const axis = along[i]!;
      const others = size / part[axis]!;
      const count = min(shape[axis]!, ceil(row / n), floor(most / others));
      part[axis] = max(part[axis]!, count);
      size = others * part[axis]!;
      n *= part[axis]!;
      if (part[axis]! < shape[axis]!) break;
    }
  };
  grow(axes, ROW);
  grow(order, ROW);
  grow(order, most);
  return part;
}

/** Moves `start` to the next part; whether there is one. */
function advance(start: number[], part: Numbers, shape: Numbers): boolean {
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    start[axis]! += part[axis]!;
    if (start[axis]! < shape[axis]!) return true;
    start[axis] = 0;
  }
  return false;
}

/** For each axis, how many elements apart its neighbours are in an array whose axes are in `order`. */
function stridesOf(shape: Numbers, order: Numbers): number[] {
  const strides = shape.slice();
  let stride = 1;
  for (let i = order.length - 1; i >= 0; i--) {
    strides[order[i]!] = stride;
    stride *= shape[order[i]!]!;
  }
  return strides;
}

/**
 * Calls `row(at, place, n)` for each contiguous row of a part: `at` is where its `n` elements are in the part, `place`
 * where they are in the whole array, whose axes are in `order` too.
 */
function eachRow(
  shape: Numbers,
  order: Numbers,
  sizes: Numbers,
  start: Numbers,
  row: (at: number, place: number, n: number) => void,
): void {
  const strides = stridesOf(shape, order);
  let last = order.length - 1;
  let n = 1;
  for (let whole = true; last >= 0 && whole; last--) {
    n *= sizes[order[last]!]!;
    whole = sizes[order[last]!] === shape[order[last]!];
  }
  const size = sizes.reduce((product, count) => product * count, 1);
  const index = sizes.map(() => 0);
  let place = start.reduce((sum, i, axis) => sum + i * strides[axis]!, 0);
  for (let at = 0; at < size; at += n) {
    row(at, place, n);
    for (let i = last; i >= 0; i--) {
      const axis = order[i]!;
      place += strides[axis]!;
      if (++index[axis]! < sizes[axis]!) break;
      index[axis] = 0;
      place -= strides[axis]! * sizes[axis]!;
    }
  }
}

/** Transposes a part in linear memory. */
function transposePart(
  { exports, chunk32, chunkPtr }: Arena,
  fromPtr: number,
  toPtr: number,
  sizes: Numbers,
  order: Numbers,
  axes: Numbers,
): void {
  const from = stridesOf(sizes, order);
  const to = stridesOf(sizes, axes);
  // The plane has the last axis of x that is longer than 1, and the last other one of the result.
  const cols = sizes.findLastIndex((n) => n > 1);
  const others = axes.filter((axis) => sizes[axis]! > 1 && axis !== cols);
  const rows = others.pop() ?? -1;
  others.forEach((axis, i) => chunk32.set([sizes[axis]!, 4 * from[axis]!, 4 * to[axis]!, 0], 4 * i));
  const [count = 1, width = 1] = [sizes[rows], sizes[cols]];
  const [fromRow = 0, toRow = 0, toCol = 1] = [from[rows], to[rows], to[cols]];
  exports.transposeF32(fromPtr, chunkPtr, toPtr, others.length, count, width, 4 * fromRow, 4 * toRow, 4 * toCol);
}
