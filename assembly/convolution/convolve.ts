/**
 * Convolution in float32: windows of an image times packed matrices, four windows and eight outputs at a time. A sum
 * stays in its register for the whole window, in order, from +0 to the bias.
 */
import { flush } from "../fma";
import { panelWidth } from "../matvec";

/** Places that all groups take in turn, while what they see is in the first-level cache, in bytes of addresses. */
const TOGETHER: usize = 16 << 2;
/** Groups of more weights than this, in bytes, take all places in turn: else weights would pass through that cache. */
const LARGE: usize = 1 << 16;

/**
 * y [places, groups * m] = each window times W [runs * run, m] of each group, packed by `packPanelsF32` or
 * `packGroupsF32`, plus the bias. Where there is a bias, subnormals are flushed before and after it is added.
 *
 * - A window begins at one of the `places` addresses at `placesPtr`, and has `runs` runs of `run` elements, all at
 *   least 1. The windows of each group begin `groupStep` bytes behind those of the group before.
 * - The offsets at `runsPtr` are in bytes. They and the addresses are u32.
 * - `biasPtr` [groups * m], or 0 for none. Up to 12 bytes behind it are read.
 */
export function convolveF32(
  placesPtr: usize,
  runsPtr: usize,
  packedPtr: usize,
  biasPtr: usize,
  yPtr: usize,
  places: u32,
  runs: u32,
  run: u32,
  m: u32,
  groups: u32,
  groupStep: usize,
): void {
  const yStep = (<usize>(groups * m)) << 2;
  const placesEnd = placesPtr + ((<usize>places) << 2);
  const runsEnd = runsPtr + ((<usize>runs) << 2);
  const isLarge = groups == 1 || (<usize>(runs * run * m)) << 2 > LARGE;
  const some: usize = isLarge ? (<usize>places) << 2 : TOGETHER;
  for (; placesPtr < placesEnd; placesPtr += some, yPtr += yStep * (some >> 2)) {
    const end = min(placesPtr + some, placesEnd);
    let panels = packedPtr;
    let yGroup = yPtr;
    let biasGroup = biasPtr;
    for (let g: u32 = 0; g < groups; g++) {
      for (let c: u32 = 0; c < m;) {
        const panel = panelWidth(m - c);
        const step = (<usize>panel) << 2;
        for (let at: usize = 0; at < step; at += 32) {
          const column = ((<usize>c) << 2) + at;
          let y = yGroup + column;
          for (let ptr = placesPtr; ptr < end; ptr += 16, y += yStep << 2) {
            // Where fewer than four are left, the last one stands in for those missing, and gets the same sums again.
            const left = end - ptr;
            const second: usize = left > 4 ? 4 : 0;
            const third: usize = left > 8 ? 8 : second;
            const fourth: usize = left > 12 ? 12 : third;
            const y1 = second ? y + yStep : y;
            const y2 = left > 8 ? y1 + yStep : y1;
            const y3 = left > 12 ? y2 + yStep : y2;
            const first = load<u32>(ptr);
            const d1 = load<u32>(ptr + second) - first;
            const d2 = load<u32>(ptr + third) - first;
            const d3 = load<u32>(ptr + fourth) - first;
            const x = first + groupStep * g;
            const bias = biasPtr ? biasGroup + column : 0;
            if (panel == 4) {
              const columns = m - c;
              if (columns < 4) tile4x3(x, d1, d2, d3, runsPtr, runsEnd, run, panels, y, y1, y2, y3, bias, columns);
              else tile4x4(x, d1, d2, d3, runsPtr, runsEnd, run, panels, y, y1, y2, y3, bias);
            } else tile4x8(x, d1, d2, d3, runsPtr, runsEnd, run, panels + at, step, y, y1, y2, y3, bias);
          }
        }
        panels += (<usize>(runs * run * panel)) << 2;
        c += panel;
      }
      yGroup += (<usize>m) << 2;
      biasGroup += (<usize>m) << 2;
    }
  }
}

/**
 * Packs rows `k0` to `k0` + `rows` - 1 of W [n, groups * m], at `srcPtr`: the columns of each group as
 * `packPanelsF32` packs a matrix [n, m], one group after the other.
 */
export function packGroupsF32(srcPtr: usize, dstPtr: usize, n: u32, k0: u32, rows: u32, groups: u32, m: u32): void {
  const row = (<usize>(groups * m)) << 2;
  for (let g: u32 = 0; g < groups; g++) {
    for (let c: u32 = 0; c < m;) {
      const width = panelWidth(m - c);
      const step = (<usize>width) << 2;
      const bytes = min(step, (<usize>(m - c)) << 2);
      let from = srcPtr;
      let to = dstPtr + step * k0;
      for (const end = to + step * rows; to < end; to += step, from += row) {
        if (bytes < step) v128.store(to, i32x4.splat(0));
        for (let i: usize = 0; i < bytes; i += 4) store<u32>(to + i, load<u32>(from + i));
      }
      srcPtr += bytes;
      dstPtr += step * n;
      c += width;
    }
  }
}

/**
 * The windows at x, x + d1, x + d2 and x + d3 times b [runs * run, 8], rows of b `step` bytes apart. Two k a turn with
 * an exit between them, because two in one block of code make V8 spill registers.
 */
function tile4x8(
  x: usize,
  d1: usize,
  d2: usize,
  d3: usize,
  runsPtr: usize,
  runsEnd: usize,
  run: u32,
  b: usize,
  step: usize,
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  biasPtr: usize,
): void {
  const bytes = (<usize>run) << 2;
  let y0 = i32x4.splat(0);
  let y1 = y0;
  let y2 = y0;
  let y3 = y0;
  let y4 = y0;
  let y5 = y0;
  let y6 = y0;
  let y7 = y0;
  for (; runsPtr < runsEnd; runsPtr += 4) {
    let a = x + load<u32>(runsPtr);
    const end = a + bytes;
    while (true) {
      let high = v128.load(b, 16);
      let low = v128.load(b);
      let k = v128.load32_splat(a + d3);
      y6 = f32x4.add(f32x4.mul(k, low), y6);
      y7 = f32x4.add(f32x4.mul(k, high), y7);
      k = v128.load32_splat(a + d2);
      y4 = f32x4.add(f32x4.mul(k, low), y4);
      y5 = f32x4.add(f32x4.mul(k, high), y5);
      k = v128.load32_splat(a + d1);
      y2 = f32x4.add(f32x4.mul(k, low), y2);
      y3 = f32x4.add(f32x4.mul(k, high), y3);
      k = v128.load32_splat(a);
      y0 = f32x4.add(f32x4.mul(k, low), y0);
      y1 = f32x4.add(f32x4.mul(k, high), y1);
      a += 4;
      b += step;
      if (a == end) break;
      high = v128.load(b, 16);
      low = v128.load(b);
      k = v128.load32_splat(a + d3);
      y6 = f32x4.add(f32x4.mul(k, low), y6);
      y7 = f32x4.add(f32x4.mul(k, high), y7);
      k = v128.load32_splat(a + d2);
      y4 = f32x4.add(f32x4.mul(k, low), y4);
      y5 = f32x4.add(f32x4.mul(k, high), y5);
      k = v128.load32_splat(a + d1);
      y2 = f32x4.add(f32x4.mul(k, low), y2);
      y3 = f32x4.add(f32x4.mul(k, high), y3);
      k = v128.load32_splat(a);
      y0 = f32x4.add(f32x4.mul(k, low), y0);
      y1 = f32x4.add(f32x4.mul(k, high), y1);
      a += 4;
      b += step;
      if (a == end) break;
    }
  }
  if (biasPtr) {
    const low = flush(v128.load(biasPtr));
    const high = flush(v128.load(biasPtr, 16));
    y0 = plus(y0, low);
    y1 = plus(y1, high);
    y2 = plus(y2, low);
    y3 = plus(y3, high);
    y4 = plus(y4, low);
    y5 = plus(y5, high);
    y6 = plus(y6, low);
    y7 = plus(y7, high);
  }
  v128.store(r0, y0);
  v128.store(r0, y1, 16);
  v128.store(r1, y2);
  v128.store(r1, y3, 16);
  v128.store(r2, y4);
  v128.store(r2, y5, 16);
  v128.store(r3, y6);
  v128.store(r3, y7, 16);
}

/** Like `tile4x8`, for b [runs * run, 4] without gaps. */
function tile4x4(
  x: usize,
  d1: usize,
  d2: usize,
  d3: usize,
  runsPtr: usize,
  runsEnd: usize,
  run: u32,
  b: usize,
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  biasPtr: usize,
): void {
  const bytes = (<usize>run) << 2;
  let y0 = i32x4.splat(0);
  let y1 = y0;
  let y2 = y0;
  let y3 = y0;
  for (; runsPtr < runsEnd; runsPtr += 4) {
    let a = x + load<u32>(runsPtr);
    for (const end = a + bytes; a != end; a += 4, b += 16) {
      const w = v128.load(b);
      y0 = f32x4.add(f32x4.mul(v128.load32_splat(a), w), y0);
      y1 = f32x4.add(f32x4.mul(v128.load32_splat(a + d1), w), y1);
      y2 = f32x4.add(f32x4.mul(v128.load32_splat(a + d2), w), y2);
      y3 = f32x4.add(f32x4.mul(v128.load32_splat(a + d3), w), y3);
    }
  }
  if (biasPtr) {
    const w = flush(v128.load(biasPtr));
    y0 = plus(y0, w);
    y1 = plus(y1, w);
    y2 = plus(y2, w);
    y3 = plus(y3, w);
  }
  v128.store(r0, y0);
  v128.store(r1, y1);
  v128.store(r2, y2);
  v128.store(r3, y3);
}

/**
 * Like `tile4x4`, of which only the first `columns` columns, at most 3, count: lanes run over the four windows, because
 * over so few columns most would be idle. Up to 12 bytes behind a window are read.
 */
function tile4x3(
  x: usize,
  d1: usize,
  d2: usize,
  d3: usize,
  runsPtr: usize,
  runsEnd: usize,
  run: u32,
  b: usize,
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  biasPtr: usize,
  columns: u32,
): void {
  let y0 = i32x4.splat(0);
  let y1 = y0;
  let y2 = y0;
  for (; runsPtr < runsEnd; runsPtr += 4) {
    let a = x + load<u32>(runsPtr);
    for (let left: i32 = run; left > 0; left -= 4, a += 16) {
      const x0 = v128.load(a);
      const x1 = v128.load(a + d1);
      const x2 = v128.load(a + d2);
      const x3 = v128.load(a + d3);
      const low = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5);
      const low2 = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5);
      let k = v128.shuffle<i64>(low, low2, 0, 2);
      y0 = f32x4.add(f32x4.mul(k, v128.load32_splat(b)), y0);
      if (columns > 1) y1 = f32x4.add(f32x4.mul(k, v128.load32_splat(b, 4)), y1);
      if (columns > 2) y2 = f32x4.add(f32x4.mul(k, v128.load32_splat(b, 8)), y2);
      b += 16;
      if (left < 2) break;
      k = v128.shuffle<i64>(low, low2, 1, 3);
      y0 = f32x4.add(f32x4.mul(k, v128.load32_splat(b)), y0);
      if (columns > 1) y1 = f32x4.add(f32x4.mul(k, v128.load32_splat(b, 4)), y1);
      if (columns > 2) y2 = f32x4.add(f32x4.mul(k, v128.load32_splat(b, 8)), y2);
      b += 16;
      if (left < 3) break;
      const high = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7);
      const high2 = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7);
      k = v128.shuffle<i64>(high, high2, 0, 2);
      y0 = f32x4.add(f32x4.mul(k, v128.load32_splat(b)), y0);
      if (columns > 1) y1 = f32x4.add(f32x4.mul(k, v128.load32_splat(b, 4)), y1);
      if (columns > 2) y2 = f32x4.add(f32x4.mul(k, v128.load32_splat(b, 8)), y2);
      b += 16;
      if (left < 4) break;
      k = v128.shuffle<i64>(high, high2, 1, 3);
      y0 = f32x4.add(f32x4.mul(k, v128.load32_splat(b)), y0);
      if (columns > 1) y1 = f32x4.add(f32x4.mul(k, v128.load32_splat(b, 4)), y1);
      if (columns > 2) y2 = f32x4.add(f32x4.mul(k, v128.load32_splat(b, 8)), y2);
      b += 16;
    }
  }
  storeColumn(r0, r1, r2, r3, y0, biasPtr);
  if (columns > 1) storeColumn(r0 + 4, r1 + 4, r2 + 4, r3 + 4, y1, biasPtr ? biasPtr + 4 : 0);
  if (columns > 2) storeColumn(r0 + 8, r1 + 8, r2 + 8, r3 + 8, y2, biasPtr ? biasPtr + 8 : 0);
}

/** Stores the sums of one column, a row a lane, plus its bias. */
// @ts-ignore: decorator
@inline
function storeColumn(r0: usize, r1: usize, r2: usize, r3: usize, sums: v128, biasPtr: usize): void {
  if (biasPtr) sums = plus(sums, flush(v128.load32_splat(biasPtr)));
  v128.store32_lane(r0, sums, 0);
  v128.store32_lane(r1, sums, 1);
  v128.store32_lane(r2, sums, 2);
  v128.store32_lane(r3, sums, 3);
}

/** A sum plus the bias, which is flushed already. */
// @ts-ignore: decorator
@inline
export function plus(sum: v128, bias: v128): v128 {
  return flush(f32x4.add(flush(sum), bias));
}
