import { copyIn, copyOut } from "./copy.ts";
import { BLOCK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { floor, max, min } = Math;

/** Half of the block region; kernels may write past the end by less than a group of 16. */
export const HALF = BLOCK / 2 - 16;

/** A part of an array [outer, n, inner, size]: `rows` times `cols` runs of `run` elements, a row `width` behind the one before. */
export interface Block {
  /** Index of the first element. */
  readonly at: number;
  readonly width: number;
  readonly rows: number;
  readonly cols: number;
  readonly run: number;
  /** How many elements of each line [n, size] come before. */
  readonly term: number;
}

/**
 * Walks over the `lines` = outer * inner lines of an array [outer, n, inner, size] in blocks of at most `room` elements, of
 * `most` neighbouring lines at a time, which `open` and `close` hear of before the first block and after the last.
 */
export function eachBlock(lines: number, n: number, inner: number, size: number, room: number, most: number, open: (line: number, cols: number) => void, visit: (block: Block) => void, close?: (line: number, cols: number) => void): void {
  const width = inner * size;
  for (let line = 0, cols: number; line < lines; line += cols) {
    const column = line % inner;
    cols = min(inner - column, most, max(1, floor(room / size)));
    open(line, cols);
    const step = max(1, floor(room / (cols * size)));
    const start = ((line - column) * n + column) * size;
    for (let k = 0; k < n; k += step) {
      for (let j = 0; j < size; j += room) visit({ at: start + k * width + j, width, rows: min(step, n - k), cols, run: min(room, size - j), term: k * size + j });
    }
    close?.(line, cols);
  }
}

/** Copies a block of `x` to the beginning of the block region. */
export function copyBlockIn({ w }: Arena, x: Float32Array, { at, width, rows, cols, run }: Block): void {
  const m = cols * run;
  if (m === width) return copyIn(x, at, rows * m, w);
  for (let row = 0; row < rows; row++) w.set(x.subarray(at + row * width, at + row * width + m), row * m);
}

/** Copies a block of `out` from the second half of the block region. */
export function copyBlockOut({ w }: Arena, out: Float32Array, { at, width, rows, cols, run }: Block): void {
  const m = cols * run;
  if (m === width) return copyOut(w, rows * m, out, at, BLOCK / 2);
  for (let row = 0; row < rows; row++) out.set(w.subarray(BLOCK / 2 + row * m, BLOCK / 2 + (row + 1) * m), at + row * width);
}

/** Copies the `n` elements of `from` from index `start` on, which goes on from its beginning after its last, to `to` from `at` on. */
export function copyCircle(from: Float32Array, start: number, n: number, to: Float32Array, at: number): void {
  const m = from.length;
  if (m === 1) to.fill(from[0]!, at, at + n);
  else for (let i = 0, count: number; i < n; i += count) {
    const first = (start + i) % m;
    count = min(m - first, n - i);
    to.set(count === m ? from : from.subarray(first, first + count), at + i);
  }
}
