/** Matrices in column panels: the form that products read, made by `packPanelsF32`. */
import { copyIn } from "./copy.ts";
import { BLOCK, VECTOR } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { floor, max, min } = Math;

/** Packs `w` [n, m] into panels at `packedPtr`. */
export function packPanels(arena: Arena, w: Float32Array, n: number, m: number, packedPtr: number): void {
  const { exports, wPtr } = arena;
  for (let c = 0; c < m; c += VECTOR) {
    const cols = min(VECTOR, m - c);
    const step = rowsPerBlock(cols);
    for (let k = 0; k < n; k += step) {
      const rows = min(step, n - k);
      loadBlock(arena, w, m, k, rows, c, cols);
      exports.packPanelsF32(wPtr, packedPtr, n, k, rows, c, cols);
    }
  }
}

/**
 * Bytes that a packed [n, m] matrix takes, with room for an x that the fixed region does not hold; or one of whose
 * columns each group is packed apart.
 */
export function packedBytes(n: number, m: number, groups = 1): number {
  return 4 * n * (groups * packedColumns(m / groups) + (n > VECTOR ? 1 : 0));
}

/** Columns of the panels of a matrix of `m` columns. */
export function packedColumns(m: number): number {
  return m + (-m & 3);
}

/** How many rows of `cols` columns the block region holds; x holds at least as many elements. */
export function rowsPerBlock(cols: number): number {
  return min(VECTOR, max(1, floor(BLOCK / cols)));
}

/** Copies rows k .. k + rows - 1, columns c .. c + cols - 1 of `w` [n, m] to the block region, row-major. */
export function loadBlock(
  arena: Arena,
  w: Float32Array,
  m: number,
  k: number,
  rows: number,
  c: number,
  cols: number,
): void {
  if (cols === m) return copyIn(w, k * m, rows * m, arena.w);
  for (let row = 0; row < rows; row++) {
    const from = (k + row) * m + c;
    arena.w.set(w.subarray(from, from + cols), row * cols);
  }
}
