import { copyIn, copyOut } from "../copy.ts";
import { BLOCK } from "../memory.ts";
import type { Arena } from "../memory.ts";

const { floor, min } = Math;

/** A kernel reads up to so many elements behind what it is given. */
const SLACK = 4;

/**
 * Calls `kernel` for a block of rows of `ct` and `x` at a time, which are in the block region beside `columns`, arrays
 * of a number for each column; what it leaves in the place of `ct` is copied to `out`.
 */
export function eachColumnBlock(
  { w, wPtr }: Arena,
  ct: Float32Array,
  x: Float32Array,
  columns: readonly Float32Array[],
  out: Float32Array,
  kernel: (ctPtr: number, xPtr: number, columnPtrs: readonly number[], rows: number) => void,
): void {
  const n = columns[0]!.length;
  const all = out.length / n;
  const start = (i: number): number => i * (n + SLACK);
  const first = start(columns.length);
  const step = min(all, floor((BLOCK - first - SLACK) / (2 * n)));
  const second = first + step * n;
  columns.forEach((column, i) => copyIn(column, 0, n, w.subarray(start(i))));
  const places = columns.map((_, i) => wPtr + 4 * start(i));
  for (let row = 0; row < all; row += step) {
    const count = min(step, all - row) * n;
    copyIn(ct, row * n, count, w.subarray(first));
    copyIn(x, row * n, count, w.subarray(second));
    kernel(wPtr + 4 * first, wPtr + 4 * second, places, count / n);
    copyOut(w, count, out, row * n, first);
  }
}
