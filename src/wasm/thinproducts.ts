import { copyIn, copyOut } from "./copy.ts";
import type { Arena } from "./memory.ts";
import { BLOCK, VECTOR } from "./memory.ts";

const { floor, min } = Math;

/** Whether W has one column or one row, which fits its region. */
export function isThin(w: Float32Array | Uint16Array, out: Float32Array, rows: number): boolean {
  return w.length > 0 && w.length <= VECTOR && (out.length === rows || out.length === rows * w.length);
}

/** out = x @ w, for a `w` of one column or one row. Nothing is packed or kept: `w` is small, and x is read once. */
export function thinProduct(
  { exports, xPtr, yPtr, wPtr, x: region, y: vector, w: block }: Arena,
  x: Float32Array,
  w: Float32Array,
  out: Float32Array,
  rows: number,
): void {
  const n = w.length;
  const isColumn = out.length === rows;
  // Rows of a result stay in the first-level cache until they are copied out.
  const step = min(VECTOR, floor((isColumn ? BLOCK : VECTOR) / n));
  copyIn(w, 0, n, vector);
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    if (isColumn) {
      copyIn(x, row * n, count * n, block);
      exports.timesColumnF32(wPtr, yPtr, xPtr, count, n);
      copyOut(region, count, out, row);
    } else {
      copyIn(x, row, count, region);
      exports.outerF32(xPtr, yPtr, wPtr, count, n);
      copyOut(block, count * n, out, row * n);
    }
  }
}
