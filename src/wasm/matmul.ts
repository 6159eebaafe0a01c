import { BINARY } from "./binary.ts";
import { copyRowsOut } from "./copy.ts";
import { BATCH } from "./memory.ts";
import type { Arena } from "./memory.ts";
import { loadBlock } from "./matvec.ts";

const { floor, max, min } = Math;

/** Whether rows of these widths fit into the regions for batches. */
export function holdsRows(n: number, m: number): boolean {
  return n + 16 <= BATCH && m + 16 <= BATCH;
}

/** out = x @ W, plus `bias` [m], for every row of x [rows, n], W [n, m] packed at `packedPtr`; as many rows at a time as the regions hold. */
export function multiplyRowsPanels(
  arena: Arena,
  packedPtr: number,
  x: Float32Array,
  out: Float32Array,
  rows: number,
  bias: Float32Array | undefined,
): void {
  const n = x.length / rows;
  const m = out.length / rows;
  const width = paddedTo4(m);
  const step = rowsPerStep(n, width);
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    load(arena, x, row, count, n, width);
    arena.exports.matmulPanelsF32(arena.rowsPtr, n, packedPtr, arena.sumsPtr, width, count, n, m);
    if (bias !== undefined) addToSums(arena, bias, count, width);
    copyRowsOut(arena.sums, 0, width, out, row, count, m);
  }
}

/**
 * The same for a `w` [n, m] that is not kept: blocks of it are packed on the way, for all rows at hand. Sums carry over
 * from block to block, so that k still ascends.
 */
export function multiplyRowsStreamed(
  arena: Arena,
  x: Float32Array,
  w: Float32Array,
  out: Float32Array,
  rows: number,
  bias: Float32Array | undefined,
): void {
  const { exports, rowsPtr, sumsPtr, wPtr, panelsPtr } = arena;
  const n = x.length / rows;
  const m = out.length / rows;
  const width = paddedTo4(m);
  const step = rowsPerStep(n, width);
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    // Rows that are packed in fours, and those that are left: the same k lies at another distance from their beginnings.
    const tiled = count & ~3;
    load(arena, x, row, count, n, width);
    for (let c = 0; c < m; c += COLUMNS) {
      const cols = min(COLUMNS, m - c);
      const depth = floor(BATCH / (cols + 3));
      for (let k = 0; k < n; k += depth) {
        const part = min(depth, n - k);
        const sums = sumsPtr + 4 * c;
        loadBlock(arena, w, m, k, part, c, cols);
        exports.packPanelsF32(wPtr, panelsPtr, part, 0, part, 0, cols);
        if (tiled > 0) exports.matmulPanelsF32(rowsPtr + 16 * k, n, panelsPtr, sums, width, tiled, part, cols);
        if (tiled < count)
          exports.matmulPanelsF32(
            rowsPtr + 4 * (tiled * n + k),
            n,
            panelsPtr,
            sums + 4 * tiled * width,
            width,
            count - tiled,
            part,
            cols,
          );
      }
    }
    if (bias !== undefined) addToSums(arena, bias, count, width);
    copyRowsOut(arena.sums, 0, width, out, row, count, m);
  }
}

/** Columns of a block that is packed on the way: few enough that a block is some hundred rows deep. */
const COLUMNS = 256;

/** As many rows as the regions hold, in fours, which the kernel takes together, where there are as many. */
function rowsPerStep(n: number, width: number): number {
  const most = floor(BATCH / max(n, width, 1));
  return most >= 4 ? most & ~3 : max(1, most);
}

function paddedTo4(m: number): number {
  return m + (-m & 3);
}

/** Brings `count` rows of x to their region, as the kernel takes them, by way of that of the sums, and clears the sums. */
function load(arena: Arena, x: Float32Array, row: number, count: number, n: number, width: number): void {
  arena.sums.set(count * n === x.length ? x : x.subarray(row * n, (row + count) * n));
  arena.exports.packRowsF32(arena.sumsPtr, arena.rowsPtr, count, n);
  arena.clearSums(count * width);
}

/** Adds the bias to `count` rows of sums, as `binaryF32` adds. It goes where x lay; what pads it is added to what pads the rows. */
function addToSums({ exports, rows, rowsPtr, sumsPtr }: Arena, bias: Float32Array, count: number, width: number): void {
  rows.set(bias);
  exports.binaryF32(BINARY.add, sumsPtr, rowsPtr, sumsPtr, count * width, width);
}
