import { copyIn, copyOut } from "../copy.ts";
import { BLOCK } from "../memory.ts";
import type { Arena } from "../memory.ts";

const { floor, min } = Math;

/** A kernel reads up to so many elements behind what it is given. */
const SLACK = 4;

/** The most columns at a time: two rows of so many fit beside three arrays of a number for each. */
const MAX_COLUMNS = 8192;

/**
 * Calls `kernel` for a block of rows of `ct` and `x` at a time, which are in the block region beside `columns`, arrays
 * of a number for each column; what it leaves in place of `ct` is copied to `out`. Where there are more columns
 * than fit, some of them are a block, of one row.
 */
export function eachColumnBlock(
  { w, wPtr }: Arena,
  ct: Float32Array,
  x: Float32Array,
  columns: readonly Float32Array[],
  out: Float32Array,
  kernel: (ctPtr: number, xPtr: number, columnPtrs: readonly number[], rows: number, cols: number) => void,
): void {
  const n = columns[0]!.length;
  const all = out.length / n;
  for (let from = 0; from < n; from += MAX_COLUMNS) {
    const cols = min(MAX_COLUMNS, n - from);
    const start = (i: number): number => i * (cols + SLACK);
    const first = start(columns.length);
    const step = cols === n ? min(all, floor((BLOCK - first - SLACK) / (2 * n))) : 1;
    const second = first + step * cols;
    columns.forEach((column, i) => copyIn(column, from, cols, w.subarray(start(i))));
    const places = columns.map((_, i) => wPtr + 4 * start(i));
    for (let row = 0; row < all; row += step) {
      const rows = min(step, all - row);
      const at = row * n + from;
      copyIn(ct, at, rows * cols, w.subarray(first));
      copyIn(x, at, rows * cols, w.subarray(second));
      kernel(wPtr + 4 * first, wPtr + 4 * second, places, rows, cols);
      copyOut(w, rows * cols, out, at, first);
    }
  }
}
