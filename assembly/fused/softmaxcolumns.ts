import { flush, flushPositive } from "./constants";
import { expOfNegative } from "./exp";
import { lanes, logOfSum } from "./softmax";

/** Bytes of a row that are taken at a time, 16 columns: whole cache lines. */
// @ts-ignore: decorator
@inline
const GROUP: usize = 64;

/** The maxima of a group's columns, what their elements are multiplied by or lose, and their 16 partial sums. */
const tops: usize = memory.data(64, 64);
const shares: usize = memory.data(64, 64);
const parts: usize = memory.data(16 * 64, 64);

/**
 * Softmax column by column, in place: `ptr` [rows, cols] float32, at most 1,024 rows. The order of its sum is that of
 * `sumF32`, everything else as in `softmaxF32`. Up to 12 bytes behind the elements are read, and written as they are.
 */
export function softmaxColumnsF32(ptr: usize, rows: u32, cols: u32, logarithm: bool): void {
  const stride = (<usize>cols) << 2;
  const size = stride * rows;
  for (let j: usize = 0; j < stride; j += GROUP) {
    const width = min(GROUP, stride - j);
    const start = ptr + j;
    const end = start + size;
    findTops(start, end, stride, width);
    addPowers(start, end, stride, width, !logarithm);
    for (let v: usize = 0; v < width; v += 16) {
      const sum = sumOfParts(parts + v);
      v128.store(shares + v, logarithm ? logOfSum(sum) : flush(f32x4.div(f32x4.splat(1), sum)));
    }
    for (let at = start; at < end; at += stride)
      for (let v: usize = 0; v < width; v += 16) {
        const x = v128.load(at + v);
        const share = v128.load(shares + v);
        const y = logarithm
          ? flush(f32x4.sub(f32x4.sub(flush(x), v128.load(tops + v)), share))
          : flushPositive(f32x4.mul(x, share));
        put(at + v, y, x, width - v);
      }
  }
}

/** The maxima of columns, subnormals as zeros. A NaN is ignored. */
// @ts-ignore: decorator
@inline
function findTops(start: usize, end: usize, stride: usize, width: usize): void {
  for (let v: usize = 0; v < width; v += 16) {
    let top = f32x4.splat(-Infinity);
    for (let at = start + v; at < end; at += stride) top = f32x4.pmax(top, v128.load(at));
    v128.store(tops + v, flush(top));
  }
}

/** Adds up the powers of columns in their partial sums. They replace the elements if they are to be kept. */
// @ts-ignore: decorator
@inline
function addPowers(start: usize, end: usize, stride: usize, width: usize, kept: bool): void {
  for (let i: usize = 0; i < 16 * GROUP; i += 16) v128.store(parts + i, i32x4.splat(0));
  let part: usize = 0;
  for (let at = start; at < end; at += stride) {
    const sums = parts + part;
    for (let v: usize = 0; v < width; v += 16) {
      const x = v128.load(at + v);
      const y = expOfNegative(f32x4.sub(x, v128.load(tops + v)));
      v128.store(sums + v, f32x4.add(v128.load(sums + v), y));
      if (kept) put(at + v, y, x, width - v);
    }
    part = (part + GROUP) & (15 * GROUP);
  }
}

/** The sums of four columns, of their 16 partials, by the tree: p takes p + 8, p + 4, p + 2 and p + 1. */
function sumOfParts(ptr: usize): v128 {
  for (let half: usize = 8 * GROUP; half >= GROUP; half >>= 1)
    for (let i: usize = 0; i < half; i += GROUP)
      v128.store(ptr + i, f32x4.add(v128.load(ptr + i), v128.load(ptr + i + half)));
  return v128.load(ptr);
}

/** Stores those of four numbers that fit in `room` bytes; the others stay as they were. */
// @ts-ignore: decorator
@inline
function put(ptr: usize, y: v128, old: v128, room: usize): void {
  if (room < 16) y = v128.bitselect(y, old, i32x4.lt_s(v128.load(lanes), i32x4.splat((<i32>room) >> 2)));
  v128.store(ptr, y);
}
