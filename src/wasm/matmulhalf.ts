import type { HalfDType } from "../base/index.ts";
import { widen } from "../base/index.ts";
import { copyIn, copyOut, copyRowsOut } from "./copy.ts";
import type { Instance } from "./instance.ts";
import { matmul, matmulPanels, rowsPerStep } from "./matmul.ts";
import { addBias, matvecPanels } from "./matvec.ts";
import { BATCH, VECTOR } from "./memory.ts";
import type { Arena } from "./memory.ts";
import { STEPS } from "./jobblock.ts";
import { halfColumns } from "./packhalf.ts";
import { PANEL, SHARED_FROM } from "./scheduler.ts";

const { ceil, floor, min } = Math;

/** From this many rows on, panels are widened once for all of them. */
const WIDENED_FROM = 5;

/** Columns of a job of threads, which takes two steps for 16 of them. */
const COLUMNS = 8 * STEPS;

/**
 * out = x @ w + bias, of one row or several and one block of terms, `w` in 16 bits. A matrix that is not kept is
 * widened for the call.
 */
export function matmulHalf(
  instance: Instance,
  format: HalfDType,
  x: Float32Array,
  w: Uint16Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  rows: number,
  immutable: boolean,
): void {
  const [n, m] = [x.length / rows, out.length / rows];
  const { weights } = instance;
  if (!immutable) weights.drop(w);
  const packedPtr = immutable ? weights.findHalf(w, format, n, m) : 0;
  if (packedPtr === 0) return matmul(instance, x, widened(format, w), bias, out, rows, false);
  if (format === "float16") multiplyWide(instance, packedPtr, x, out, rows);
  else multiplyNarrow(instance, packedPtr, x, out, rows);
  addBias(instance, out, bias);
}

function widened(format: HalfDType, w: Uint16Array): Float32Array {
  const wide = new Float32Array(w.length);
  widen(format, w, wide);
  return wide;
}

/** out = x @ W for a W [n, m] whose float32 panels are at `packedPtr`. */
function multiplyWide(arena: Arena, packedPtr: number, x: Float32Array, out: Float32Array, rows: number): void {
  const [n, m] = [x.length / rows, out.length / rows];
  if (rows >= WIDENED_FROM && holdsRows(n, m) && arena.openBatch())
    return matmulPanels(arena, packedPtr, x, undefined, out, rows);
  for (let i = 0; i < rows; i++) matvecPanels(arena, packedPtr, rowOf(x, i, n), rowOf(out, i, m));
}

/** Like `multiplyWide`, for a W whose panels are bfloat16. */
function multiplyNarrow(arena: Arena, packedPtr: number, x: Float32Array, out: Float32Array, rows: number): void {
  const [n, m] = [x.length / rows, out.length / rows];
  if (rows >= WIDENED_FROM && holdsRows(n, m) && arena.openBatch()) return multiplyRows(arena, packedPtr, x, out, rows);
  const { exports, xPtr, yPtr } = arena;
  for (let i = 0; i < rows; i++) {
    copyIn(x, i * n, n, arena.x);
    for (let c = 0; c < m; c += VECTOR) {
      const cols = min(VECTOR, m - c);
      exports.matvecHalfF32(xPtr, packedPtr + 2 * n * c, yPtr, n, cols);
      copyOut(arena.y, cols, out, i * m + c);
    }
  }
}

/** As many rows at a time as the regions hold. */
function multiplyRows(arena: Arena, packedPtr: number, x: Float32Array, out: Float32Array, rows: number): void {
  const { exports, rowsPtr, sumsPtr } = arena;
  const [n, m] = [x.length / rows, out.length / rows];
  const width = halfColumns(m);
  const step = rowsPerStep(n, width);
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    arena.sums.set(x.subarray(row * n, (row + count) * n));
    exports.packRowsF32(sumsPtr, rowsPtr, count, n);
    arena.clearSums(count * width);
    if (!multiplyShared(arena, packedPtr, count, n, m)) multiplyColumns(arena, packedPtr, count, n, m);
    copyRowsOut(arena.sums, 0, width, out, row, count, m);
  }
}

/** Adds to the sums as many columns at a time, a multiple of 16, as the region of panels holds when widened. */
function multiplyColumns(arena: Arena, packedPtr: number, rows: number, n: number, m: number): void {
  const { exports, rowsPtr, sumsPtr, panelsPtr } = arena;
  const width = halfColumns(m);
  const most = 16 * floor(BATCH / (16 * n));
  for (let c = 0; c < width; c += most) {
    const cols = min(most, width - c);
    for (let j = 0; j < cols; j += 16)
      exports.widenHalfF32(packedPtr, panelsPtr + 4 * n * j, n, m, c + j, min(16, cols - j));
    exports.matmulPanelsF32(rowsPtr, n, panelsPtr, sumsPtr + 4 * c, width, rows, n, cols);
  }
}

/**
 * Whether threads have done what `multiplyColumns` does: each widens its panels itself, one at a time, in a place of
 * its call. Where columns are few, or there is no room for the places, the rows are shared instead.
 */
function multiplyShared(arena: Arena, packedPtr: number, rows: number, n: number, m: number): boolean {
  const { scheduler, rowsPtr, sumsPtr } = arena;
  const width = halfColumns(m);
  if (scheduler === undefined || rows * n * m < SHARED_FROM) return false;
  if (width < 2 * PANEL || (width < 2 * PANEL * scheduler.threads && width <= rows)) return false;
  const recorder = scheduler.recorder(arena.exports);
  if (recorder === undefined || !("matmulPanelsF32" in recorder)) return false;
  const cols = scheduler.share(min(width, COLUMNS), PANEL);
  const place = 4 * 16 * n;
  const bytes = place * ceil(min(width, COLUMNS) / cols);
  const ptr = arena.allocate(bytes);
  if (ptr === 0) return false;
  for (let first = 0; first < width; first += COLUMNS) {
    const end = min(width, first + COLUMNS);
    for (let c = first, to = ptr; c < end; c += cols, to += place) {
      scheduler.begin();
      for (let j = c; j < min(end, c + cols); j += 16) {
        const panel = min(16, end - j);
        recorder.widenHalfF32(packedPtr, to, n, m, j, panel);
        recorder.matmulPanelsF32(rowsPtr, n, to, sumsPtr + 4 * j, width, rows, n, panel);
      }
    }
    scheduler.run(rows * n * (end - first));
  }
  arena.release(ptr, bytes);
  return true;
}

/** Whether rows of these widths fit into the regions for batches. */
function holdsRows(n: number, m: number): boolean {
  return n + 16 <= BATCH && m + 16 <= BATCH;
}

function rowOf(x: Float32Array, row: number, width: number): Float32Array {
  return x.subarray(row * width, (row + 1) * width);
}
