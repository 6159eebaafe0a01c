import { copyBlockIn, copyCyclic, eachBlock, HALF } from "./blocks.ts";
import { copyIn, copyOut } from "./copy.ts";
import { BLOCK, CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

/** The partial sums of a line. */
const PARTIALS = 16;
/** Lines summed by partials at a time: they fill the y region. */
const LINES = 1024;

export function sum(
  arena: Arena,
  x: Float32Array,
  centres: Float32Array | undefined,
  out: Float32Array,
  n: number,
  inner: number,
  size = 1,
): void {
  const { exports, xPtr, yPtr, wPtr, chunkPtr } = arena;
  if (x.length === 0) return void out.fill(0);
  // A contiguous line is one run.
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
    exports.sumRowsF32(wPtr, chunkPtr, out.length, size);
    return copyOut(arena.chunkF32, out.length, out, 0);
  }
  // Then a row of partials is one row of x, or several.
  const even = PARTIALS % size === 0;
  eachBlock(
    out.length,
    n,
    inner,
    size,
    room,
    whole ? CHUNK : LINES,
    (line, cols) => {
      if (centres) copyCyclic(centres, line, cols, arena.x, 0);
      if (!whole) arena.y.fill(0, 0, PARTIALS * cols);
    },
    (at, width, rows, cols, run, term) => {
      copyBlockIn(arena, x, at, width, rows, cols * run);
      if (centres) exports.standardizeF32(wPtr, xPtr, 0, 0, termsPtr, rows, cols, run);
      if (whole) exports.sumRowsF32(termsPtr, chunkPtr, cols, size);
      else if (even) exports.addPartsF32(termsPtr, yPtr, term / size, rows, cols * size, PARTIALS / size);
      else exports.addGroupsF32(termsPtr, yPtr, term % PARTIALS, rows, cols, run);
    },
    (line, cols) => {
      if (!whole && even) exports.combinePartsF32(yPtr, chunkPtr, cols * size, size);
      else if (!whole) exports.sumRowsF32(yPtr, chunkPtr, cols, PARTIALS);
      copyOut(arena.chunkF32, cols, out, line);
    },
  );
}
