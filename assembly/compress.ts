/**
 * Sorts lanes into two dense lists by a mask, and back. A list takes only one branch, so that branches cost nothing.
 */

/**
 * For each mask of four lanes the byte shuffle that moves its lanes to the front, zeros behind them: 16 times 16 bytes.
 */
const compressTable: usize = memory.data(256, 16);

/** For each mask the shuffle that moves the front lanes back to their places, zeros elsewhere: 16 times 16 bytes. */
const expandTable: usize = memory.data(256, 16);

/** An index past the lanes, for which the shuffle puts a zero. */
const NONE: u8 = 0x80;

for (let mask = 0; mask < 16; mask++) {
  let rank = 0;
  memory.fill(compressTable + mask * 16, NONE, 16);
  for (let lane = 0; lane < 4; lane++) {
    const set = (mask >> lane) & 1;
    for (let byte = 0; byte < 4; byte++) {
      if (set) store<u8>(compressTable + mask * 16 + rank * 4 + byte, <u8>(lane * 4 + byte));
      store<u8>(expandTable + mask * 16 + lane * 4 + byte, set ? <u8>(rank * 4 + byte) : NONE);
    }
    rank += set;
  }
}

/**
 * A zero that the optimiser cannot see: it makes a swizzle's source a temporary. V8 11.3's baseline compiler, on x86
 * without AVX, computes a swizzle wrong whose source lives on while its indices do not.
 */
const zero: usize = memory.data(16, 16);

// @ts-ignore: decorator
@inline
function swizzle(x: v128, indices: v128): v128 {
  return i8x16.swizzle(v128.or(x, v128.load(zero)), indices);
}

/** The lanes of `x` that are in `mask`, moved to the front, zeros behind them. */
// @ts-ignore: decorator
@inline
export function compress(x: v128, mask: i32): v128 {
  return swizzle(x, v128.load(compressTable + (mask << 4)));
}

/** The front lanes of `x` in the places of `mask`, zeros elsewhere. */
// @ts-ignore: decorator
@inline
export function expand(x: v128, mask: i32): v128 {
  return swizzle(x, v128.load(expandTable + (mask << 4)));
}
