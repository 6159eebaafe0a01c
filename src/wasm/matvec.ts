import { copyIn, copyOut } from "./copy.ts";
import { BLOCK, VECTOR } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { floor, max, min } = Math;

/**
 * out = x @ w with `w` [n, m] streamed through linear memory, a block of rows at a time. The accumulators carry over
 * from block to block, so that k still ascends; a row too long for the block is cut into columns.
 */
export function multiplyStreamed(arena: Arena, x: Float32Array, w: Float32Array, out: Float32Array): void {
  const { exports, xPtr, wPtr, yPtr } = arena;
  const n = x.length;
  const m = out.length;
  for (let c = 0; c < m; c += VECTOR) {
    const cols = min(VECTOR, m - c);
    arena.y.fill(0, 0, cols);
    const step = rowsPerBlock(cols);
    for (let k = 0; k < n; k += step) {
      const rows = min(step, n - k);
      copyIn(x, k, rows, arena.x);
      loadBlock(arena, w, m, k, rows, c, cols);
      exports.matvecF32(xPtr, wPtr, yPtr, rows, cols);
    }
    copyOut(arena.y, cols, out, c);
  }
}

/** out = x @ W for a W [n, m] packed at `packedPtr`; an x of more than VECTOR elements has room behind it. */
export function multiplyPanels(arena: Arena, packedPtr: number, x: Float32Array, out: Float32Array): void {
  const { exports, yPtr } = arena;
  const n = x.length;
  const m = out.length;
  let { xPtr } = arena;
  if (n <= VECTOR) {
    copyIn(x, 0, n, arena.x);
  } else {
    xPtr = packedPtr + 4 * n * packedColumns(m);
    new Float32Array(exports.memory.buffer, xPtr, n).set(x);
  }
  for (let c = 0; c < m; c += VECTOR) {
    const cols = min(VECTOR, m - c);
    exports.matvecPanelsF32(xPtr, packedPtr + 4 * n * c, yPtr, n, cols);
    copyOut(arena.y, cols, out, c);
  }
}

/** Packs `w` [n, m] into panels at `packedPtr`. */
export function pack(arena: Arena, w: Float32Array, n: number, m: number, packedPtr: number): void {
  const { exports, wPtr } = arena;
  for (let c = 0; c < m; c += VECTOR) {
    const cols = min(VECTOR, m - c);
    const step = rowsPerBlock(cols);
    for (let k = 0; k < n; k += step) {
      const rows = min(step, n - k);
      loadBlock(arena, w, m, k, rows, c, cols);
      exports.packPanelsF32(wPtr, packedPtr, n, k, rows, c, cols);
    }
  }
}

/** Bytes that a packed [n, m] matrix takes, with room for an x that the fixed region does not hold. */
export function packedBytes(n: number, m: number): number {
  return 4 * n * (packedColumns(m) + (n > VECTOR ? 1 : 0));
}

function packedColumns(m: number): number {
  return m + (-m & 3);
}

function rowsPerBlock(cols: number): number {
  return min(VECTOR, max(1, floor(BLOCK / cols)));
}

/** Copies rows k .. k + rows - 1, columns c .. c + cols - 1 of `w` [n, m] to the block region, row-major. */
export function loadBlock(
  arena: Arena,
  w: Float32Array,
  m: number,
  k: number,
  rows: number,
  c: number,
  cols: number,
): void {
  if (cols === m) return copyIn(w, k * m, rows * m, arena.w);
  for (let row = 0; row < rows; row++) {
    const from = (k + row) * m + c;
    arena.w.set(w.subarray(from, from + cols), row * cols);
  }
}
