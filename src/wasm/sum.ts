import { copyBlockIn, copyCircle, eachBlock, HALF } from "./blocks.ts";
import { copyIn, copyOut } from "./copy.ts";
import { BLOCK, CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

/** The partial sums of a line. */
const PARTIALS = 16;
/** Lines summed by partials at a time: they fill the y region. */
const LINES = 1024;

/** out[o, j] = the sum over k and i of x[o, k, j, i], or of the squares of their distances from `centres`. */
export function sumTerms(
  arena: Arena,
  x: Float32Array,
  centres: Float32Array | undefined,
  out: Float32Array,
  n: number,
  inner: number,
  size: number,
): void {
  const { exports, xPtr, yPtr, wPtr, chunkPtr } = arena;
  if (x.length === 0) return void out.fill(0);
  // A line that is not interrupted is a run.
  if (inner === 1) {
    size *= n;
    n = 1;
  }
  if (n === 1) inner = out.length;
  const room = centres ? HALF : BLOCK;
  const termsPtr = centres ? wPtr + 2 * BLOCK : wPtr;
  const whole = n === 1 && size <= room;
  if (whole && !centres && x.length <= BLOCK && out.length <= CHUNK) {
    copyIn(x, 0, x.length, arena.w);
    exports.sumRowsF32(wPtr, size, out.length, chunkPtr);
    return copyOut(arena.chunkF32, out.length, out, 0);
  }
  // Then a row of partials is a row of x, or several.
  const even = PARTIALS % size === 0;
  eachBlock(
    out.length,
    n,
    inner,
    size,
    room,
    whole ? CHUNK : LINES,
    (line, cols) => {
      if (centres) copyCircle(centres, line, cols, arena.x, 0);
      if (!whole) arena.y.fill(0, 0, PARTIALS * cols);
    },
    (at, width, rows, cols, run, term) => {
      copyBlockIn(arena, x, at, width, rows, cols * run);
      if (centres) exports.standardizeF32(wPtr, rows, cols, run, termsPtr, xPtr, 0, 0);
      if (whole) exports.sumRowsF32(termsPtr, size, cols, chunkPtr);
      else if (even) exports.addPartsF32(termsPtr, term / size, rows, cols * size, PARTIALS / size, yPtr);
      else exports.addGroupsF32(termsPtr, term % PARTIALS, rows, cols, run, yPtr);
    },
    (line, cols) => {
      if (!whole && even) exports.combinePartsF32(yPtr, cols * size, size, chunkPtr);
      else if (!whole) exports.sumRowsF32(yPtr, PARTIALS, cols, chunkPtr);
      copyOut(arena.chunkF32, cols, out, line);
    },
  );
}
