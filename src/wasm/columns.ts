/** Columns that elementary functions are summed over, and such functions in linear memory. */
import { UNARY } from "../base/index.ts";
import { copyBlockIn, HALF } from "./blocks.ts";
import { fusedFor } from "./fused/link.ts";
import type { Arena } from "./memory.ts";

const { floor, min } = Math;

/** The partial sums of a column. */
const PARTIALS = 16;
/** Columns at a time: their partials fill the y region. */
const COLUMNS = 1024;
/** Where the sums of columns lie in the x region, behind their maxima. */
const SUMS = 4 * COLUMNS;

/** The function `op` of the `n` elements at `xPtr`. There is room up to a multiple of 16. */
export function unaryAt(
  arena: Arena,
  op: "exp" | "log",
  xPtr: number,
  outPtr: number,
  n: number,
  fused: boolean,
): void {
  const kernels = fused ? fusedFor(arena, n) : undefined;
  if (kernels === undefined) arena.exports.unaryF32(UNARY[op], xPtr, outPtr, n, fused);
  else kernels.unaryF32(UNARY[op], xPtr, outPtr, n);
}

/**
 * Copies [n, cols] elements at a time of an array [outer, n, inner], n at most 1,024, to the block region. `visit` gets
 * how many columns there are, and where their first is in an array of [outer, inner] and in `x`.
 */
export function eachColumnBlock(
  arena: Arena,
  x: Float32Array,
  n: number,
  inner: number,
  visit: (cols: number, line: number, at: number) => void,
): void {
  const most = min(COLUMNS, floor(HALF / n));
  for (let at = 0, line = 0; at < x.length; at += n * inner, line += inner) {
    for (let j = 0; j < inner; j += most) {
      const cols = min(most, inner - j);
      copyBlockIn(arena, x, at + j, inner, n, cols);
      visit(cols, line + j, at + j);
    }
  }
}

/** Sums the columns of [n, cols] elements at `ptr`, in the order of `sumF32`. Returns where the sums are. */
export function sumColumns({ exports, xPtr, y, yPtr }: Arena, ptr: number, n: number, cols: number): number {
  y.fill(0, 0, PARTIALS * cols);
  exports.addPartsF32(ptr, yPtr, 0, n, cols, PARTIALS);
  exports.combinePartsF32(yPtr, xPtr + SUMS, cols, 1);
  return xPtr + SUMS;
}
