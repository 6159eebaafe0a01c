/**
 * Convolution in float32: windows of an image times a packed matrix, four windows and eight outputs at a time. A sum
 * stays in its register for the whole window, in order, from +0 to the bias.
 */
import { flush } from "./fma";
import { panelWidth } from "./matvec";

/**
 * y [places, width] = each window times W [runs * run, m] packed by `packPanelsF32`, plus the bias. Where there is a
 * bias, subnormals are flushed before and after it is added.
 *
 * - A window begins at one of the `places` addresses at `placesPtr`, and has `runs` runs of `run` elements, all at
 *   least 1.
 * - The offsets at `runsPtr` are in bytes. They and the addresses are u32.
 * - `width` is m rounded up to 4. `biasPtr` [width], or 0 for none.
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
  width: u32,
): void {
  const yStep = (<usize>width) << 2;
  const end = placesPtr + ((<usize>places) << 2);
  const runsEnd = runsPtr + ((<usize>runs) << 2);
  for (let c: u32 = 0; c < m;) {
    const panel = panelWidth(m - c);
    const step = (<usize>panel) << 2;
    for (let at: usize = 0; at < step; at += 32) {
      const column = ((<usize>c) << 2) + at;
      let y = yPtr + column;
      for (let ptr = placesPtr; ptr < end; ptr += 16, y += yStep << 2) {
        // Where fewer than four are left, the last one stands in for the missing ones, and gets the same sums again.
        const left = end - ptr;
        const second: usize = left > 4 ? 4 : 0;
        const third: usize = left > 8 ? 8 : second;
        const fourth: usize = left > 12 ? 12 : third;
        const y1 = second ? y + yStep : y;
        const y2 = left > 8 ? y1 + yStep : y1;
        const y3 = left > 12 ? y2 + yStep : y2;
        const x = load<u32>(ptr);
        const d1 = load<u32>(ptr + second) - x;
        const d2 = load<u32>(ptr + third) - x;
        const d3 = load<u32>(ptr + fourth) - x;
        if (panel == 4)
          tile4x4(x, d1, d2, d3, runsPtr, runsEnd, run, packedPtr, y, y1, y2, y3, biasPtr ? biasPtr + column : 0);
        else
          tile4x8(
            x,
            d1,
            d2,
            d3,
            runsPtr,
            runsEnd,
            run,
            packedPtr + at,
            step,
            y,
            y1,
            y2,
            y3,
            biasPtr ? biasPtr + column : 0,
          );
      }
    }
    packedPtr += (<usize>runs * run * panel) << 2;
    c += panel;
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
      y6 = f32x4.add(y6, f32x4.mul(k, low));
      y7 = f32x4.add(y7, f32x4.mul(k, high));
      k = v128.load32_splat(a + d2);
      y4 = f32x4.add(y4, f32x4.mul(k, low));
      y5 = f32x4.add(y5, f32x4.mul(k, high));
      k = v128.load32_splat(a + d1);
      y2 = f32x4.add(y2, f32x4.mul(k, low));
      y3 = f32x4.add(y3, f32x4.mul(k, high));
      k = v128.load32_splat(a);
      y0 = f32x4.add(y0, f32x4.mul(k, low));
      y1 = f32x4.add(y1, f32x4.mul(k, high));
      a += 4;
      b += step;
      if (a == end) break;
      high = v128.load(b, 16);
      low = v128.load(b);
      k = v128.load32_splat(a + d3);
      y6 = f32x4.add(y6, f32x4.mul(k, low));
      y7 = f32x4.add(y7, f32x4.mul(k, high));
      k = v128.load32_splat(a + d2);
      y4 = f32x4.add(y4, f32x4.mul(k, low));
      y5 = f32x4.add(y5, f32x4.mul(k, high));
      k = v128.load32_splat(a + d1);
      y2 = f32x4.add(y2, f32x4.mul(k, low));
      y3 = f32x4.add(y3, f32x4.mul(k, high));
      k = v128.load32_splat(a);
      y0 = f32x4.add(y0, f32x4.mul(k, low));
      y1 = f32x4.add(y1, f32x4.mul(k, high));
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
      y0 = f32x4.add(y0, f32x4.mul(v128.load32_splat(a), w));
      y1 = f32x4.add(y1, f32x4.mul(v128.load32_splat(a + d1), w));
      y2 = f32x4.add(y2, f32x4.mul(v128.load32_splat(a + d2), w));
      y3 = f32x4.add(y3, f32x4.mul(v128.load32_splat(a + d3), w));
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

/** A sum plus the bias, which is flushed already. */
// @ts-ignore: decorator
@inline
export function plus(sum: v128, bias: v128): v128 {
  return flush(f32x4.add(flush(sum), bias));
}

/** Stores `bytes` bytes of x, 4 to 12, or all from 16 on. */
// @ts-ignore: decorator
@inline
export function storeFirst(ptr: usize, x: v128, bytes: usize): void {
  if (bytes >= 16) v128.store(ptr, x);
  else {
    if (bytes & 8) v128.store64_lane(ptr, x, 0);
    if (bytes == 12) v128.store32_lane(ptr, x, 2, 8);
    else if (bytes == 4) v128.store32_lane(ptr, x, 0);
  }
}
