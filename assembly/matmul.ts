/**
 * Y = X @ W in float32 for several rows of X over a W packed by `packPanelsF32`. Every product and every sum is
 * rounded; one accumulator an output, k ascending. Lanes run over outputs. Sums are carried through Y from one block of
 * k to the next, so that no blocking changes a bit, and a row has the bits of `matvecPanelsF32`.
 */
import { panelsTimes, panelsWidth } from "./matvec";

/** Rows of a panel that all rows of X use before the next ones: 64 KiB of 16 columns stay in the second-level cache. */
const DEPTH: u32 = 1024;

/**
 * Copies x [rows, n] for `matmulPanelsF32`. Four rows become one [n, 4], so that a tile reads sequentially; the last
 * one to three rows stay as they are.
 */
export function packRowsF32(xPtr: usize, toPtr: usize, rows: u32, n: u32): void {
  const step = (<usize>n) << 2;
  const wide = step & ~15;
  for (; rows >= 4; rows -= 4) {
    let k: usize = 0;
    for (; k < wide; k += 16) {
      const x = xPtr + k;
      const x0 = v128.load(x);
      const x1 = v128.load(x + step);
      const x2 = v128.load(x + step * 2);
      const x3 = v128.load(x + step * 3);
      const low = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5);
      const low2 = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5);
      const high = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7);
      const high2 = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7);
      v128.store(toPtr, v128.shuffle<i64>(low, low2, 0, 2));
      v128.store(toPtr, v128.shuffle<i64>(low, low2, 1, 3), 16);
      v128.store(toPtr, v128.shuffle<i64>(high, high2, 0, 2), 32);
      v128.store(toPtr, v128.shuffle<i64>(high, high2, 1, 3), 48);
      toPtr += 64;
    }
    for (; k < step; k += 4, toPtr += 16) {
      for (let i: usize = 0; i < 4; i++) store<u32>(toPtr + (i << 2), load<u32>(xPtr + step * i + k));
    }
    xPtr += step << 2;
  }
  memory.copy(toPtr, xPtr, step * rows);
}

/**
 * y[i, j] += the sum over k ascending of x[i, k] * w[k, j], continuing from the y that is there.
 *
 * - `xPtr`: rows from `packRowsF32`, or n columns of them. The four rows from row i on, i a multiple of 4, begin i *
 *   `xStride` elements in.
 * - `packedPtr`: W [n, m] packed.
 * - `yPtr` [rows, m], rows `yStride` elements apart with room up to a multiple of 4.
 */
export function matmulPanelsF32(
  xPtr: usize,
  xStride: u32,
  packedPtr: usize,
  yPtr: usize,
  yStride: u32,
  rows: u32,
  n: u32,
  m: u32,
): void {
  const xStep = (<usize>xStride) << 2;
  const yStep = (<usize>yStride) << 2;
  const depth = (<usize>n) << 2;
  const tiled = rows & ~3;
  let c: u32 = 0;
  while (c < m) {
    const width = panelsWidth(m - c);
    if (tiled) panelsTimesFours(width, xPtr, xStep, n, packedPtr, yPtr, yStep, tiled);
    for (let row = tiled; row < rows; row++) {
      const x = xPtr + xStep * row;
      panelsTimes(width, x, x + depth, packedPtr, yPtr + yStep * row);
    }
    packedPtr += depth * width;
    yPtr += (<usize>width) << 2;
    c += width;
  }
}

/** y [rows, width] += x [rows, n] @ the two panels, or the one, [n, width] at `panel`, four rows at a time. */
function panelsTimesFours(
  width: u32,
  x: usize,
  xStep: usize,
  n: u32,
  panel: usize,
  y: usize,
  yStep: usize,
  rows: u32,
): void {
  const end = y + yStep * rows;
  const xTile = xStep << 2;
  const yTile = yStep << 2;
  if (width == 4) {
    for (; y < end; x += xTile, y += yTile) tile4x4(x, n, panel, y, yStep);
    return;
  }
  const step: usize = width == 8 ? 32 : 64;
  for (let left = width << 2; left > 0; left -= <u32>step) {
    for (let k: u32 = 0; k < n; k += DEPTH) {
      const depth = min(DEPTH, n - k);
      let a = x + ((<usize>k) << 4);
      // Four rows of X go through all columns of the panel while they are in the first-level cache.
      for (let to = y; to < end; to += yTile, a += xTile) {
        for (let at: usize = 0; at < step; at += 32) tile4x8(a, depth, panel + at, step, to + at, yStep);
      }
      panel += step * depth;
    }
    y += step;
  }
}

/**
 * c [4, 8] += a [n, 4] transposed @ b [n, 8], rows of b `step` bytes apart, n at least 1.
 *
 * Eight accumulators, and one k in a block of code: V8 first loads all that a block loads, and with two k it spills
 * registers. Inlined, because V8 unrolls a loop more the deeper it is nested; not inlined it reaches 43 GFLOP/s. This
 * reaches 52 to 55 on Zen 5 and 46 to 48 on Zen 4. Multiplications and additions alone reach 56 to 59 and 53 to 55
 * (Node 20, 22 and 24, x86-64, 2026-11).
 */
// @ts-ignore: decorator
@inline
function tile4x8(a: usize, n: u32, b: usize, step: usize, c: usize, cStep: usize): void {
  const r1 = c + cStep;
  const r2 = r1 + cStep;
  const r3 = r2 + cStep;
  let y0 = v128.load(c);
  let y1 = v128.load(c, 16);
  let y2 = v128.load(r1);
  let y3 = v128.load(r1, 16);
  let y4 = v128.load(r2);
  let y5 = v128.load(r2, 16);
  let y6 = v128.load(r3);
  let y7 = v128.load(r3, 16);
  const last = a + ((<usize>(n - 1)) << 4);
  while (true) {
    const high = v128.load(b, 16);
    const low = v128.load(b);
    let x = v128.load32_splat(a);
    y0 = f32x4.add(f32x4.mul(x, low), y0);
    y1 = f32x4.add(f32x4.mul(x, high), y1);
    x = v128.load32_splat(a, 4);
    y2 = f32x4.add(f32x4.mul(x, low), y2);
    y3 = f32x4.add(f32x4.mul(x, high), y3);
    x = v128.load32_splat(a, 8);
    y4 = f32x4.add(f32x4.mul(x, low), y4);
    y5 = f32x4.add(f32x4.mul(x, high), y5);
    x = v128.load32_splat(a, 12);
    y6 = f32x4.add(f32x4.mul(x, low), y6);
    y7 = f32x4.add(f32x4.mul(x, high), y7);
    if (a == last) break;
    a += 16;
    b += step;
  }
  v128.store(c, y0);
  v128.store(c, y1, 16);
  v128.store(r1, y2);
  v128.store(r1, y3, 16);
  v128.store(r2, y4);
  v128.store(r2, y5, 16);
  v128.store(r3, y6);
  v128.store(r3, y7, 16);
}

/** Like `tile4x8`, for b [n, 4] without gaps. */
function tile4x4(a: usize, n: u32, b: usize, c: usize, cStep: usize): void {
  const r1 = c + cStep;
  const r2 = r1 + cStep;
  const r3 = r2 + cStep;
  let y0 = v128.load(c);
  let y1 = v128.load(r1);
  let y2 = v128.load(r2);
  let y3 = v128.load(r3);
  for (const end = a + ((<usize>n) << 4); a < end; a += 16, b += 16) {
    const w = v128.load(b);
    y0 = f32x4.add(f32x4.mul(v128.load32_splat(a), w), y0);
    y1 = f32x4.add(f32x4.mul(v128.load32_splat(a, 4), w), y1);
    y2 = f32x4.add(f32x4.mul(v128.load32_splat(a, 8), w), y2);
    y3 = f32x4.add(f32x4.mul(v128.load32_splat(a, 12), w), y3);
  }
  v128.store(c, y0);
  v128.store(r1, y1);
  v128.store(r2, y2);
  v128.store(r3, y3);
}
