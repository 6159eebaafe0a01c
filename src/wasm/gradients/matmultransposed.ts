import { packedColumns } from "../pack.ts";
import type { Arena } from "../memory.ts";
import type { GradientExports } from "./exports.ts";
import { places } from "./outer.ts";
import { clear, loadPart, storePart } from "./workspace.ts";

const { floor, max, min } = Math;

/** Elements of w, and of the rows and sums, that are in linear memory at a time. */
const WEIGHTS = 2 ** 18;
const ROWS = 65536;

/** Rows of w are packed as columns of its transpose, so that the products' own kernels add up. */
export function matmulTransposed(
  arena: Arena,
  exports: GradientExports,
  x: Float32Array,
  w: Float32Array,
  out: Float32Array,
  rows: number,
): void {
  const n = x.length / rows;
  const m = out.length / rows;
  const cols = min(m, max(16, floor(WEIGHTS / n) & ~15));
  const width = packedColumns(cols);
  const step = min(rows, max(4, floor(ROWS / max(n, width)) & ~3));
  const [wBytes, packedBytes, xBytes, sumBytes] = [4 * n * cols, 4 * n * width, 4 * n * step, 4 * step * width];
  const bytes = wBytes + packedBytes + 2 * xBytes + sumBytes + 5 * 64;
  const base = arena.allocateOrThrow(bytes, "matmulTransposedF32");
  const [wPtr, packedWPtr, xPtr, packedXPtr, sumPtr] = places(base, [
    wBytes,
    packedBytes,
    xBytes,
    xBytes,
    sumBytes,
  ]) as [number, number, number, number, number];
  try {
    for (let col = 0; col < m; col += cols) {
      const count = min(cols, m - col);
      const stride = packedColumns(count);
      loadPart(arena, w, n, col, count, 0, n, wPtr);
      exports.packTransposedF32(wPtr, 4 * n, packedWPtr, n, count);
      for (let row = 0; row < rows; row += step) {
        const part = min(step, rows - row);
        loadPart(arena, x, n, row, part, 0, n, xPtr);
        arena.exports.packRowsF32(xPtr, packedXPtr, part, n);
        clear(arena, sumPtr, part * stride);
        arena.exports.matmulPanelsF32(packedXPtr, n, packedWPtr, sumPtr, stride, part, n, count);
        storePart(arena, sumPtr, stride, out, m, row, part, col, count);
      }
    }
  } finally {
    arena.release(base, bytes);
  }
}
