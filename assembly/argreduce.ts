import { signOf, smaller } from "./lanes";
import { Binary } from "./opcodes";
import { extremeOf } from "./reduce";

/**
 * The index of the first maximum or minimum (`op`) of each of `rows` rows; that of the first NaN where there is one.
 *
 * Zeros of either sign are equal; subnormals are told apart. `xPtr` [rows, n] float32, n at least 1; `outPtr` [rows]
 * int32.
 */
export function argReduceRowsF32(op: Binary, xPtr: usize, outPtr: usize, rows: u32, n: u32): void {
  const stride = (<usize>n) << 2;
  const sign = signOf(op);
  for (const end = outPtr + ((<usize>rows) << 2); outPtr < end; outPtr += 4, xPtr += stride)
    store<u32>(outPtr, firstOf(xPtr, v128.xor(extremeOf(xPtr, stride, sign), sign)));
}

/** The index of the first number from `ptr` on that is `value`, or NaN as it is: there is one. */
// @ts-ignore: decorator
@inline
function firstOf(ptr: usize, value: v128): u32 {
  const number = f32x4.eq(value, value);
  let at = ptr;
  // What is read behind the row is not asked for: a lane before it matches.
  while (true) {
    const x = v128.load(at);
    const found = i32x4.bitmask(v128.bitselect(f32x4.eq(x, value), f32x4.ne(x, x), number));
    if (found) return ((<u32>(at - ptr)) >> 2) + ctz(found);
    at += 16;
  }
}

/**
 * Like `argReduceRowsF32`, of each of `cols` columns, of which `first` rows came before. `bestPtr` [cols] float32 and
 * `outPtr` [cols] int32 have what those gave. `xPtr` [rows, cols] float32. Up to 12 bytes behind the two are
 * overwritten.
 */
export function argReduceColumnsF32(
  op: Binary,
  xPtr: usize,
  bestPtr: usize,
  outPtr: usize,
  first: u32,
  rows: u32,
  cols: u32,
): void {
  const stride = (<usize>cols) << 2;
  const sign = signOf(op);
  for (let j: usize = 0; j < stride; j += 16) {
    let at = xPtr + j;
    let k = first;
    let best = v128.load(bestPtr + j);
    let index = v128.load(outPtr + j);
    if (!first) {
      best = v128.xor(v128.load(at), sign);
      index = i32x4.splat(0);
      k++;
      at += stride;
    }
    for (const last = first + rows; k < last; k++, at += stride) {
      const x = v128.xor(v128.load(at), sign);
      // Below the best, or the first NaN.
      const better = v128.andnot(f32x4.eq(best, best), f32x4.ge(x, best));
      best = v128.bitselect(x, best, better);
      index = v128.bitselect(i32x4.splat(k), index, better);
    }
    v128.store(bestPtr + j, best);
    v128.store(outPtr + j, index);
  }
}
