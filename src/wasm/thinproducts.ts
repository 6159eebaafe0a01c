import { copyIn, copyOut } from "./copy.ts";
import type { Arena } from "./memory.ts";
import { BLOCK, VECTOR } from "./memory.ts";

const { floor, min } = Math;

/** Whether W has one column or one row, which fits its region. */
export function isThin(w: Float32Array, out: Float32Array, rows: number): boolean {
  return w.length > 0 && w.length <= VECTOR && (out.length === rows || out.length === rows * w.length);
}

/** out = x @ w, for a `w` of one column or one row. Nothing is packed or kept: `w` is small, and x is read once. */
export function thinProduct(arena: Arena, x: Float32Array, w: Float32Array, out: Float32Array, rows: number): void {
  if (out.length === rows) timesColumn(arena, x, w, out);
  else outer(arena, x, w, out);
}

/** out [rows] = x [rows, n] @ w [n, 1]. */
function timesColumn(arena: Arena, x: Float32Array, w: Float32Array, out: Float32Array): void {
  const { exports, xPtr, yPtr, wPtr } = arena;
  const n = w.length;
  const rows = out.length;
  const step = min(VECTOR, floor(BLOCK / n));
  copyIn(w, 0, n, arena.y);
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    copyIn(x, row * n, count * n, arena.w);
    exports.timesColumnF32(wPtr, yPtr, xPtr, count, n);
    copyOut(arena.x, count, out, row);
  }
}

/** out [rows, m] = x [rows, 1] @ w [1, m]. */
function outer(arena: Arena, x: Float32Array, w: Float32Array, out: Float32Array): void {
  const { exports, xPtr, yPtr, wPtr } = arena;
  const rows = x.length;
  const m = w.length;
  const step = min(VECTOR, floor(OUTER / m));
  copyIn(w, 0, m, arena.y);
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    copyIn(x, row, count, arena.x);
    exports.outerF32(xPtr, yPtr, wPtr, count, m);
    copyOut(arena.w, count * m, out, row * m);
  }
}

/** Elements of an outer product at a time: they stay in the first-level cache until they are copied out. */
const OUTER = VECTOR;
