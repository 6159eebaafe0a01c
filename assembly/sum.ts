/**
 * Sums in float32 in one order: term i of a block of 1,024 is added to partial sum i mod 16, each ascending from +0.
 * Blocks are added in pairs, pairs of pairs and so on. Then partial p takes p + 8, p + 4, p + 2 and p + 1 in turn.
 * Subnormals are kept.
 */

/** The bytes of a block's terms. */
// @ts-ignore: decorator
@inline
export const SUM_BLOCK: usize = 4096;

/**
 * Where the partials of a block that is finished are, and behind them those of finished blocks: of 2^l blocks at level
 * l. So many levels hold 2^32 terms.
 */
let scratch: usize = memory.data(23 * 64, 64);

/** Sums in `ptr`, 1,472 bytes, from now on: each of the threads on one memory has its own. */
export function setScratch(ptr: usize): void {
  scratch = ptr;
}

/** 64 bytes for the partials of a sum, which the next one overwrites. */
// @ts-ignore: decorator
@inline
export function partials(): usize {
  return scratch;
}

/** Adds the partials at `level` to those of the block. */
function addLevel(level: usize): void {
  const parts = partials();
  for (let i: usize = 0; i < 64; i += 16) v128.store(parts + i, f32x4.add(v128.load(level + i), v128.load(parts + i)));
}

/** Puts the partials of block number `block`, from 1, aside with those of the blocks before it. */
function keep(block: u32): void {
  const parts = partials();
  let level = parts + 64;
  for (; !(block & 1); block >>= 1, level += 64) addLevel(level);
  // Without memory.copy, a call that takes as long as a third of a block.
  for (let i: usize = 0; i < 64; i += 16) v128.store(level + i, v128.load(parts + i));
}

/** The sum of the `blocks` blocks that were kept and of the last one's partials. */
function sumKept(blocks: u32): f32 {
  const parts = partials();
  for (let level = parts + 64; blocks; blocks >>= 1, level += 64) if (blocks & 1) addLevel(level);
  return combine(v128.load(parts), v128.load(parts, 16), v128.load(parts, 32), v128.load(parts, 48));
}

/** The sum of the 16 partials at `ptr`, by the tree. */
// @ts-ignore: decorator
@inline
export function combine(a: v128, b: v128, c: v128, d: v128): f32 {
  const four = f32x4.add(f32x4.add(a, c), f32x4.add(b, d));
  const two = f32x4.add(four, i64x2.shuffle(four, four, 1, 1));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}

/** The last 1 to 3 terms, and +0 where there is none. Adding +0 changes nothing, because a partial is never -0. */
// @ts-ignore: decorator
@inline
function tail(ptr: usize, left: usize): v128 {
  let last = left & 8 ? v128.load64_zero(ptr) : f32x4.splat(0);
  if (left & 4) last = left & 8 ? v128.load32_lane(ptr, last, 2, 8) : v128.load32_zero(ptr);
  return last;
}

/** The sum of each of `rows` rows: `xPtr` [rows, n] float32, `outPtr` [rows] float32. */
export function sumRowsF32(xPtr: usize, outPtr: usize, rows: u32, n: u32): void {
  const stride = (<usize>n) << 2;
  for (let row: u32 = 0; row < rows; row++, xPtr += stride, outPtr += 4) store<f32>(outPtr, sumRow(xPtr, stride));
}

/**
 * The sum of a row that comes in parts, so far: `xPtr` [n] float32 is the part behind `blocks` whole blocks, which
 * earlier calls have had. `outPtr` [1] float32.
 */
export function sumPartF32(xPtr: usize, outPtr: usize, n: u32, blocks: u32): void {
  store<f32>(outPtr, sumLong(xPtr, (<usize>n) << 2, blocks, false));
}

/** The sum of the float32 terms in the `bytes` bytes at `ptr`. */
export function sumRow(ptr: usize, bytes: usize): f32 {
  return bytes > SUM_BLOCK ? sumLong(ptr, bytes, 0, false) : sumTerms(ptr, bytes);
}

/** Like `sumRow`, of the squares of the terms, each rounded before it is added. */
export function sumSquares(ptr: usize, bytes: usize): f32 {
  return bytes > SUM_BLOCK ? sumLong(ptr, bytes, 0, true) : sumSquaredTerms(ptr, bytes);
}

/** The sum of terms behind `blocks` blocks that were kept. */
function sumLong(ptr: usize, bytes: usize, blocks: u32, squared: bool): f32 {
  while (true) {
    const size = min(bytes, SUM_BLOCK);
    const sum = squared ? sumSquaredTerms(ptr, size) : sumTerms(ptr, size);
    if (size < SUM_BLOCK) return blocks ? sumKept(blocks) : sum;
    keep(++blocks);
    ptr += size;
    bytes -= size;
  }
}

function sumTerms(ptr: usize, bytes: usize): f32 {
  return sumBlock(ptr, bytes, false);
}

function sumSquaredTerms(ptr: usize, bytes: usize): f32 {
  return sumBlock(ptr, bytes, true);
}

/** The sum of at most a block, whose partials are left at `partials()`. */
// @ts-ignore: decorator
@inline
function sumBlock(ptr: usize, bytes: usize, squared: bool): f32 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const whole = ptr + (bytes & ~63);
  const end = ptr + bytes;
  for (; ptr < whole; ptr += 64) {
    a = f32x4.add(a, term(v128.load(ptr), squared));
    b = f32x4.add(b, term(v128.load(ptr, 16), squared));
    c = f32x4.add(c, term(v128.load(ptr, 32), squared));
    d = f32x4.add(d, term(v128.load(ptr, 48), squared));
  }
  const left = end - ptr;
  if (left >= 48) {
    a = f32x4.add(a, term(v128.load(ptr), squared));
    b = f32x4.add(b, term(v128.load(ptr, 16), squared));
    c = f32x4.add(c, term(v128.load(ptr, 32), squared));
    d = f32x4.add(d, term(tail(ptr + 48, left & 15), squared));
  } else if (left >= 32) {
    a = f32x4.add(a, term(v128.load(ptr), squared));
    b = f32x4.add(b, term(v128.load(ptr, 16), squared));
    c = f32x4.add(c, term(tail(ptr + 32, left & 15), squared));
  } else if (left >= 16) {
    a = f32x4.add(a, term(v128.load(ptr), squared));
    b = f32x4.add(b, term(tail(ptr + 16, left & 15), squared));
  } else if (left > 0) {
    a = f32x4.add(a, term(tail(ptr, left), squared));
  }
  const parts = partials();
  v128.store(parts, a);
  v128.store(parts, b, 16);
  v128.store(parts, c, 32);
  v128.store(parts, d, 48);
  return combine(a, b, c, d);
}

// @ts-ignore: decorator
@inline
function term(x: v128, squared: bool): v128 {
  return squared ? f32x4.mul(x, x) : x;
}

/**
 * Adds `rows` rows of `cols` terms to `parts` rows of partials, a power of 2. Row k is added to row (first + k) mod
 * `parts`.
 *
 * `xPtr` [rows, cols] float32, `partsPtr` [parts, cols] float32.
 */
export function addPartsF32(xPtr: usize, partsPtr: usize, first: u32, rows: u32, cols: u32, parts: u32): void {
  const stride = (<usize>cols) << 2;
  const four = stride & ~15;
  // Four rows of one partial at a time, which is then loaded and stored once.
  const b = stride * parts;
  const c = b << 1;
  const d = b + c;
  for (; rows >= parts << 2; rows -= parts << 2, xPtr += d) {
    for (let k: u32 = 0; k < parts; k++) {
      const part = partsPtr + <usize>((first + k) & (parts - 1)) * stride;
      const end = xPtr + four;
      let to = part;
      for (; xPtr < end; xPtr += 16, to += 16) {
        const two = f32x4.add(f32x4.add(v128.load(to), v128.load(xPtr)), v128.load(xPtr + b));
        v128.store(to, f32x4.add(f32x4.add(two, v128.load(xPtr + c)), v128.load(xPtr + d)));
      }
      for (; to < part + stride; xPtr += 4, to += 4)
        store<f32>(
          to,
          load<f32>(to) + load<f32>(xPtr) + load<f32>(xPtr + b) + load<f32>(xPtr + c) + load<f32>(xPtr + d),
        );
    }
  }
  for (let k: u32 = 0; k < rows; k++) {
    const part = partsPtr + <usize>((first + k) & (parts - 1)) * stride;
    let j: usize = 0;
    for (; j < four; j += 16) v128.store(part + j, f32x4.add(v128.load(part + j), v128.load(xPtr + j)));
    for (; j < stride; j += 4) store<f32>(part + j, load<f32>(part + j) + load<f32>(xPtr + j));
    xPtr += stride;
  }
}

/**
 * Adds `rows` rows of `groups` times `size` terms to 16 partials a group. Term i of a group, counted from `first`
 * through all rows, is added to partial i mod 16.
 *
 * `xPtr` [rows, groups, size] float32, groups `stride` elements apart; `partsPtr` [groups, 16] float32.
 */
export function addGroupsF32(
  xPtr: usize,
  partsPtr: usize,
  first: u32,
  rows: u32,
  groups: u32,
  size: u32,
  stride: u32,
): void {
  const bytes = (<usize>size) << 2;
  const gap = ((<usize>stride) << 2) - bytes;
  for (let row: u32 = 0; row < rows; row++, first += size) {
    let part = partsPtr;
    for (let group: u32 = 0; group < groups; group++, part += 64, xPtr += gap) {
      let at = (<usize>(first & 15)) << 2;
      const end = xPtr + bytes;
      while (xPtr < end) {
        const to = part + at;
        if (!(at & 15) && xPtr + 16 <= end) {
          v128.store(to, f32x4.add(v128.load(to), v128.load(xPtr)));
          xPtr += 16;
          at = (at + 16) & 63;
        } else {
          store<f32>(to, load<f32>(to) + load<f32>(xPtr));
          xPtr += 4;
          at = (at + 4) & 63;
        }
      }
    }
  }
}

/**
 * The sums of groups of `size` of `cols` columns from their 16 partials, which are overwritten.
 *
 * `partsPtr` [16 / size, cols] float32, `outPtr` [cols / size] float32. Up to 12 bytes behind the partials are read.
 */
export function combinePartsF32(partsPtr: usize, outPtr: usize, cols: u32, size: u32): void {
  const stride = (<usize>cols) << 2;
  for (let half: usize = 8 / size; half > 0; half >>= 1) {
    const end = partsPtr + half * stride;
    // What is written past the end was read before.
    for (let ptr = partsPtr; ptr < end; ptr += 16)
      v128.store(ptr, f32x4.add(v128.load(ptr), v128.load(ptr + half * stride)));
  }
  const group = (<usize>size) << 2;
  for (const end = partsPtr + stride; partsPtr < end; partsPtr += group, outPtr += 4) {
    for (let half = group >> 1; half >= 4; half >>= 1) {
      for (let ptr = partsPtr; ptr < partsPtr + half; ptr += 4) store<f32>(ptr, load<f32>(ptr) + load<f32>(ptr + half));
    }
    store<f32>(outPtr, load<f32>(partsPtr));
  }
}
