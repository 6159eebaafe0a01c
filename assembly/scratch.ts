/**
 * Scratch buffers for intermediate results: functions work on `PASS` numbers at a time, in lists that stay in the
 * cache.
 */
import { compress, expand } from "./compress";

/** Elements a pass. */
// @ts-ignore: decorator
@inline
export const PASS: u32 = 256;
/** Bytes of a list, and a cache line, because loads are held up by stores to the same place of a page. */
const LIST: i32 = 256 * 4 + 64;

/** Used by log and by quotients of polynomials. */
export const a0: usize = memory.data(LIST, 64);
export const a1: usize = memory.data(LIST, 64);
export const a2: usize = memory.data(LIST, 64);
export const a3: usize = memory.data(LIST, 64);
export const a4: usize = memory.data(LIST, 64);
/** Used by log1p, expm1 and erfc; `part` fills the first and the last. */
export const b0: usize = memory.data(LIST, 64);
export const b1: usize = memory.data(LIST, 64);
export const b2: usize = memory.data(LIST, 64);
export const b3: usize = memory.data(LIST, 64);
/** Which of four lanes are in the first of two lists. */
const masks: usize = memory.data(256 / 4);
/** Used by erf_inv and the activations. */
export const c0: usize = memory.data(LIST, 64);

/**
 * Sorts the `n` numbers at `ptr`, and those that make them a multiple of 4, by magnitude: those below `bound` to `b0`,
 * the others to `b3`. Returns how many are in `b0`.
 */
export function part(ptr: usize, n: u32, bound: v128): u32 {
  const bytes = (<usize>n) << 2;
  let near = b0;
  let far = b3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    const mask = i32x4.bitmask(f32x4.lt(f32x4.abs(x), bound));
    v128.store(near, compress(x, mask));
    v128.store(far, compress(x, mask ^ 15));
    store<u8>(masks + (i >> 4), mask);
    const taken: usize = i32.popcnt(mask) << 2;
    near += taken;
    far += 16 - taken;
  }
  return (<u32>(near - b0)) >> 2;
}

/** Merges what `part` sorted, in its first order. */
export function join(ptr: usize, n: u32): void {
  const bytes = (<usize>n) << 2;
  let near = b0;
  let far = b3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const mask = <i32>load<u8>(masks + (i >> 4));
    v128.store(ptr + i, v128.or(expand(v128.load(near), mask), expand(v128.load(far), mask ^ 15)));
    const taken: usize = i32.popcnt(mask) << 2;
    near += taken;
    far += 16 - taken;
  }
}
