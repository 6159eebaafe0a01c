import { copyBlockIn, copyBlockOut } from "./blocks.ts";
import { eachColumnBlock, sumColumns, unaryAt } from "./columns.ts";
import type { FusedExports } from "./exports.ts";
import { fusedFor } from "./fused/link.ts";
import type { Arena } from "./memory.ts";
import { BLOCK } from "./memory.ts";

const { floor, min } = Math;

export function softmaxColumns(
  arena: Arena,
  x: Float32Array,
  out: Float32Array,
  n: number,
  inner: number,
  log: boolean,
  fused: boolean,
): void {
  const kernels = fused ? fusedFor(arena, out.length) : undefined;
  if (kernels !== undefined) return inPlace(arena, kernels, x, out, n, inner, log);
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

/** In place, so that as many columns as can fit the block region: copying short rows takes longer than computing. */
function inPlace(
  arena: Arena,
  kernels: FusedExports,
  x: Float32Array,
  out: Float32Array,
  n: number,
  inner: number,
  log: boolean,
): void {
  const most = floor(BLOCK / n);
  for (let at = 0; at < out.length; at += n * inner) {
    for (let j = 0; j < inner; j += most) {
      const cols = min(most, inner - j);
      copyBlockIn(arena, x, at + j, inner, n, cols);
      kernels.softmaxColumnsF32(arena.wPtr, n, cols, log);
      copyBlockOut(arena, out, at + j, inner, n, cols, 0);
    }
  }
}
