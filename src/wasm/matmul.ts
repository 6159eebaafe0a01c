import { BATCH } from "./memory.ts";
import type { Arena } from "./memory.ts";
import { loadBlock } from "./matvec.ts";

const { floor, max, min } = Math;

/** Whether rows of these widths fit into the regions for batches. */
export function holdsRows(n: number, m: number): boolean {
  return n <= BATCH && m + 4 <= BATCH;
}

/** out = x @ W for every row of x [rows, n], W [n, m] packed at `packedPtr`; as many rows at a time as the regions hold. */
export function multiplyRowsPanels(arena: Arena, packedPtr: number, x: Float32Array, out: Float32Array, rows: number): void {
  const n = x.length / rows;
  const m = out.length / rows;
  const width = m + (-m & 3);
  const step = rowsPerStep(n, width);
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    load(arena, x, row, count, n, width);
    arena.exports.matmulPanelsF32(arena.rowsPtr, n, packedPtr, arena.sumsPtr, width, count, n, m);
    store(arena, out, row, count, m, width);
  }
}

/**
 * The same for a `w` [n, m] that is not kept: blocks of it are packed on the way, for all rows at hand. Sums carry over
 * from block to block, so that k still ascends.
 */
export function multiplyRowsStreamed(arena: Arena, x: Float32Array, w: Float32Array, out: Float32Array, rows: number): void {
  const { exports, rowsPtr, sumsPtr, wPtr, panelsPtr } = arena;
  const n = x.length / rows;
  const m = out.length / rows;
  const width = m + (-m & 3);
  const step = rowsPerStep(n, width);
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    load(arena, x, row, count, n, width);
    for (let c = 0; c < m; c += COLUMNS) {
      const cols = min(COLUMNS, m - c);
      const depth = floor(BATCH / (cols + 3));
      for (let k = 0; k < n; k += depth) {
        const part = min(depth, n - k);
        loadBlock(arena, w, m, k, part, c, cols);
        exports.packPanelsF32(wPtr, panelsPtr, part, 0, part, 0, cols);
        exports.matmulPanelsF32(rowsPtr + 4 * k, n, panelsPtr, sumsPtr + 4 * c, width, count, part, cols);
      }
    }
    store(arena, out, row, count, m, width);
  }
}

/** Columns of a block that is packed on the way: few enough that a block is some hundred rows deep. */
const COLUMNS = 256;

function rowsPerStep(n: number, width: number): number {
  return max(1, floor(BATCH / max(n, width, 1)));
}

/** Copies `count` rows of x to their region and clears the sums. */
function load(arena: Arena, x: Float32Array, row: number, count: number, n: number, width: number): void {
  arena.rows.set(count * n === x.length ? x : x.subarray(row * n, (row + count) * n));
  arena.sums.fill(0, 0, count * width);
}

/** Copies the sums to rows of `out`, without the columns that pad them. */
function store({ sums }: Arena, out: Float32Array, row: number, count: number, m: number, width: number): void {
  if (m === width) {
    out.set(sums.subarray(0, count * m), row * m);
  } else if (m < 64) {
    for (let i = 0, to = row * m; i < count; i++) for (let j = 0; j < m; j++) out[to++] = sums[i * width + j]!;
  } else {
    for (let i = 0; i < count; i++) out.set(sums.subarray(i * width, i * width + m), (row + i) * m);
  }
}
