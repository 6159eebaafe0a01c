import { copyIn, copyOut } from "./copy.ts";
import { BLOCK, CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { ceil, floor, min } = Math;

/** The partial sums of a column. */
const PARTIALS = 16;
/** Columns summed at a time: their partials fill the y region. */
const COLUMNS = 1024;

/** out[o, j] = the sum over k of x[o, k, j]: rows whole where they fit in the block region, else by their partials. */
export function sumMiddle(arena: Arena, x: Float32Array, n: number, inner: number, out: Float32Array): void {
  if (inner === 1) return n <= BLOCK ? sumRows(arena, x, n, out) : sumLongRows(arena, x, n, out);
  const outer = out.length / inner;
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c += COLUMNS) sumColumns(arena, x, n, inner, o, c, min(COLUMNS, inner - c), out);
  }
}

function sumRows(arena: Arena, x: Float32Array, n: number, out: Float32Array): void {
  const { exports, wPtr, chunkPtr } = arena;
  const step = min(CHUNK, n === 0 ? CHUNK : floor(BLOCK / n));
  for (let row = 0; row < out.length; row += step) {
    const rows = min(step, out.length - row);
    copyIn(x, row * n, rows * n, arena.w);
    exports.sumRowsF32(wPtr, n, rows, chunkPtr);
    copyOut(arena.chunkF32, rows, out, row);
  }
}

/** A row too long for the block region: its terms 16 at a time are the rows of a matrix, one a partial. */
function sumLongRows(arena: Arena, x: Float32Array, n: number, out: Float32Array): void {
  const { exports, wPtr, yPtr, chunkPtr } = arena;
  for (let row = 0; row < out.length; row++) {
    arena.y.fill(0, 0, PARTIALS);
    for (let k = 0; k < n; k += BLOCK) {
      const terms = min(BLOCK, n - k);
      copyIn(x, row * n + k, terms, arena.w);
      // Made whole with zeros: a partial is never -0, so that they change nothing.
      const lines = ceil(terms / PARTIALS);
      arena.w.fill(0, terms, lines * PARTIALS);
      exports.addLinesF32(wPtr, lines, yPtr);
    }
    exports.combinePartsF32(yPtr, 1, chunkPtr);
    copyOut(arena.chunkF32, 1, out, row);
  }
}

/** Columns c .. c + cols - 1 of matrix `o` of `x`, a block of rows at a time, carried on in the partials. */
function sumColumns(arena: Arena, x: Float32Array, n: number, inner: number, o: number, c: number, cols: number, out: Float32Array): void {
  const { exports, wPtr, yPtr, chunkPtr, w } = arena;
  arena.y.fill(0, 0, PARTIALS * cols);
  const step = floor(BLOCK / cols);
  for (let k = 0; k < n; k += step) {
    const rows = min(step, n - k);
    const from = (o * n + k) * inner + c;
    if (cols === inner) copyIn(x, from, rows * cols, w);
    else for (let row = 0; row < rows; row++) w.set(x.subarray(from + row * inner, from + row * inner + cols), row * cols);
    exports.addPartsF32(wPtr, k % PARTIALS, rows, cols, yPtr);
  }
  exports.combinePartsF32(yPtr, cols, chunkPtr);
  copyOut(arena.chunkF32, cols, out, o * inner + c);
}
