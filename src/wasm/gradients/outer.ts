import type { Descent } from "../../base/index.ts";
import { packedColumns } from "../pack.ts";
import type { Arena } from "../memory.ts";
import { descend } from "./descend.ts";
import type { GradientExports } from "./exports.ts";
import { clear, loadPart, storePart } from "./workspace.ts";

const { floor, max, min } = Math;

/** The rows that are summed in one accumulator. */
const BLOCK = 256;
/** Columns of y, and elements of the result, that are in linear memory at a time. The sums stay in the cache. */
const COLUMNS = 1024;
const SUMS = 65536;
/** Elements of x that are copied at once. */
const WHOLE = 2 ** 18;

/**
 * The columns of x are read as rows of its transpose, four together, so that the products' own kernels add up: they run
 * on all threads where there are several. Sums that lie as the result does become parameters where they are.
 */
export function outer(
  arena: Arena,
  exports: GradientExports,
  x: Float32Array,
  y: Float32Array,
  out: Float32Array,
  rows: number,
  descent?: Descent,
): void {
  const n = x.length / rows;
  const m = y.length / rows;
  const depth = min(BLOCK, rows);
  const cols = min(COLUMNS, m);
  const width = packedColumns(cols);
  // Whole fours of columns, as many as the sums have room for.
  const step = min(n, max(4, floor(SUMS / width) & ~3));
  // One block of rows that is not large is copied at once.
  const isWhole = rows <= BLOCK && rows * n <= WHOLE;
  const xBytes = 4 * depth * (isWhole ? n : step);
  const packedBytes = 4 * depth * step;
  const yBytes = 4 * depth * width;
  const sumBytes = 4 * step * width;
  // Sums of all columns without padding lie as the result does.
  const isTogether = descent !== undefined && width === m;
  const bytes = xBytes + packedBytes + 2 * yBytes + 2 * sumBytes + 6 * 64;
  const base = arena.allocateOrThrow(bytes, "outerF32");
  const [xPtr, packedXPtr, yPtr, packedYPtr, sumPtr, partPtr] = places(base, [
    xBytes,
    packedBytes,
    yBytes,
    yBytes,
    sumBytes,
    sumBytes,
  ]) as [number, number, number, number, number, number];
  try {
    for (let col = 0; col < m; col += COLUMNS) {
      const count = min(COLUMNS, m - col);
      const stride = packedColumns(count);
      for (let first = 0; first < n; first += step) {
        const part = min(step, n - first);
        clear(arena, sumPtr, part * stride);
        if (rows > BLOCK) clear(arena, partPtr, part * stride);
        for (let from = 0; from < rows; from += BLOCK) {
          const k = min(BLOCK, rows - from);
          if (isWhole) {
            if (col === 0 && first === 0) loadPart(arena, x, n, 0, k, 0, n, xPtr);
            exports.packColumnsF32(xPtr + 4 * first, n, packedXPtr, k, part);
          } else {
            loadPart(arena, x, n, from, k, first, part, xPtr);
            exports.packColumnsF32(xPtr, part, packedXPtr, k, part);
          }
          if (first === 0 || rows > BLOCK) {
            loadPart(arena, y, m, from, k, col, count, yPtr);
            arena.exports.packPanelsF32(yPtr, packedYPtr, k, 0, k, 0, count);
          }
          const to = from === 0 ? sumPtr : partPtr;
          arena.exports.matmulPanelsF32(packedXPtr, k, packedYPtr, to, stride, part, k, count);
          if (from > 0) exports.accumulateF32(sumPtr, partPtr, part * stride);
        }
        if (isTogether) descend(arena, exports, descent, out, first * m, part * m, sumPtr);
        else storePart(arena, sumPtr, stride, out, m, first, part, col, count);
      }
    }
    if (descent !== undefined && !isTogether) descend(arena, exports, descent, out, 0, out.length);
  } finally {
    arena.release(base, bytes);
  }
}

/** Addresses of blocks of these sizes one behind the other from `ptr` on, each on a 64-byte boundary. */
export function places(ptr: number, sizes: readonly number[]): number[] {
  let at = ptr;
  return sizes.map((size) => {
    const place = at;
    at += (size + 63) & ~63;
    return place;
  });
}
