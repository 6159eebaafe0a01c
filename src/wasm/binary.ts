import { ARITHMETIC, COMPARISON, EXACT_UNARY } from "../base/index.ts";
import { copyOut } from "./copy.ts";
import type { Arena } from "./memory.ts";
import { copyRepeated, SHIFT, STEP, stepOf } from "./repeats.ts";

const { floor, max, min } = Math;

const CODES = { ...ARITHMETIC, ...EXACT_UNARY, ...COMPARISON };

/** A number that repeats so often is not spread out, but taken with its row: a tenth to a third less time. */
const LONG_ROW = 256;

export function binary(
  arena: Arena,
  op: keyof typeof CODES,
  x: Float32Array,
  y: Float32Array,
  out: Float32Array | Uint8Array,
  xRepeat = 1,
  yRepeat = 1,
): void {
  // These two may exchange their operands.
  if (xRepeat >= LONG_ROW && yRepeat === 1 && (op === "add" || op === "multiply"))
    return binary(arena, op, y, x, out, 1, xRepeat);
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
    if (yRepeat >= LONG_ROW) rowsByValues(arena, code, y, i, n, outPtr, yRepeat);
    else {
      if (yPtr !== xPtr && (i === 0 || yBlock > STEP)) copyRepeated(arena, y, yRepeat, i, period, arena.y, yPtr);
      exports.binaryF32(code, xPtr, yPtr, outPtr, n, period);
    }
    if (code >= COMPARISON.equal) {
      exports.maskBytes(outPtr, chunkPtr, n);
      copyOut(chunk8, n, out, i);
    } else copyOut(arena.w, n, out, i, SHIFT);
  }
}

/**
 * Results `first` to `first + n` - 1, of which each row of `repeat` has one of the values `y`. Their other operand is
 * at `xPtr`.
 */
function rowsByValues(
  arena: Arena,
  code: number,
  y: Float32Array,
  first: number,
  n: number,
  outPtr: number,
  repeat: number,
): void {
  const { exports, xPtr, yPtr, chunkPtr, chunkF32 } = arena;
  const value = floor(first / repeat);
  const count = floor((first + n - 1) / repeat) - value + 1;
  copyRepeated(arena, y, 1, value, count, chunkF32, chunkPtr);
  exports.repeatF32(chunkPtr, yPtr, 4 * count, 4, 0);
  for (let i = 0; i < count; i++) {
    const at = max(0, (value + i) * repeat - first);
    const end = min(n, (value + i + 1) * repeat - first);
    exports.binaryF32(code, xPtr + 4 * at, yPtr + 16 * i, outPtr + 4 * at, end - at, 4);
  }
}
