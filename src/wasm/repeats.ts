/** Operands of elementwise operations, broadcast on their way into linear memory. */
import { copyIn } from "./copy.ts";
import type { Arena } from "./memory.ts";

const { floor, max, min } = Math;

/** Elements at a time: 16 KiB of each operand and of the result. */
export const STEP = 4096;

/**
 * Where in its region the result begins: half a page from the operands', because loads are held up by stores to the
 * same place of a page.
 */
export const SHIFT = 512;

/**
 * How many elements to take at a time of operands that start again after `a` and `b` elements: whole periods of the
 * larger one that fits, which the smaller one divides.
 */
export function stepOf(a: number, b: number): number {
  const block = max(a <= STEP ? a : 1, b <= STEP ? b : 1);
  return block * floor(STEP / block);
}

/**
 * Copies elements `first` to `first + n` - 1 of a sequence to the region `to` at `ptr`. In the sequence each element of
 * `from` repeats `repeat` times; it then starts again.
 */
export function copyRepeated(
  { exports, chunkPtr, chunkF32 }: Arena,
  from: Float32Array,
  repeat: number,
  first: number,
  n: number,
  to: Float32Array,
  ptr: number,
): void {
  if (repeat === 1 || from.length === 1) return copyCyclicIn(from, first, n, to);
  const value = floor(first / repeat);
  copyCyclicIn(from, value, floor((first + n - 1) / repeat) - value + 1, chunkF32);
  exports.repeatF32(chunkPtr, ptr, n, repeat, first - value * repeat);
}

/** Copies `n` elements of `from`, read cyclically from index `first` on, to the beginning of `to`. */
function copyCyclicIn(from: Float32Array, first: number, n: number, to: Float32Array): void {
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
