import { ARITHMETIC } from "../base/index.ts";
import { HALF } from "./blocks.ts";
import { eachColumnBlock, sumColumns, unaryAt } from "./columns.ts";
import { copyIn, copyOut } from "./copy.ts";
import { CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { floor, min } = Math;

export function logSumExp(
  arena: Arena,
  x: Float32Array,
  out: Float32Array,
  n: number,
  inner: number,
  fused: boolean,
): void {
  const { exports, wPtr, xPtr, chunkPtr, secondPtr } = arena;
  if (inner > 1)
    return eachColumnBlock(arena, x, n, inner, (cols, line) => {
      exports.shiftColumnsF32(wPtr, wPtr, xPtr, n, cols, true);
      unaryAt(arena, "exp", wPtr, wPtr, n * cols, fused);
      const sumsPtr = sumColumns(arena, wPtr, n, cols);
      unaryAt(arena, "log", sumsPtr, chunkPtr, cols, fused);
      addTo(arena, chunkPtr, xPtr, cols);
      copyOut(arena.chunkF32, cols, out, line);
    });
  const step = min(CHUNK, floor(HALF / n));
  for (let row = 0; row < out.length; row += step) {
    const rows = min(step, out.length - row);
    copyIn(x, row * n, rows * n, arena.w);
    exports.shiftRowsF32(wPtr, secondPtr, rows, n);
    unaryAt(arena, "exp", wPtr, wPtr, rows * n, fused);
    exports.sumRowsF32(wPtr, chunkPtr, rows, n);
    unaryAt(arena, "log", chunkPtr, chunkPtr, rows, fused);
    addTo(arena, chunkPtr, secondPtr, rows);
    copyOut(arena.chunkF32, rows, out, row);
  }
}

/** Adds the `n` elements at `yPtr` to those at `ptr`: whole vectors, because it is in place. */
function addTo({ exports }: Arena, ptr: number, yPtr: number, n: number): void {
  const whole = 4 * Math.ceil(n / 4);
  exports.binaryF32(ARITHMETIC.add, ptr, yPtr, ptr, whole, whole);
}
