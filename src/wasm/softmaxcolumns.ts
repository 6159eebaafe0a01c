import { copyBlockOut } from "./blocks.ts";
import { eachColumnBlock, sumColumns, unaryAt } from "./columns.ts";
import type { Arena } from "./memory.ts";
import { BLOCK } from "./memory.ts";

export function softmaxColumns(
  arena: Arena,
  x: Float32Array,
  out: Float32Array,
  n: number,
  inner: number,
  log: boolean,
  fused: boolean,
): void {
  const { exports, wPtr, xPtr } = arena;
  const outPtr = wPtr + 2 * BLOCK;
  const powersPtr = log ? wPtr : outPtr;
  eachColumnBlock(arena, x, n, inner, (cols, _, at) => {
    exports.shiftColumnsF32(wPtr, outPtr, xPtr, n, cols, false);
    unaryAt(arena, "exp", outPtr, powersPtr, n * cols, fused);
    const sumsPtr = sumColumns(arena, powersPtr, n, cols);
    if (log) unaryAt(arena, "log", sumsPtr, sumsPtr, cols, fused);
    exports.normalizeColumnsF32(outPtr, sumsPtr, n, cols, log);
    copyBlockOut(arena, out, at, inner, n, cols);
  });
}
