import { sumRow } from "../sum";
import { flushPositive } from "./constants";
import { exp } from "./exp";

/**
 * Turns the scores of attention, `rowsPtr` [rows, n] float32, n a multiple of 16, into weights in place: the softmax of
 * each row.
 */
export function weightsF32(rowsPtr: usize, rows: u32, n: u32): void {
  const bytes = (<usize>n) << 2;
  for (const last = rowsPtr + bytes * rows; rowsPtr < last; rowsPtr += bytes) {
    const end = rowsPtr + bytes;
    const top = largest(rowsPtr, end);
    // Where a mask hides the first or the last keys, the powers are 0.
    const far = f32x4.sub(top, f32x4.splat(89));
    let first = rowsPtr;
    let behind = end;
    while (behind > first && areBelow(behind - 64, far)) behind -= 64;
    while (first < behind && areBelow(first, far)) first += 64;
    for (let ptr = rowsPtr; ptr < first; ptr += 16) v128.store(ptr, i32x4.splat(0));
    for (let ptr = first; ptr < behind; ptr += 16) v128.store(ptr, exp(f32x4.sub(v128.load(ptr), top)));
    for (let ptr = behind; ptr < end; ptr += 16) v128.store(ptr, i32x4.splat(0));
    const share = flushPositive(f32x4.splat(<f32>1 / sumRow(rowsPtr, bytes)));
    for (let ptr = rowsPtr; ptr < end; ptr += 16) v128.store(ptr, flushPositive(f32x4.mul(v128.load(ptr), share)));
  }
}

/** The maximum of a row in all lanes. */
// @ts-ignore: decorator
@inline
function largest(ptr: usize, end: usize): v128 {
  let top = f32x4.splat(-Infinity);
  let second = top;
  for (; ptr < end; ptr += 32) {
    top = f32x4.pmax(top, v128.load(ptr));
    second = f32x4.pmax(second, v128.load(ptr, 16));
  }
  top = f32x4.pmax(top, second);
  top = f32x4.pmax(top, i64x2.shuffle(top, top, 1, 0));
  return f32x4.pmax(top, i32x4.shuffle(top, top, 1, 0, 3, 2));
}

/** Whether sixteen scores are so far below the maximum that their powers are 0. */
// @ts-ignore: decorator
@inline
function areBelow(ptr: usize, far: v128): bool {
  const low = v128.and(f32x4.lt(v128.load(ptr), far), f32x4.lt(v128.load(ptr, 16), far));
  const high = v128.and(f32x4.lt(v128.load(ptr, 32), far), f32x4.lt(v128.load(ptr, 48), far));
  return i32x4.all_true(v128.and(low, high));
}
