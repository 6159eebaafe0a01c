import type { Arena } from "../memory.ts";

/**
 * Copies `rows` rows of `cols` elements of a matrix [..., m], from row `row` and column `col` on, to `ptr`, one behind
 * the other.
 */
export function loadPart(
  arena: Arena,
  x: Float32Array,
  m: number,
  row: number,
  rows: number,
  col: number,
  cols: number,
  ptr: number,
): void {
  const { floats } = arena;
  const to = ptr / 4;
  if (cols === m) floats.set(rows * m === x.length ? x : x.subarray(row * m, (row + rows) * m), to);
  else
    for (let i = 0, from = row * m + col; i < rows; i++, from += m)
      floats.set(x.subarray(from, from + cols), to + i * cols);
}

/** Copies a matrix [rows, cols], whose rows are `width` apart at `ptr`, to rows and columns of `out` [..., m]. */
export function storePart(
  arena: Arena,
  ptr: number,
  width: number,
  out: Float32Array,
  m: number,
  row: number,
  rows: number,
  col: number,
  cols: number,
): void {
  const { floats } = arena;
  const from = ptr / 4;
  if (cols === m && width === m) out.set(floats.subarray(from, from + rows * m), row * m);
  else if (cols < 64)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < cols; j++) out[(row + i) * m + col + j] = floats[from + i * width + j]!;
  else
    for (let i = 0; i < rows; i++)
      out.set(floats.subarray(from + i * width, from + i * width + cols), (row + i) * m + col);
}

/** Makes `n` elements at `ptr` +0, and one more where `n` is odd: in pairs, as `clearSums` does. */
export function clear(arena: Arena, ptr: number, n: number): void {
  new Float64Array(arena.exports.memory.buffer, ptr, Math.ceil(n / 2)).fill(0);
}
