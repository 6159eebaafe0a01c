/**
 * Y = X @ W in float32 for several rows of X over a W packed by `packPanelsF32`: every product and every sum rounded,
 * one accumulator an output, k ascending. Lanes run over outputs; sums are carried through Y from one block of k to the
 * next, so that no blocking changes a bit, and a row has the bits of `matvecPanelsF32`.
 */
import { panelTimes, panelWidth } from "./matvec";

/** Rows of a panel that are used for all rows of X before the next: 16 KiB, half of the smallest first-level cache. */
const DEPTH: u32 = 128;
/** Fewer rows of X than this take a panel whole: what a block saves in reading, its sums cost in writing. */
const BLOCKED_FROM: u32 = 8;

/**
 * y[i, j] += sum over k ascending of x[i, k] * w[k, j], continuing from the y that is there.
 * `xPtr` [rows, n], rows `xStride` elements apart; `yPtr` [rows, m], rows `yStride` elements apart with room up to a
 * multiple of 4; `packedPtr` W [n, m] packed.
 */
export function matmulPanelsF32(xPtr: usize, xStride: u32, packedPtr: usize, yPtr: usize, yStride: u32, rows: u32, n: u32, m: u32): void {
  const xStep = <usize>xStride << 2;
  const yStep = <usize>yStride << 2;
  const block = rows < BLOCKED_FROM ? n : DEPTH;
  let c: u32 = 0;
  while (c < m) {
    const width = panelWidth(m - c);
    for (let k: u32 = 0; k < n; k += block) {
      const depth = min(block, n - k);
      const panel = packedPtr + ((<usize>width * k) << 2);
      let x = xPtr + (<usize>k << 2);
      let y = yPtr + (<usize>c << 2);
      for (let row: u32 = 0; row < rows; row++) {
        panelTimes(width, x, x + (<usize>depth << 2), panel, y);
        x += xStep;
        y += yStep;
      }
    }
    packedPtr += (<usize>width * n) << 2;
    c += width;
  }
}
