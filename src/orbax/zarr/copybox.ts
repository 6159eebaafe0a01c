import type { Target } from "./array.ts";

/**
 * Copies a chunk of `shape`, row-major, to where it belongs in the array: its first element goes to `origin`. What
 * lies beyond the array's end is left out.
 */
export function copyBox(chunk: Uint8Array, shape: readonly number[], origin: readonly number[], target: Target): void {
  forEachRow(shape, origin, target, (to, from, length) => {
    target.bytes.set(chunk.subarray(from, from + length), to);
  });
}

/** Writes `element` to all elements of the array in the box of `shape` at `origin`. */
export function fillBox(
  element: Uint8Array,
  shape: readonly number[],
  origin: readonly number[],
  target: Target,
): void {
  if (element.every((byte) => byte === 0)) return; // The array was made of zeros.
  forEachRow(shape, origin, target, (to, _, length) => {
    for (let i = to; i < to + length; i += element.length) target.bytes.set(element, i);
  });
}

/** Calls `visit` with every row of the box inside the array: its first byte there, in the box, and how many. */
function forEachRow(
  shape: readonly number[],
  origin: readonly number[],
  { shape: whole, itemSize }: Target,
  visit: (to: number, from: number, length: number) => void,
): void {
  const inside = shape.map((size, axis) => Math.min(size, whole[axis]! - origin[axis]!));
  if (inside.some((size) => size <= 0)) return;
  const last = shape.length - 1;

  function walk(axis: number, to: number, from: number): void {
    if (axis >= last) {
      const start = axis === last ? to * whole[axis]! + origin[axis]! : 0;
      const length = (axis === last ? inside[axis]! : 1) * itemSize;
      visit(start * itemSize, (axis === last ? from * shape[axis]! : 0) * itemSize, length);
      return;
    }
    for (let i = 0; i < inside[axis]!; i++)
      walk(axis + 1, to * whole[axis]! + origin[axis]! + i, from * shape[axis]! + i);
  }
  walk(0, 0, 0);
}
