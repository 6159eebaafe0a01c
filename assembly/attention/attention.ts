/**
 * Scaled dot-product attention of one head, four query rows at a time, in three steps: scores, weights, outputs. The
 * host chooses who makes the weights. Dense sums have one accumulator an output. Lanes run over keys for the scores,
 * and over the values' width for the outputs, so that no row depends on its neighbours.
 */
import { powersF32 } from "../exp";
import { flush } from "../fma";
import { combine, SUM_BLOCK, sumRow } from "../sum";

/**
 * Packs keys [keys, width], `stride` bytes from one to the next, into panels of eight: [keys / 8, width, 8]. The
 * missing keys of the last panel stay as they are. `packedPtr` has room for whole panels.
 */
export function packKeysF32(keyPtr: usize, packedPtr: usize, stride: usize, keys: u32, width: u32): void {
  const four = width & ~3;
  for (let s: u32 = 0; s < keys; s += 4) {
    const to = packedPtr + ((<usize>(s & ~7) * width + (s & 4)) << 2);
    const left = keys - s;
    // Where fewer than four keys are left, the last one stands in for the missing ones: their results are not read.
    const k1 = left > 1 ? keyPtr + stride : keyPtr;
    const k2 = left > 2 ? k1 + stride : k1;
    const k3 = left > 3 ? k2 + stride : k2;
    let i: u32 = 0;
    for (; i < four; i += 4) {
      const at = (<usize>i) << 2;
      const a = v128.load(keyPtr + at);
      const b = v128.load(k1 + at);
      const c = v128.load(k2 + at);
      const d = v128.load(k3 + at);
      const abLow = i32x4.shuffle(a, b, 0, 4, 1, 5);
      const abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
      const cdLow = i32x4.shuffle(c, d, 0, 4, 1, 5);
      const cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
      const row = to + ((<usize>i) << 5);
      v128.store(row, i64x2.shuffle(abLow, cdLow, 0, 2), 0);
      v128.store(row, i64x2.shuffle(abLow, cdLow, 1, 3), 32);
      v128.store(row, i64x2.shuffle(abHigh, cdHigh, 0, 2), 64);
      v128.store(row, i64x2.shuffle(abHigh, cdHigh, 1, 3), 96);
    }
    for (; i < width; i++) {
      const at = (<usize>i) << 2;
      const row = to + ((<usize>i) << 5);
      store<f32>(row, load<f32>(keyPtr + at), 0);
      store<f32>(row, load<f32>(k1 + at), 4);
      store<f32>(row, load<f32>(k2 + at), 8);
      store<f32>(row, load<f32>(k3 + at), 12);
    }
    keyPtr += stride << 2;
  }
}

/**
 * Packs values [keys, width], `stride` bytes from one to the next, into panels of eight columns: [width / 8, keys, 8],
 * `panel` bytes from one panel to the next. The missing columns of the last panel are those behind the values, which
 * are read up to 28 bytes past their end.
 */
export function packValuesF32(
  valuePtr: usize,
  packedPtr: usize,
  stride: usize,
  panel: usize,
  keys: u32,
  width: u32,
): void {
  const end = packedPtr + ((<usize>keys) << 5);
  const bytes = (<usize>width) << 2;
  for (let to = packedPtr; to < end; to += 32, valuePtr += stride) {
    for (let i: usize = 0, at = to; i < bytes; i += 32, at += panel) {
      v128.store(at, v128.load(valuePtr + i));
      v128.store(at, v128.load(valuePtr + i, 16), 16);
    }
  }
}

/**
 * The products of the queries of one head with keys packed by `packKeysF32`: `rowsPtr` [queries, row], where row is
 * `keys` rounded up to 16.
 *
 * - `queryStride` is bytes from one row to the next.
 * - `maskPtr` bytes [queries, keys], or 0 for none: what it hides may be anything. It is read up to 8 bytes past its
 *   end.
 */
export function scoresF32(
  queryPtr: usize,
  queryStride: usize,
  packedPtr: usize,
  maskPtr: usize,
  rowsPtr: usize,
  queries: u32,
  keys: u32,
  width: u32,
): void {
  const row: usize = ((<usize>keys + 15) & ~15) << 2;
  const scored: usize = ((<usize>keys + 7) & ~7) << 2;
  const panel = (<usize>width) << 5;
  for (; queries >= 4; queries -= 4) {
    let from = packedPtr;
    for (let s: usize = 0; s < scored; s += 32, from += panel) {
      if (maskPtr && hidden(maskPtr + (s >> 2), keys)) continue;
      tile4(queryPtr, queryStride, width, from, 32, rowsPtr + s, row);
    }
    queryPtr += queryStride << 2;
    rowsPtr += row << 2;
    if (maskPtr) maskPtr += keys << 2;
  }
  for (; queries > 0; queries--) {
    times(queryPtr, width, packedPtr, 32, panel, rowsPtr, scored);
    queryPtr += queryStride;
    rowsPtr += row;
  }
}

/**
 * Applies bias and mask to scores, `rowsPtr` [queries, row], where row is `keys` rounded up to 16, and puts -infinity
 * behind the keys. A masked score becomes `masked`.
 *
 * `biasPtr` float32, `maskPtr` bytes: [queries, keys] each, or 0 for none. They are read up to 12 bytes past their end.
 */
export function overlayF32(rowsPtr: usize, biasPtr: usize, maskPtr: usize, queries: u32, keys: u32, masked: f32): void {
  const low = f32x4.splat(masked);
  const row: usize = ((<usize>keys + 15) & ~15) << 2;
  for (let t: u32 = 0; t < queries; t++, rowsPtr += row) {
    if (biasPtr || maskPtr) {
      for (let s: usize = 0; s < keys; s += 4) {
        let x = v128.load(rowsPtr + (s << 2));
        if (biasPtr) x = flush(f32x4.add(x, flush(v128.load(biasPtr + (s << 2)))));
        if (maskPtr) {
          const bytes = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(maskPtr + s)));
          x = v128.bitselect(low, x, i32x4.eq(bytes, i32x4.splat(0)));
        }
        v128.store(rowsPtr + (s << 2), x);
      }
      if (biasPtr) biasPtr += (<usize>keys) << 2;
      if (maskPtr) maskPtr += keys;
    }
    for (let s = (<usize>keys) << 2; s < row; s += 4) store<f32>(rowsPtr + s, -Infinity);
  }
}

/** Turns scores, `rowsPtr` [queries, row], row a multiple of 16, into weights in place. */
export function weightsF32(rowsPtr: usize, queries: u32, row: u32, fused: bool): void {
  const bytes = (<usize>row) << 2;
  for (let t: u32 = 0; t < queries; t++, rowsPtr += bytes) softmax(rowsPtr, bytes, fused);
}

/**
 * The outputs of one head, [queries, width] with `outStride` bytes from one to the next: the weights `rowsPtr`
 * [queries, row], where row is `keys` rounded up to 16, times the values.
 *
 * - Values are `valueStride` bytes from one key to the next, and eight columns `panel` bytes from the next eight. They
 *   are read up to 32 bytes past their end.
 * - `multiplierPtr` float32 [queries, keys], or 0 for none, by which the weights are multiplied in place before. It is
 *   read up to 64 bytes past its end.
 * - With `sparse` the weights of many keys may be 0.
 * - `scratchPtr` has room for 32 numbers.
 */
export function outputsF32(
  rowsPtr: usize,
  valuePtr: usize,
  valueStride: usize,
  panel: usize,
  multiplierPtr: usize,
  outPtr: usize,
  outStride: usize,
  scratchPtr: usize,
  queries: u32,
  keys: u32,
  width: u32,
  sparse: bool,
): void {
  const row: usize = ((<usize>keys + 15) & ~15) << 2;
  if (multiplierPtr) {
    for (let t: u32 = 0; t < queries; t++) multiply(rowsPtr + row * t, multiplierPtr + ((<usize>keys) << 2) * t, row);
  }
  // Checking all values is worth it where enough rows can then skip keys.
  const finite = sparse && queries >= 8 && allFinite(valuePtr, valueStride, panel, keys, width);
  const wide = ((<usize>width) & ~7) << 2;
  const left = width & 7;
  for (; queries >= 4; queries -= 4) {
    const seen = finite ? weighed(rowsPtr, row, keys) : keys;
    let from = valuePtr;
    for (let i: usize = 0; i < wide; i += 32, from += panel)
      weighedTile(rowsPtr, row, seen, keys, from, valueStride, outPtr + i, outStride);
    if (left) {
      weighedTile(rowsPtr, row, seen, keys, from, valueStride, scratchPtr, 32);
      for (let i: usize = 0; i < 4; i++) copy(scratchPtr + (i << 5), outPtr + wide + i * outStride, left);
    }
    rowsPtr += row << 2;
    outPtr += outStride << 2;
  }
  for (; queries > 0; queries--) {
    times(rowsPtr, keys, valuePtr, valueStride, panel, outPtr, wide);
    if (left) {
      tile1(rowsPtr, keys, valuePtr + panel * (width >> 3), valueStride, scratchPtr);
      copy(scratchPtr, outPtr + wide, left);
    }
    rowsPtr += row;
    outPtr += outStride;
  }
}

/**
 * Like `tile4` over `keys` values, of which those from `seen` on are finite and have weights of +0. Such a value adds
 * a zero, which changes no sum but -0. A sum is -0 only where a multiply-add underflowed that is rounded once: the tile
 * is then computed again with all values.
 */
function weighedTile(
  rowsPtr: usize,
  row: usize,
  seen: u32,
  keys: u32,
  valuePtr: usize,
  step: usize,
  c: usize,
  cStride: usize,
): void {
  for (let n = seen; ; n = keys) {
    tile4(rowsPtr, row, n, valuePtr, step, c, cStride);
    if (n == keys || !hasMinusZero(c, cStride)) return;
  }
}

/** Whether one of the sums [4, 8] is -0. */
function hasMinusZero(c: usize, stride: usize): bool {
  const minusZero = i32x4.splat(0x80000000);
  let found = i32x4.splat(0);
  for (const end = c + (stride << 2); c < end; c += stride) {
    found = v128.or(found, i32x4.eq(v128.load(c), minusZero));
    found = v128.or(found, i32x4.eq(v128.load(c, 16), minusZero));
  }
  return v128.any_true(found);
}

/**
 * Whether four rows of the mask hide all of eight keys, whose scores are then not needed. Bytes past a row's end may
 * make it false.
 */
// @ts-ignore: decorator
@inline
export function hidden(maskPtr: usize, keys: u32): bool {
  const row1 = maskPtr + keys;
  const row2 = row1 + keys;
  return (load<u64>(maskPtr) | load<u64>(row1) | load<u64>(row2) | load<u64>(row2 + keys)) == 0;
}

/**
 * Whether no value is infinite or NaN: a weight of 0 then adds a zero to a sum. Values past the last column may make it
 * false.
 */
function allFinite(ptr: usize, stride: usize, panel: usize, rows: u32, width: u32): bool {
  let zeros = f32x4.splat(0);
  for (let i: u32 = 0; i < width; i += 8, ptr += panel) {
    let from = ptr;
    for (let s: u32 = 0; s < rows; s++, from += stride) {
      zeros = f32x4.add(f32x4.mul(v128.load(from), f32x4.splat(0)), zeros);
      if (i + 4 < width) zeros = f32x4.add(f32x4.mul(v128.load(from, 16), f32x4.splat(0)), zeros);
    }
  }
  return i32x4.all_true(f32x4.eq(zeros, zeros));
}

/** How many keys there are up to the last one that has a weight in one of four rows. */
export function weighed(rowsPtr: usize, row: usize, keys: u32): u32 {
  let last = (keys + 3) & ~3;
  for (; last > 0; last -= 4) {
    const ptr = rowsPtr + ((<usize>(last - 4)) << 2);
    const low = v128.or(v128.load(ptr), v128.load(ptr + row));
    const high = v128.or(v128.load(ptr + (row << 1)), v128.load(ptr + 3 * row));
    if (v128.any_true(v128.or(low, high))) break;
  }
  return min(last, keys);
}

/** c [4, 8] = a [4, n] @ b [n, 8], rows of b `step` bytes apart; sums over n ascending from +0. */
// @ts-ignore: decorator
@inline
export function tile4(a: usize, aStride: usize, n: u32, b: usize, step: usize, c: usize, cStride: usize): void {
  let c0 = i32x4.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  let c4 = c0;
  let c5 = c0;
  let c6 = c0;
  let c7 = c0;
  const a1 = a + aStride;
  const a2 = a1 + aStride;
  const a3 = a2 + aStride;
  const end = (<usize>n) << 2;
  for (let k: usize = 0; k < end; k += 4) {
    const high = v128.load(b, 16);
    const low = v128.load(b);
    let x = v128.load32_splat(a + k);
    c0 = f32x4.add(f32x4.mul(x, low), c0);
    c1 = f32x4.add(f32x4.mul(x, high), c1);
    x = v128.load32_splat(a1 + k);
    c2 = f32x4.add(f32x4.mul(x, low), c2);
    c3 = f32x4.add(f32x4.mul(x, high), c3);
    x = v128.load32_splat(a2 + k);
    c4 = f32x4.add(f32x4.mul(x, low), c4);
    c5 = f32x4.add(f32x4.mul(x, high), c5);
    x = v128.load32_splat(a3 + k);
    c6 = f32x4.add(f32x4.mul(x, low), c6);
    c7 = f32x4.add(f32x4.mul(x, high), c7);
    b += step;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  c += cStride;
  v128.store(c, c2);
  v128.store(c, c3, 16);
  c += cStride;
  v128.store(c, c4);
  v128.store(c, c5, 16);
  c += cStride;
  v128.store(c, c6);
  v128.store(c, c7, 16);
}

/** c [4, 8] = a [n] @ four groups of eight columns of b, `group` bytes apart; those of c are `apart`. */
function tile1x32(a: usize, n: u32, b: usize, step: usize, group: usize, c: usize, apart: usize): void {
  const zero = i32x4.splat(0);
  let c0 = zero;
  let c1 = zero;
  let c2 = zero;
  let c3 = zero;
  let c4 = zero;
  let c5 = zero;
  let c6 = zero;
  let c7 = zero;
  const group2 = group << 1;
  const group3 = group2 + group;
  for (const end = a + ((<usize>n) << 2); a < end; a += 4) {
    const x = v128.load32_splat(a);
    c0 = f32x4.add(f32x4.mul(x, v128.load(b)), c0);
    c1 = f32x4.add(f32x4.mul(x, v128.load(b, 16)), c1);
    c2 = f32x4.add(f32x4.mul(x, v128.load(b + group)), c2);
    c3 = f32x4.add(f32x4.mul(x, v128.load(b + group, 16)), c3);
    c4 = f32x4.add(f32x4.mul(x, v128.load(b + group2)), c4);
    c5 = f32x4.add(f32x4.mul(x, v128.load(b + group2, 16)), c5);
    c6 = f32x4.add(f32x4.mul(x, v128.load(b + group3)), c6);
    c7 = f32x4.add(f32x4.mul(x, v128.load(b + group3, 16)), c7);
    b += step;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  c += apart;
  v128.store(c, c2);
  v128.store(c, c3, 16);
  c += apart;
  v128.store(c, c4);
  v128.store(c, c5, 16);
  c += apart;
  v128.store(c, c6);
  v128.store(c, c7, 16);
}

/** c [8] = a [n] @ b [n, 8], rows of b `step` bytes apart. */
function tile1(a: usize, n: u32, b: usize, step: usize, c: usize): void {
  let c0 = i32x4.splat(0);
  let c1 = c0;
  for (const end = a + ((<usize>n) << 2); a < end; a += 4) {
    const x = v128.load32_splat(a);
    c0 = f32x4.add(f32x4.mul(x, v128.load(b)), c0);
    c1 = f32x4.add(f32x4.mul(x, v128.load(b, 16)), c1);
    b += step;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
}

/**
 * c, `bytes` of it = a [n] @ groups of eight columns of b, `group` bytes apart, its rows `step` bytes apart. Groups are
 * read in four streams, each sequential where they are packed: a fifth faster from memory than four neighbours.
 */
function times(a: usize, n: u32, b: usize, step: usize, group: usize, c: usize, bytes: usize): void {
  const end = c + bytes;
  const quarter = (bytes >> 7) << 5;
  const part = group * (quarter >> 5);
  for (const first = c + quarter; c < first; c += 32, b += group) tile1x32(a, n, b, step, part, c, quarter);
  c += 3 * quarter;
  b += 3 * part;
  for (; c < end; c += 32, b += group) tile1(a, n, b, step, c);
}

/** Turns a row of scores, whole groups of 16, into weights. The sum has the order of `sumF32`. */
function softmax(rowPtr: usize, row: usize, fused: bool): void {
  const end = rowPtr + row;
  let top = f32x4.splat(-Infinity);
  for (let ptr = rowPtr; ptr < end; ptr += 16) top = f32x4.pmax(top, v128.load(ptr));
  top = f32x4.pmax(top, i64x2.shuffle(top, top, 1, 1));
  top = f32x4.pmax(top, i32x4.shuffle(top, top, 1, 1, 1, 1));
  const max4 = i32x4.shuffle(top, top, 0, 0, 0, 0);

  let p0 = i32x4.splat(0);
  let p4 = p0;
  let p8 = p0;
  let p12 = p0;
  for (let ptr = rowPtr; ptr < end; ptr += 64) {
    if (!shifted(ptr, max4)) continue;
    powersF32(ptr, 16, fused);
    p0 = f32x4.add(p0, v128.load(ptr));
    p4 = f32x4.add(p4, v128.load(ptr, 16));
    p8 = f32x4.add(p8, v128.load(ptr, 32));
    p12 = f32x4.add(p12, v128.load(ptr, 48));
  }
  // More terms than a block of a sum has are summed again, block by block.
  const total = row > SUM_BLOCK ? sumRow(rowPtr, row) : combine(p0, p4, p8, p12);
  const factor = flush(f32x4.splat(1 / total));
  for (let ptr = rowPtr; ptr < end; ptr += 16) v128.store(ptr, flush(f32x4.mul(v128.load(ptr), factor)));
}

/**
 * Subtracts the maximum from sixteen scores, in place. False where all are then below -88: their powers are 0, and so
 * they become 0 here.
 */
// @ts-ignore: decorator
@inline
function shifted(ptr: usize, max4: v128): bool {
  const a = f32x4.sub(v128.load(ptr), max4);
  const b = f32x4.sub(v128.load(ptr, 16), max4);
  const c = f32x4.sub(v128.load(ptr, 32), max4);
  const d = f32x4.sub(v128.load(ptr, 48), max4);
  const far = f32x4.splat(-88);
  if (
    i32x4.all_true(v128.and(v128.and(f32x4.lt(a, far), f32x4.lt(b, far)), v128.and(f32x4.lt(c, far), f32x4.lt(d, far))))
  ) {
    for (let i: usize = 0; i < 64; i += 16) v128.store(ptr + i, i32x4.splat(0));
    return false;
  }
  v128.store(ptr, a);
  v128.store(ptr, b, 16);
  v128.store(ptr, c, 32);
  v128.store(ptr, d, 48);
  return true;
}

function multiply(rowPtr: usize, factors: usize, row: usize): void {
  for (const end = rowPtr + row; rowPtr < end; rowPtr += 16, factors += 16) {
    v128.store(rowPtr, flush(f32x4.mul(v128.load(rowPtr), flush(v128.load(factors)))));
  }
}

/** Copies `n` float32 values. */
export function copy(from: usize, to: usize, n: u32): void {
  const bytes = (<usize>n) << 2;
  let i: usize = 0;
  for (; i < (bytes & ~15); i += 16) v128.store(to + i, v128.load(from + i));
  for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(from + i));
}
