import { copyIn, copyOut } from "./copy.ts";
import type { Arena } from "./memory.ts";
import { copyRepeated, SHIFT, STEP, stepOf } from "./repeats.ts";

const { min } = Math;

export function select(
  arena: Arena,
  condition: Uint8Array,
  x: Float32Array,
  y: Float32Array,
  out: Float32Array,
  xRepeat = 1,
  yRepeat = 1,
): void {
  const { exports, xPtr, yPtr, wPtr, chunkPtr, chunk8 } = arena;
  const outPtr = wPtr + 4 * SHIFT;
  const total = out.length;
  const xBlock = x.length * xRepeat;
  const yBlock = y.length * yRepeat;
  const step = stepOf(xBlock, yBlock);
  for (let i = 0; i < total; i += step) {
    const n = min(step, total - i);
    if (i === 0 || xBlock > STEP) copyRepeated(arena, x, xRepeat, i, n, arena.x, xPtr);
    if (i === 0 || yBlock > STEP) copyRepeated(arena, y, yRepeat, i, n, arena.y, yPtr);
    // Last, because an operand that repeats goes through the same chunk.
    copyIn(condition, i, n, chunk8);
    exports.selectF32(chunkPtr, xPtr, yPtr, outPtr, n);
    copyOut(arena.w, n, out, i, SHIFT);
  }
}
