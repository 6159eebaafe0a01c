/** Random bits: the words of threefry2x32, and y0 ^ y1 in 32, 16 or 8 bits an element. */
import { block32, numbers } from "./block32";
import { GROUP } from "./layout";
import { block, schedule, threefry2x32 } from "./threefry2x32";

/** `bits64` hashes this many counters at a time, in two lists: their first words and their second words. */
const PASS: u32 = 256;
const firstWords: usize = memory.data(2 * 256 * 4, 16);
const secondWords: usize = firstWords + 4 * PASS;

/** Writes `first`, `first` + 1, ... to `ptr` [n] uint32, room up to a multiple of 4. */
function count(first: i32, ptr: usize, n: u32): void {
  const lanes = i32x4(0, 1, 2, 3);
  for (let i: u32 = 0; i < n; i += 4) {
    v128.store(ptr, i32x4.add(i32x4.splat(first + i), lanes));
    ptr += 16;
  }
}

/**
 * 64 random bits an element: y0, y1 of the counters (high, low + i); low + n must not pass 2^32.
 * `outPtr` [2n] uint32 with room for a multiple of 16 elements.
 */
export function bits64(k0: i32, k1: i32, high: i32, low: i32, outPtr: usize, n: u32): void {
  const high4 = i32x4.splat(high);
  for (let i: u32 = 0; i < n; i += PASS) {
    const hashed = min((n - i + GROUP - 1) & ~(GROUP - 1), PASS);
    const end = firstWords + 4 * <usize>hashed;
    for (let ptr = firstWords; ptr < end; ptr += 16) v128.store(ptr, high4);
    count(low + i, secondWords, hashed);
    threefry2x32(k0, k1, firstWords, secondWords, hashed);
    for (let ptr = firstWords; ptr < end; ptr += 16) {
      const y0 = v128.load(ptr);
      const y1 = v128.load(ptr, 4 * PASS);
      v128.store(outPtr, i32x4.shuffle(y0, y1, 0, 4, 1, 5), 0);
      v128.store(outPtr, i32x4.shuffle(y0, y1, 2, 6, 3, 7), 16);
      outPtr += 32;
    }
  }
}

/** Like `block32`, of 16 counters to `ptr` [16]. */
// @ts-ignore: decorator
@inline
function block16(x: i32, y: i32, ptr: usize): void {
  const a = i32x4.splat(x);
  const b = i32x4.splat(y);
  block(
    a,
    a,
    a,
    a,
    i32x4.add(b, v128.load(numbers)),
    i32x4.add(b, v128.load(numbers, 16)),
    i32x4.add(b, v128.load(numbers, 32)),
    i32x4.add(b, v128.load(numbers, 48)),
    false,
    ptr,
    ptr,
  );
}

/**
 * 32 random bits an element, y0 ^ y1 of the counters (high, low + i); low + n must not pass 2^32.
 * `outPtr` [n] uint32 with room up to a multiple of 16.
 */
export function bits32(k0: i32, k1: i32, high: i32, low: i32, outPtr: usize, n: u32): void {
  schedule(k0, k1);
  const x = high + k0;
  let y = low + k1;
  let left = <i32>n;
  for (; left > 16; left -= 32) {
    block32(x, y, outPtr);
    y += 32;
    outPtr += 4 * 32;
  }
  if (left > 0) block16(x, y, outPtr);
}

/** The low 16 bits of `bits32`: `outPtr` [n] uint16 with the room that n words of `bits32` need. */
export function bits16(k0: i32, k1: i32, high: i32, low: i32, outPtr: usize, n: u32): void {
  bits32(k0, k1, high, low, outPtr, n);
  for (let i: usize = 0; i < n; i += 8) {
    const words = outPtr + 4 * i;
    const first = v128.load(words);
    const second = v128.load(words, 16);
    v128.store(outPtr + 2 * i, i8x16.shuffle(first, second, 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29));
  }
}

/** The low 8 bits of `bits32`: `outPtr` [n] uint8 with the room that n words of `bits32` need. */
export function bits8(k0: i32, k1: i32, high: i32, low: i32, outPtr: usize, n: u32): void {
  bits32(k0, k1, high, low, outPtr, n);
  const byte = i32x4.splat(0xff);
  for (let i: usize = 0; i < n; i += 16) {
    const words = outPtr + 4 * i;
    const first = i16x8.narrow_i32x4_u(v128.and(v128.load(words), byte), v128.and(v128.load(words, 16), byte));
    const second = i16x8.narrow_i32x4_u(v128.and(v128.load(words, 32), byte), v128.and(v128.load(words, 48), byte));
    v128.store(outPtr + i, i8x16.narrow_i16x8_u(first, second));
  }
}

/**
 * Pairs of the original layout: y0, y1 of the counters (first + i, second + i).
 * `y0Ptr` [n] uint32, `y1Ptr` [n] uint32, both with room up to a multiple of 16.
 */
export function bits32Original(k0: i32, k1: i32, first: i32, second: i32, y0Ptr: usize, y1Ptr: usize, n: u32): void {
  count(first, y0Ptr, n);
  count(second, y1Ptr, n);
  threefry2x32(k0, k1, y0Ptr, y1Ptr, n);
}
