import { ARITHMETIC } from "../base/index.ts";
import { copyRowsOut } from "./copy.ts";
import type { Instance } from "./instance.ts";
import { addBias, matvec } from "./matvec.ts";
import { BATCH } from "./memory.ts";
import type { Arena } from "./memory.ts";
import { loadBlock } from "./pack.ts";
import { isThin, thinProduct } from "./thinproducts.ts";

const { floor, max, min } = Math;

/** From this many rows on, packing blocks of a matrix that is not cached pays off in the same call. */
const PACKED_FROM = 5;

/** out = x @ w + bias, of one row or several. */
export function matmul(
  instance: Instance,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  rows: number,
  immutable: boolean,
): void {
  if (rows === 1) return matvec(instance, x, w, bias, out, immutable);
  if (isThin(w, out, rows)) {
    if (!immutable) instance.weights.drop(w);
    thinProduct(instance, x, w, out, rows);
    return addBias(instance, out, bias);
  }
  // A bias with an element for each column is added while the sums are at hand, one with fewer elements afterwards.
  const each = bias !== undefined && bias.length * rows === out.length;
  matmulRows(instance, x, w, each ? bias : undefined, out, rows, immutable);
  if (!each) addBias(instance, out, bias);
}

function matmulRows(
  instance: Instance,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  rows: number,
  immutable: boolean,
): void {
  const n = x.length / rows;
  const m = out.length / rows;
  if (holdsRows(n, m) && instance.openBatch()) {
    const { weights } = instance;
    if (!immutable) weights.drop(w);
    const packedPtr = immutable ? weights.find(w, n, m) : 0;
    if (packedPtr !== 0) return matmulPanels(instance, packedPtr, x, bias, out, rows);
    if (rows >= PACKED_FROM) return matmulStreamed(instance, x, w, bias, out, rows);
  }
  for (let i = 0; i < rows; i++)
    matvec(instance, x.subarray(i * n, (i + 1) * n), w, bias, out.subarray(i * m, (i + 1) * m), immutable);
}

/** Whether rows of these widths fit into the regions for batches. */
export function holdsRows(n: number, m: number): boolean {
  return n + 16 <= BATCH && m + 16 <= BATCH;
}

/**
 * out = x @ W, plus `bias` [m], for every row of x [rows, n], W [n, m] packed at `packedPtr`; as many rows at a time as
 * the regions hold. `finish` may change results while they are there: rows at an address, `stride` elements apart.
 */
export function matmulPanels(
  arena: Arena,
  packedPtr: number,
  x: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  rows: number,
  finish?: (yPtr: number, rows: number, stride: number) => void,
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
    finish?.(arena.sumsPtr, count, width);
    copyRowsOut(arena.sums, 0, width, out, row, count, m);
  }
}

/**
 * Like `matmulPanels`, for a `w` [n, m] that is not cached: blocks of it are packed on the way, for all rows of the
 * step. Sums carry over from block to block, so that k still ascends.
 */
function matmulStreamed(
  arena: Arena,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  rows: number,
): void {
  const { exports, rowsPtr, sumsPtr, wPtr, panelsPtr } = arena;
  const n = x.length / rows;
  const m = out.length / rows;
  const width = paddedTo4(m);
  const step = rowsPerStep(n, width);
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    // Rows packed in fours and the remaining ones: in each the same k is at another distance from the beginning.
    const tiled = count & ~3;
    load(arena, x, row, count, n, width);
    for (let c = 0; c < m; c += COLUMNS) {
      const cols = min(COLUMNS, m - c);
      const depth = floor(BATCH / paddedTo4(cols));
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

/** Columns of a block that is packed on the way: so few that a block is more than a hundred rows deep. */
const COLUMNS = 512;

/** How many rows the regions hold: a multiple of four, which the kernel takes together, if that many fit. */
export function rowsPerStep(n: number, width: number): number {
  const rows = floor(BATCH / max(n, width, 1));
  return rows >= 4 ? rows & ~3 : max(1, rows);
}

function paddedTo4(m: number): number {
  return m + (-m & 3);
}

/** Packs `count` rows of x into their region, by way of the region of the sums, and clears the sums. */
function load(arena: Arena, x: Float32Array, row: number, count: number, n: number, width: number): void {
  arena.sums.set(count * n === x.length ? x : x.subarray(row * n, (row + count) * n));
  arena.exports.packRowsF32(arena.sumsPtr, arena.rowsPtr, count, n);
  arena.clearSums(count * width);
}

/** Adds the bias to `count` rows of sums, as `binaryF32` adds. It is copied to the region of x, padding and all. */
function addToSums({ exports, rows, rowsPtr, sumsPtr }: Arena, bias: Float32Array, count: number, width: number): void {
  rows.set(bias);
  exports.binaryF32(ARITHMETIC.add, sumsPtr, rowsPtr, sumsPtr, count * width, width);
}
