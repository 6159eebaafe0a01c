import { copyIn, copyOut } from "./copy.ts";
import { BLOCK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { floor, max, min } = Math;

/** Half of the block region, less a group of 16, because kernels may write past the end by less than that. */
export const HALF = BLOCK / 2 - 16;

/**
 * Called for a part of an array [outer, n, inner, size]: `rows` times `cols` runs of `run` elements from index `at` on,
 * each row `width` behind the one before. `term` elements of each line [n, size] come before.
 */
type Visit = (at: number, width: number, rows: number, cols: number, run: number, term: number) => void;

/**
 * Visits the `lines` = outer * inner lines of an array [outer, n, inner, size] in parts of at most `room` elements, of
 * at most `maxLines` neighbouring lines at a time. `open` and `close` are called before their first part and after
 * their last.
 */
export function eachBlock(
  lines: number,
  n: number,
  inner: number,
  size: number,
  room: number,
  maxLines: number,
  open: (line: number, cols: number) => void,
  visit: Visit,
  close?: (line: number, cols: number) => void,
): void {
  const width = inner * size;
  for (let line = 0, cols: number; line < lines; line += cols) {
    const column = line % inner;
    cols = min(inner - column, maxLines, max(1, floor(room / size)));
    open(line, cols);
    const step = max(1, floor(room / (cols * size)));
    const start = ((line - column) * n + column) * size;
    for (let k = 0; k < n; k += step) {
      for (let j = 0; j < size; j += room)
        visit(start + k * width + j, width, min(step, n - k), cols, min(room, size - j), k * size + j);
    }
    close?.(line, cols);
  }
}

/**
 * Copies `rows` rows of `m` elements of `x`, `width` apart, from index `at` on, to the beginning of the block region.
 */
export function copyBlockIn({ w }: Arena, x: Float32Array, at: number, width: number, rows: number, m: number): void {
  if (m === width) return copyIn(x, at, rows * m, w);
  for (let row = 0; row < rows; row++, at += width) w.set(x.subarray(at, at + m), row * m);
}

/** Copies such rows back to `out` from the second half of the block region, or from element `from` of it. */
export function copyBlockOut(
  { w }: Arena,
  out: Float32Array,
  at: number,
  width: number,
  rows: number,
  m: number,
  from: number = BLOCK / 2,
): void {
  if (m === width) return copyOut(w, rows * m, out, at, from);
  for (let row = 0; row < rows; row++, at += width, from += m) out.set(w.subarray(from, from + m), at);
}

/**
 * Calls `kernel` for as many rows [rows, n] at a time as fit: x in the first half of the block region, the results in
 * the second.
 */
export function eachRowBlock(
  arena: Arena,
  x: Float32Array,
  n: number,
  out: Float32Array,
  kernel: (xPtr: number, rows: number, outPtr: number, row: number) => void,
): void {
  const { wPtr, w } = arena;
  const total = out.length / n;
  const step = floor(HALF / n);
  for (let row = 0; row < total; row += step) {
    const rows = min(step, total - row);
    copyIn(x, row * n, rows * n, w);
    kernel(wPtr, rows, wPtr + 2 * BLOCK, row);
    copyOut(w, rows * n, out, row * n, BLOCK / 2);
  }
}

/** Copies `n` elements of `from`, read cyclically from index `start` on, to `to` from `at` on. */
export function copyCyclic(from: Float32Array, start: number, n: number, to: Float32Array, at: number): void {
  const m = from.length;
  if (m === 1) to.fill(from[0]!, at, at + n);
  else
    for (let i = 0, count: number; i < n; i += count) {
      const first = (start + i) % m;
      count = min(m - first, n - i);
      to.set(count === m ? from : from.subarray(first, first + count), at + i);
    }
}
