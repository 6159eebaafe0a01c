import { ARITHMETIC, COMPARISON, EXACT_UNARY } from "../base/index.ts";
import type { Elements } from "./copy.ts";
import { copyIn, copyOut } from "./copy.ts";
import type { Arena } from "./memory.ts";

const { floor, max, min } = Math;

/** The operations of `binaryF32` by their numbers. */
export const BINARY = { ...ARITHMETIC, ...EXACT_UNARY, ...COMPARISON };

/** Elements at a time: 16 KiB of each operand and of the result. */
const STEP = 4096;

/** Where in its region the result begins: half a page from the operands', for loads are held up by stores to the same place of a page. */
export const SHIFT = 512;

/** Elements at a time of operands that come again after so many: whole blocks of the larger one that fits, which the smaller divides. */
function stepOf(a: number, b: number): number {
  const block = max(a <= STEP ? a : 1, b <= STEP ? b : 1);
  return block * floor(STEP / block);
}

/** Elements `first` to `first + n` - 1 of `from` again and again, to the beginning of `to`. */
function repeat(from: Elements, first: number, n: number, to: Elements): void {
  const m = from.length;
  const start = first % m;
  if (m - start >= n) return copyIn(from, start, n, to);
  if (m === 1) {
    const value = from[0]!;
    if (n > 16) to.fill(value, 0, n);
    else for (let i = 0; i < n; i++) to[i] = value;
    return;
  }
  to.set(start === 0 ? from : from.subarray(start));
  if (start > 0) to.set(from.subarray(0, min(start, n - m + start)), m - start);
  for (let done = m; done < n; done *= 2) to.copyWithin(done, 0, min(done, n - done));
}

/** Elements `first` to `first + n` - 1 of `from`, each `run` times, again and again, to the region `to` at `ptr`. */
function lay(
  { exports, chunkPtr, chunkF32 }: Arena,
  from: Float32Array,
  run: number,
  first: number,
  n: number,
  to: Float32Array,
  ptr: number,
): void {
  if (run === 1 || from.length === 1) return repeat(from, first, n, to);
  const value = floor(first / run);
  repeat(from, value, floor((first + n - 1) / run) - value + 1, chunkF32);
  exports.spreadF32(chunkPtr, run, first - value * run, ptr, n);
}

/**
 * out[i] = x[floor(i / xRepeat) mod x.length] op y[floor(i / yRepeat) mod y.length]; with a condition the one or the other, by
 * byte i.
 */
export function combine(
  arena: Arena,
  op: number,
  x: Float32Array,
  y: Float32Array,
  out: Float32Array | Uint8Array,
  xRepeat: number,
  yRepeat: number,
  condition?: Uint8Array,
): void {
  const { exports, xPtr, wPtr, chunkPtr, chunk8 } = arena;
  const outPtr = wPtr + 4 * SHIFT;
  const total = out.length;
  const xBlock = x.length * xRepeat;
  const yBlock = y.length * yRepeat;
  const step = stepOf(xBlock, yBlock);
  const yPtr = x === y && xRepeat === yRepeat ? xPtr : arena.yPtr;
  const row = condition || yRepeat > 1 ? STEP : yBlock === 1 ? 4 : min(yBlock, STEP);
  for (let i = 0; i < total; i += step) {
    const n = min(step, total - i);
    const period = row === 4 ? 4 : min(row, n);
    if (i === 0 || xBlock > STEP) lay(arena, x, xRepeat, i, n, arena.x, xPtr);
    if (yPtr !== xPtr && (i === 0 || yBlock > STEP)) lay(arena, y, yRepeat, i, period, arena.y, yPtr);
    if (condition) {
      copyIn(condition, i, n, chunk8);
      exports.selectF32(chunkPtr, xPtr, yPtr, outPtr, n);
    } else exports.binaryF32(op, xPtr, yPtr, outPtr, n, period);
    if (op >= BINARY.equal) {
      exports.maskBytes(outPtr, chunkPtr, n);
      copyOut(chunk8, n, out, i);
    } else copyOut(arena.w, n, out, i, SHIFT);
  }
}
