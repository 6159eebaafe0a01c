/**
 * Depthwise convolution in float32: each output sees one feature of the image. Four places and eight outputs at a time;
 * a sum stays in its register for the whole window, in order, from +0 to the bias.
 */
import { plus } from "./convolve";
import { flush } from "../fma";

/**
 * out [lines, places, m]: output j of a place is the sum, over the `offsets` offsets ascending, of the line's x [t *
 * step + offset + j / multiplier] * w [offset, j], plus the bias. Every product is rounded. Where there is a bias,
 * subnormals are flushed before and after it is added.
 *
 * - The lines begin at the addresses at `linesPtr`, u32. `step` is in bytes, and so are the offsets at `offsetsPtr`,
 *   u32, at least one.
 * - `wPtr` [offsets, m], `biasPtr` [m], or 0 for none.
 * - Up to 12 bytes behind x, w and the bias are read.
 */
export function depthwiseF32(
  linesPtr: usize,
  offsetsPtr: usize,
  wPtr: usize,
  biasPtr: usize,
  outPtr: usize,
  lines: u32,
  places: u32,
  step: usize,
  offsets: u32,
  m: u32,
  multiplier: u32,
): void {
  const row = (<usize>m) << 2;
  const end = offsetsPtr + ((<usize>offsets) << 2);
  const wide = multiplier == 1 ? row & ~31 : 0;
  const total = lines * places;
  const last = total - 1;
  let linePtr = linesPtr;
  let t: u32 = 0;
  for (let place: u32 = 0; place < total; place += 4) {
    const x: usize = load<u32>(linePtr) + step * t;
    let d1 = step;
    let d2 = step << 1;
    let d3 = step * 3;
    let r1 = row;
    let r2 = row << 1;
    let r3 = row * 3;
    t += 4;
    if (t > places) {
      // Some are on the next lines. Where fewer than four are left, the last one stands in for the missing ones, and
      // gets the same sums again.
      const p1 = min(place + 1, last);
      const p2 = min(place + 2, last);
      const p3 = min(place + 3, last);
      d1 = windowAt(linesPtr, p1, places, step) - x;
      d2 = windowAt(linesPtr, p2, places, step) - x;
      d3 = windowAt(linesPtr, p3, places, step) - x;
      r1 = row * (p1 - place);
      r2 = row * (p2 - place);
      r3 = row * (p3 - place);
    }
    for (; t >= places; t -= places) linePtr += 4;
    let c: usize = 0;
    for (; c < wide; c += 32)
      tile4x8(x + c, d1, d2, d3, offsetsPtr, end, wPtr + c, row, biasPtr ? biasPtr + c : 0, outPtr + c, r1, r2, r3);
    while (c < row) {
      // The last four outputs are computed again where they overlap.
      if (c + 16 > row && row > 16) c = row - 16;
      tile4x4(
        x,
        d1,
        d2,
        d3,
        offsetsPtr,
        end,
        wPtr + c,
        row,
        biasPtr ? biasPtr + c : 0,
        outPtr + c,
        r1,
        r2,
        r3,
        <u32>(c >> 2),
        multiplier,
      );
      c += 16;
    }
    outPtr += row << 2;
  }
}

/** The address of what place `place` of all lines sees first. */
function windowAt(linesPtr: usize, place: u32, places: u32, step: usize): usize {
  const line = place / places;
  return <usize>load<u32>(linesPtr + ((<usize>line) << 2)) + step * (place - line * places);
}

/** The windows at x, x + d1, x + d2 and x + d3 times w [offsets, 8], rows of w `row` bytes apart. */
function tile4x8(
  x: usize,
  d1: usize,
  d2: usize,
  d3: usize,
  offset: usize,
  end: usize,
  w: usize,
  row: usize,
  biasPtr: usize,
  out: usize,
  r1: usize,
  r2: usize,
  r3: usize,
): void {
  let y0 = i32x4.splat(0);
  let y1 = y0;
  let y2 = y0;
  let y3 = y0;
  let y4 = y0;
  let y5 = y0;
  let y6 = y0;
  let y7 = y0;
  for (; offset < end; offset += 4, w += row) {
    const a = x + load<u32>(offset);
    const low = v128.load(w);
    const high = v128.load(w, 16);
    y6 = f32x4.add(f32x4.mul(v128.load(a + d3), low), y6);
    y7 = f32x4.add(f32x4.mul(v128.load(a + d3, 16), high), y7);
    y4 = f32x4.add(f32x4.mul(v128.load(a + d2), low), y4);
    y5 = f32x4.add(f32x4.mul(v128.load(a + d2, 16), high), y5);
    y2 = f32x4.add(f32x4.mul(v128.load(a + d1), low), y2);
    y3 = f32x4.add(f32x4.mul(v128.load(a + d1, 16), high), y3);
    y0 = f32x4.add(f32x4.mul(v128.load(a), low), y0);
    y1 = f32x4.add(f32x4.mul(v128.load(a, 16), high), y1);
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
  v128.store(out, y0);
  v128.store(out, y1, 16);
  v128.store(out + r1, y2);
  v128.store(out + r1, y3, 16);
  v128.store(out + r2, y4);
  v128.store(out + r2, y5, 16);
  v128.store(out + r3, y6);
  v128.store(out + r3, y7, 16);
}

/** Like `tile4x8`, for the four outputs from `first` on, of which those behind m are not written. x is of feature 0. */
function tile4x4(
  x: usize,
  d1: usize,
  d2: usize,
  d3: usize,
  offset: usize,
  end: usize,
  w: usize,
  row: usize,
  biasPtr: usize,
  out: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  first: u32,
  multiplier: u32,
): void {
  let y0 = i32x4.splat(0);
  let y1 = y0;
  let y2 = y0;
  let y3 = y0;
  const feature = first / multiplier;
  x += (<usize>feature) << 2;
  if (multiplier == 1) {
    for (; offset < end; offset += 4, w += row) {
      const a = x + load<u32>(offset);
      const k = v128.load(w);
      y3 = f32x4.add(f32x4.mul(v128.load(a + d3), k), y3);
      y2 = f32x4.add(f32x4.mul(v128.load(a + d2), k), y2);
      y1 = f32x4.add(f32x4.mul(v128.load(a + d1), k), y1);
      y0 = f32x4.add(f32x4.mul(v128.load(a), k), y0);
    }
  } else {
    // Which of the four features from x on each output sees, in bytes.
    let lanes = i32x4.splat(0);
    lanes = i32x4.replace_lane(lanes, 1, (first + 1) / multiplier - feature);
    lanes = i32x4.replace_lane(lanes, 2, (first + 2) / multiplier - feature);
    lanes = i32x4.replace_lane(lanes, 3, (first + 3) / multiplier - feature);
    lanes = i32x4.add(i32x4.mul(lanes, i32x4.splat(0x04040404)), i32x4.splat(0x03020100));
    for (; offset < end; offset += 4, w += row) {
      const a = x + load<u32>(offset);
      const k = v128.load(w);
      y3 = f32x4.add(f32x4.mul(i8x16.swizzle(v128.load(a + d3), lanes), k), y3);
      y2 = f32x4.add(f32x4.mul(i8x16.swizzle(v128.load(a + d2), lanes), k), y2);
      y1 = f32x4.add(f32x4.mul(i8x16.swizzle(v128.load(a + d1), lanes), k), y1);
      y0 = f32x4.add(f32x4.mul(i8x16.swizzle(v128.load(a), lanes), k), y0);
    }
  }
  if (biasPtr) {
    const k = flush(v128.load(biasPtr));
    y0 = plus(y0, k);
    y1 = plus(y1, k);
    y2 = plus(y2, k);
    y3 = plus(y3, k);
  }
  storeFirst(out, y0, row);
  storeFirst(out + r1, y1, row);
  storeFirst(out + r2, y2, row);
  storeFirst(out + r3, y3, row);
}

/** Stores `bytes` bytes of x, 4 to 12, or all from 16 on. */
function storeFirst(ptr: usize, x: v128, bytes: usize): void {
  if (bytes >= 16) v128.store(ptr, x);
  else {
    if (bytes & 8) v128.store64_lane(ptr, x, 0);
    if (bytes == 12) v128.store32_lane(ptr, x, 2, 8);
    else if (bytes == 4) v128.store32_lane(ptr, x, 0);
  }
}
