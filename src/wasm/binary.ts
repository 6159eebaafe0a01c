import type { BinaryOperation } from "../base/index.ts";
import { copyIn, copyOut } from "./copy.ts";
import type { Arena } from "./memory.ts";

const { floor, min } = Math;

/** The operations by the numbers that assembly/binary.ts gives them. */
export const BINARY: Record<BinaryOperation, number> = { add: 0, subtract: 1, multiply: 2, divide: 3 };

/** Elements at a time: 16 KiB of each operand and of the result. */
const STEP = 4096;

/** Where in its region the result begins: half a page from the operands', for loads are held up by stores to the same place of a page. */
export const SHIFT = 512;

/** out[i] = x[i] op y[i mod y.length]. */
export function combine(arena: Arena, op: BinaryOperation, x: Float32Array, y: Float32Array, out: Float32Array): void {
  const { exports, xPtr, yPtr, wPtr } = arena;
  const outPtr = wPtr + 4 * SHIFT;
  const total = out.length;
  const period = y.length;
  const code = BINARY[op];
  if (period <= STEP) {
    copyIn(y, 0, period, arena.y);
    const step = period * floor(STEP / period);
    for (let i = 0; i < total; i += step) {
      const n = min(step, total - i);
      copyIn(x, i, n, arena.x);
      exports.binaryF32(code, xPtr, yPtr, outPtr, n, period);
      copyOut(arena.w, n, out, i, SHIFT);
    }
    return;
  }
  for (let at = 0; at < total; at += period) {
    for (let i = 0; i < period; i += STEP) {
      const n = min(STEP, period - i);
      copyIn(x, at + i, n, arena.x);
      copyIn(y, i, n, arena.y);
      exports.binaryF32(code, xPtr, yPtr, outPtr, n, n);
      copyOut(arena.w, n, out, at + i, SHIFT);
    }
  }
}
