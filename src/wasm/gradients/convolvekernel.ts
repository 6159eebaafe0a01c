import type { Windows } from "../../base/index.ts";
import { packedColumns } from "../pack.ts";
import type { Arena } from "../memory.ts";
import { inShares } from "../shares.ts";
import { wordsAt } from "../windowlines.ts";
import type { GradientExports } from "./exports.ts";
import { places as placesOf } from "./outer.ts";
import { clear, loadPart, storePart } from "./workspace.ts";

const { floor, max, min } = Math;

/** The rows that are summed in one accumulator. */
const BLOCK = 256;
/** Columns of ct, and elements of the result, that are in linear memory at a time. The sums stay in the cache. */
const COLUMNS = 1024;
const SUMS = 65536;
/** Threads share the result's rows in fours, as windows are packed. */
const UNIT = 4;
/** Blocks of rows that threads are given at a time: each is three steps of a job. */
const TOGETHER = 5;

/** As `outer`, of the windows of the part of the image that a block of them sees. */
export function convolveKernel(
  arena: Arena,
  exports: GradientExports,
  x: Float32Array,
  ct: Float32Array,
  out: Float32Array,
  windows: Windows,
): void {
  const { lines, places, runs, run } = windows;
  const rows = lines.length * places;
  const n = runs.length * run;
  const m = out.length / n;
  const depth = min(BLOCK, rows);
  const most = arena.scheduler === undefined ? BLOCK : TOGETHER * BLOCK;
  const cols = min(COLUMNS, m);
  const width = packedColumns(cols);
  const step = min(n, max(4, floor(SUMS / width) & ~3));
  const [yBytes, sumBytes] = [4 * depth * width, 4 * step * width];
  const together = min(most, rows);
  const seen = seenAtOnce(windows, most);
  const packedBytes = 4 * together * width;
  const sizes = [4 * together, 4 * n, 4 * seen, 4 * depth * step, yBytes, packedBytes, sumBytes, sumBytes];
  const bytes = sizes.reduce((sum, size) => sum + size + 64, 0);
  const base = arena.allocateOrThrow(bytes, "convolveKernelF32");
  const [rowsPtr, offsetsPtr, xPtr, packedXPtr, yPtr, packedYPtr, sumPtr, partPtr] = placesOf(base, sizes) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  try {
    writeOffsets(arena, offsetsPtr, windows);
    for (let col = 0; col < m; col += COLUMNS) {
      const count = min(COLUMNS, m - col);
      const stride = packedColumns(count);
      for (let first = 0; first < n; first += step) {
        const part = min(step, n - first);
        clear(arena, sumPtr, part * stride);
        if (rows > BLOCK) clear(arena, partPtr, part * stride);
        for (let from = 0; from < rows; from += most) {
          const some = min(most, rows - from);
          loadWindows(arena, x, windows, from, some, xPtr, rowsPtr);
          for (let row = 0; row < some; row += BLOCK) {
            const k = min(BLOCK, some - row);
            loadPart(arena, ct, m, from + row, k, col, count, yPtr);
            arena.exports.packPanelsF32(yPtr, packedYPtr + 4 * row * stride, k, 0, k, 0, count);
          }
          inShares(arena, exports, some * part * count, part, UNIT, (at, many, own, kernels) => {
            const packedPtr = packedXPtr + 4 * depth * at;
            const slice = 4 * stride * at;
            for (let row = 0; row < some; row += BLOCK) {
              const k = min(BLOCK, some - row);
              own.packWindowsF32(rowsPtr + 4 * row, offsetsPtr + 4 * (first + at), packedPtr, k, many);
              const isFirst = from + row === 0;
              const to = (isFirst ? sumPtr : partPtr) + slice;
              kernels.matmulPanelsF32(packedPtr, k, packedYPtr + 4 * row * stride, to, stride, many, k, count);
              if (!isFirst) own.accumulateF32(sumPtr + slice, partPtr + slice, many * stride);
            }
          });
        }
        storePart(arena, sumPtr, stride, out, m, first, part, col, count);
      }
    }
  } finally {
    arena.release(base, bytes);
  }
}

/** Where the window of row `row` begins in the image. */
function startOf({ lines, places, step }: Windows, row: number): number {
  return lines[floor(row / places)]! + (row % places) * step;
}

/** The most elements of the image from the first to the last that so many windows see. */
function seenAtOnce(windows: Windows, count: number): number {
  const { lines, places, runs, run } = windows;
  const rows = lines.length * places;
  let most = 0;
  for (let from = 0; from < rows; from += count)
    most = max(most, startOf(windows, min(rows, from + count) - 1) - startOf(windows, from));
  return most + runs[runs.length - 1]! + run;
}

/** How many bytes behind its beginning each element of a window is. */
function writeOffsets(arena: Arena, ptr: number, { runs, run }: Windows): void {
  const offsets = wordsAt(arena, ptr, runs.length * run);
  for (let q = 0, at = 0; q < runs.length; q++) for (let i = 0; i < run; i++) offsets[at++] = 4 * (runs[q]! + i);
}

/** Copies what `k` windows from row `from` on see to `xPtr`, and writes their addresses to `rowsPtr`. */
function loadWindows(
  arena: Arena,
  x: Float32Array,
  windows: Windows,
  from: number,
  k: number,
  xPtr: number,
  rowsPtr: number,
): void {
  const { runs, run } = windows;
  const start = startOf(windows, from);
  const end = startOf(windows, from + k - 1) + runs[runs.length - 1]! + run;
  arena.floats.set(start === 0 && end === x.length ? x : x.subarray(start, end), xPtr / 4);
  const addresses = wordsAt(arena, rowsPtr, k);
  for (let row = 0; row < k; row++) addresses[row] = xPtr + 4 * (startOf(windows, from + row) - start);
}
