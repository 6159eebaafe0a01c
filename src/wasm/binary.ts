import { ARITHMETIC, COMPARISON, EXACT_UNARY } from "../base/index.ts";
import { copyOut } from "./copy.ts";
import type { Arena } from "./memory.ts";
import { copyRepeated, SHIFT, STEP, stepOf } from "./repeats.ts";

const { min } = Math;

const CODES = { ...ARITHMETIC, ...EXACT_UNARY, ...COMPARISON };

export function binary(
  arena: Arena,
  op: keyof typeof CODES,
  x: Float32Array,
  y: Float32Array,
  out: Float32Array | Uint8Array,
  xRepeat = 1,
  yRepeat = 1,
): void {
  const { exports, xPtr, wPtr, chunkPtr, chunk8 } = arena;
  const code = CODES[op];
  const outPtr = wPtr + 4 * SHIFT;
  const total = out.length;
  const xBlock = x.length * xRepeat;
  const yBlock = y.length * yRepeat;
  const step = stepOf(xBlock, yBlock);
  const yPtr = x === y && xRepeat === yRepeat ? xPtr : arena.yPtr;
  const row = yRepeat > 1 ? STEP : yBlock === 1 ? 4 : min(yBlock, STEP);
  for (let i = 0; i < total; i += step) {
    const n = min(step, total - i);
    const period = row === 4 ? 4 : min(row, n);
    if (i === 0 || xBlock > STEP) copyRepeated(arena, x, xRepeat, i, n, arena.x, xPtr);
    if (yPtr !== xPtr && (i === 0 || yBlock > STEP)) copyRepeated(arena, y, yRepeat, i, period, arena.y, yPtr);
    exports.binaryF32(code, xPtr, yPtr, outPtr, n, period);
    if (code >= COMPARISON.equal) {
      exports.maskBytes(outPtr, chunkPtr, n);
      copyOut(chunk8, n, out, i);
    } else copyOut(arena.w, n, out, i, SHIFT);
  }
}
