/**
 * Y = X @ W in float32 for several rows of X over a W packed by `packPanelsF32`: every product and every sum rounded,
 * one accumulator an output, k ascending. Lanes run over outputs; sums are carried through Y from one block of k to the
 * next, so that no blocking changes a bit, and a row has the bits of `matvecPanelsF32`.
 */
import { panelTimes, panelWidth } from "./matvec";

/** Rows of a panel that are used for all rows of X before the next: their lines fill 32 KiB for each 8 columns. */
const DEPTH: u32 = 512;

/**
 * y[i, j] += sum over k ascending of x[i, k] * w[k, j], continuing from the y that is there.
 * `xPtr` [rows, n], rows `xStride` elements apart; `yPtr` [rows, m], rows `yStride` elements apart with room up to a
 * multiple of 4; `packedPtr` W [n, m] packed.
 */
export function matmulPanelsF32(xPtr: usize, xStride: u32, packedPtr: usize, yPtr: usize, yStride: u32, rows: u32, n: u32, m: u32): void {
  const xStep = <usize>xStride << 2;
  const yStep = <usize>yStride << 2;
  // Rows that fill no tile take a panel whole: what a block saves in reading, their sums cost in writing.
  const block = rows < 4 ? n : DEPTH;
  let c: u32 = 0;
  while (c < m) {
    const width = panelWidth(m - c);
    for (let k: u32 = 0; k < n; k += block) {
      const depth = min(block, n - k);
      const panel = packedPtr + ((<usize>width * k) << 2);
      let x = xPtr + (<usize>k << 2);
      let y = yPtr + (<usize>c << 2);
      const tiled = rows & ~3;
      if (tiled) panelTimesFours(width, x, xStep, depth, panel, y, yStep, tiled);
      x += <usize>tiled * xStep;
      y += <usize>tiled * yStep;
      for (let row = tiled; row < rows; row++) {
        panelTimes(width, x, x + (<usize>depth << 2), panel, y);
        x += xStep;
        y += yStep;
      }
    }
    packedPtr += (<usize>width * n) << 2;
    c += width;
  }
}

/** y [rows, width] += x [rows, depth] @ panel [depth, width], four rows at a time; strides in bytes. */
function panelTimesFours(width: u32, x: usize, xStep: usize, depth: u32, panel: usize, y: usize, yStep: usize, rows: u32): void {
  const step = <usize>width << 2;
  if (width == 4) {
    for (let row: u32 = 0; row < rows; row += 4, x += xStep << 2, y += yStep << 2) tile4x4(x, xStep, depth, panel, y, yStep);
    return;
  }
  for (let at: usize = 0; at < step; at += 32) {
    let from = x;
    let to = y + at;
    for (let row: u32 = 0; row < rows; row += 4, from += xStep << 2, to += yStep << 2) tile4x8(from, xStep, depth, panel + at, step, to, yStep);
  }
}

/**
 * c [4, 8] += a [4, n] @ b [n, 8], rows of b `step` bytes apart, n at least 1.
 *
 * Eight accumulators, and two k a step with a way out between them: a loop of one k spends its time on the loop, and
 * two k in one block of code make V8 load all of b first and spill. 54 to 57 GFLOP/s on Node 20, 22 and 24, a row of 32
 * columns at a time 50 to 52 (x86-64, 2026-11).
 */
function tile4x8(a: usize, aStep: usize, n: u32, b: usize, step: usize, c: usize, cStep: usize): void {
  const r1 = c + cStep;
  const r2 = r1 + cStep;
  const r3 = r2 + cStep;
  let y0 = v128.load(c); let y1 = v128.load(c, 16); let y2 = v128.load(r1); let y3 = v128.load(r1, 16);
  let y4 = v128.load(r2); let y5 = v128.load(r2, 16); let y6 = v128.load(r3); let y7 = v128.load(r3, 16);
  const end = a + (<usize>n << 2);
  while (true) {
    let high = v128.load(b, 16);
    let low = v128.load(b);
    let x = v128.load32_splat(a + aStep * 3);
    y6 = f32x4.add(y6, f32x4.mul(x, low));
    y7 = f32x4.add(y7, f32x4.mul(x, high));
    x = v128.load32_splat(a + aStep * 2);
    y4 = f32x4.add(y4, f32x4.mul(x, low));
    y5 = f32x4.add(y5, f32x4.mul(x, high));
    x = v128.load32_splat(a + aStep);
    y2 = f32x4.add(y2, f32x4.mul(x, low));
    y3 = f32x4.add(y3, f32x4.mul(x, high));
    x = v128.load32_splat(a);
    y0 = f32x4.add(y0, f32x4.mul(x, low));
    y1 = f32x4.add(y1, f32x4.mul(x, high));
    a += 4;
    b += step;
    if (a == end) break;
    high = v128.load(b, 16);
    low = v128.load(b);
    x = v128.load32_splat(a + aStep * 3);
    y6 = f32x4.add(y6, f32x4.mul(x, low));
    y7 = f32x4.add(y7, f32x4.mul(x, high));
    x = v128.load32_splat(a + aStep * 2);
    y4 = f32x4.add(y4, f32x4.mul(x, low));
    y5 = f32x4.add(y5, f32x4.mul(x, high));
    x = v128.load32_splat(a + aStep);
    y2 = f32x4.add(y2, f32x4.mul(x, low));
    y3 = f32x4.add(y3, f32x4.mul(x, high));
    x = v128.load32_splat(a);
    y0 = f32x4.add(y0, f32x4.mul(x, low));
    y1 = f32x4.add(y1, f32x4.mul(x, high));
    a += 4;
    b += step;
    if (a == end) break;
  }
  v128.store(c, y0); v128.store(c, y1, 16); v128.store(r1, y2); v128.store(r1, y3, 16);
  v128.store(r2, y4); v128.store(r2, y5, 16); v128.store(r3, y6); v128.store(r3, y7, 16);
}

/** As `tile4x8`, for b [n, 4] without gaps. */
function tile4x4(a: usize, aStep: usize, n: u32, b: usize, c: usize, cStep: usize): void {
  const r1 = c + cStep;
  const r2 = r1 + cStep;
  const r3 = r2 + cStep;
  let y0 = v128.load(c); let y1 = v128.load(r1); let y2 = v128.load(r2); let y3 = v128.load(r3);
  for (const end = a + (<usize>n << 2); a < end; a += 4, b += 16) {
    const w = v128.load(b);
    y0 = f32x4.add(y0, f32x4.mul(v128.load32_splat(a), w));
    y1 = f32x4.add(y1, f32x4.mul(v128.load32_splat(a + aStep), w));
    y2 = f32x4.add(y2, f32x4.mul(v128.load32_splat(a + aStep * 2), w));
    y3 = f32x4.add(y3, f32x4.mul(v128.load32_splat(a + aStep * 3), w));
  }
  v128.store(c, y0); v128.store(r1, y1); v128.store(r2, y2); v128.store(r3, y3);
}
