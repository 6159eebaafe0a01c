/**
 * Sorting lanes into two dense lists by a mask, and back: branches then cost nothing, for each list takes only one.
 */

/** For a mask of four lanes, the byte shuffle that brings its lanes to the front: 16 entries of 16 bytes. */
export const gather: usize = memory.data(256, 16);

/** The shuffle that takes the front lanes back to the mask's places, zeros elsewhere: 16 entries of 16 bytes. */
export const spread: usize = memory.data(256, 16);

for (let mask = 0; mask < 16; mask++) {
  let rank = 0;
  for (let lane = 0; lane < 4; lane++) {
    const set = (mask >> lane) & 1;
    for (let byte = 0; byte < 4; byte++) {
      if (set) store<u8>(gather + mask * 16 + rank * 4 + byte, <u8>(lane * 4 + byte));
      store<u8>(spread + mask * 16 + lane * 4 + byte, set ? <u8>(rank * 4 + byte) : 0x80);
    }
    rank += set;
  }
}

/** The lanes of `x` that are in `mask`, moved to the front. */
// @ts-ignore: decorator
@inline
export function compress(x: v128, mask: i32): v128 {
  return i8x16.swizzle(x, v128.load(gather + (mask << 4)));
}

/** The front lanes of `x` in the places of `mask`, zeros elsewhere. */
// @ts-ignore: decorator
@inline
export function expand(x: v128, mask: i32): v128 {
  return i8x16.swizzle(x, v128.load(spread + (mask << 4)));
}
