/** Matrices of 16-bit floats in column panels. */
import { widen } from "../base/index.ts";
import { VECTOR } from "./memory.ts";
import type { Arena } from "./memory.ts";
import { rowsPerBlock } from "./pack.ts";

const { ceil, min } = Math;

/** Bytes of a packed bfloat16 matrix [n, m]. */
export function halfBytes(n: number, m: number): number {
  return 2 * n * halfColumns(m);
}

/** Columns of the panels of a bfloat16 matrix of `m` columns. */
export function halfColumns(m: number): number {
  return 8 * ceil(m / 8);
}

/** Packs a bfloat16 `w` [n, m] into panels that stay narrow, at `packedPtr`. */
export function packHalf(arena: Arena, w: Uint16Array, n: number, m: number, packedPtr: number): void {
  const { exports, wPtr } = arena;
  const words = new Uint16Array(exports.memory.buffer, wPtr, 2 * arena.w.length);
  eachBlock(w, n, m, (part, at, k, rows, c, cols) => {
    words.set(part, at);
    if (at + part.length === rows * cols) exports.packHalfF32(wPtr, packedPtr, n, k, rows, c, cols);
  });
}

/** Packs a float16 `w` [n, m] into panels of float32 at `packedPtr`. */
export function packWidened(arena: Arena, w: Uint16Array, n: number, m: number, packedPtr: number): void {
  const { exports, wPtr } = arena;
  eachBlock(w, n, m, (part, at, k, rows, c, cols) => {
    widen("float16", part, arena.w.subarray(at, at + part.length));
    if (at + part.length === rows * cols) exports.packPanelsF32(wPtr, packedPtr, n, k, rows, c, cols);
  });
}

/**
 * Calls `put` with the parts of `w` [n, m] in blocks of rows k .. k + rows - 1 and columns c .. c + cols - 1, each with
 * its place in its block.
 */
function eachBlock(
  w: Uint16Array,
  n: number,
  m: number,
  put: (part: Uint16Array, at: number, k: number, rows: number, c: number, cols: number) => void,
): void {
  for (let c = 0; c < m; c += VECTOR) {
    const cols = min(VECTOR, m - c);
    const step = rowsPerBlock(cols);
    for (let k = 0; k < n; k += step) {
      const rows = min(step, n - k);
      if (cols === m) put(w.subarray(k * m, (k + rows) * m), 0, k, rows, c, cols);
      else
        for (let row = 0; row < rows; row++) {
          const from = (k + row) * m + c;
          put(w.subarray(from, from + cols), row * cols, k, rows, c, cols);
        }
    }
  }
}
