import type { Padding, Windows } from "./windows.ts";

/** Up to this many elements a loop is faster than the views of `set` (Node 20, 2026-11). */
const SHORT = 64;

/** Writes `many` lines of the image of `x`, from line `first` on, to `to` from index `at` on. */
export function writeLines(
  x: Float32Array,
  { pitch, lines, pieces, value }: Padding,
  first: number,
  many: number,
  to: Float32Array,
  at: number,
): void {
  for (let line = first; line < first + many; line++, at += pitch) {
    const start = lines[line]!;
    let done = at;
    const count = start < 0 ? 0 : pieces.length;
    for (let i = 0; i < count; i++) {
      const piece = pieces[i]!;
      const next = at + piece.to;
      fillRun(to, done, next, value);
      copyRun(x, start + piece.from, piece.n, to, next);
      done = next + piece.n;
    }
    fillRun(to, done, at + pitch, value);
  }
}

/** The image that the windows lie in, of the array `x`. */
export function paddedImage(x: Float32Array, { padding }: Windows): Float32Array {
  if (padding === undefined) return x;
  const image = new Float32Array(padding.pitch * padding.lines.length);
  writeLines(x, padding, 0, padding.lines.length, image, 0);
  return image;
}

/** Copies `n` elements. */
export function copyRun(from: Float32Array, start: number, n: number, to: Float32Array, at: number): void {
  if (n < SHORT) for (let i = 0; i < n; i++) to[at + i] = from[start + i]!;
  else to.set(from.subarray(start, start + n), at);
}

function fillRun(to: Float32Array, at: number, end: number, value: number): void {
  if (end - at < SHORT) for (; at < end; at++) to[at] = value;
  else to.fill(value, at, end);
}
