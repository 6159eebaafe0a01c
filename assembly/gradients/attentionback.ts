/**
 * The parts of attention's gradient for one head and a block of query rows: scores and what goes back to them are rows
 * of `row` bytes, a multiple of 64. Four rows are computed together, so that up to three rows behind the last are
 * written too. For each four rows there is the number of keys up to the last one with a weight: where all factors are
 * bounded the others add nothing, bit for bit.
 */
import { copy, hidden, tile4, weighed } from "../attention/attention";
import { flush } from "../fma";
import { panelWidth } from "../matvec";
import { times } from "./rounded";

/** Products and sums of so large factors stay finite. */
const BOUND: f32 = 4294967296;

/** Whether all elements, rows `stride` bytes apart, are small. Up to three elements behind a row may make it false. */
export function isBoundedF32(ptr: usize, stride: usize, rows: u32, width: u32): bool {
  const size = i32x4.splat(0x7fffffff);
  let top = i32x4.splat(0);
  for (; rows; rows--, ptr += stride)
    for (let i: usize = 0; i < width; i += 4) top = i32x4.max_u(top, v128.and(v128.load(ptr + (i << 2)), size));
  return i32x4.all_true(i32x4.lt_u(top, i32x4.splat(reinterpret<i32>(BOUND))));
}

/**
 * The scores of `rows` queries with keys packed by `packTransposedF32`, scaled, with the bias added and masked;
 * -infinity for the keys that are missing at a row's end.
 *
 * `biasPtr` float32, `maskPtr` bytes [rows, keys] each, or 0 for none. Both are read up to 32 bytes past their end.
 */
export function attentionScoresF32(
  queryPtr: usize,
  queryStride: usize,
  packedPtr: usize,
  biasPtr: usize,
  maskPtr: usize,
  outPtr: usize,
  row: usize,
  rows: u32,
  keys: u32,
  width: u32,
  scale: f32,
  masked: f32,
): void {
  for (let t: u32 = 0; t < rows; t += 4) {
    const hiding = maskPtr && t + 4 <= rows ? maskPtr + <usize>t * keys : 0;
    tiles(
      queryPtr + <usize>t * queryStride,
      queryStride,
      packedPtr,
      hiding,
      outPtr + <usize>t * row,
      row,
      keys,
      keys,
      width,
    );
  }
  for (let t: u32 = 0; t < rows; t++) {
    const at = <usize>t * keys;
    adjust(outPtr + <usize>t * row, keys, scale, biasPtr ? biasPtr + (at << 2) : 0, maskPtr ? maskPtr + at : 0, masked);
  }
}

/**
 * The products of four rows with the first `count` of `keys` columns that `packTransposedF32` packed. Up to 7 columns
 * more are written. Where four rows of a mask hide eight columns, they are left out.
 */
function tiles(
  xPtr: usize,
  stride: usize,
  packedPtr: usize,
  maskPtr: usize,
  outPtr: usize,
  row: usize,
  count: u32,
  keys: u32,
  width: u32,
): void {
  for (let s: u32 = 0; s < count;) {
    const columns = panelWidth(keys - s);
    const step = (<usize>columns) << 2;
    for (let c: u32 = 0; c < columns && s + c < count; c += 8)
      if (!maskPtr || !hidden(maskPtr + s + c, keys))
        tile(xPtr, stride, width, packedPtr + ((<usize>c) << 2), step, outPtr + ((<usize>(s + c)) << 2), row);
    packedPtr += step * width;
    s += columns;
  }
}

/**
 * The products of `rows` rows of cotangents with values packed by `packTransposedF32`: what goes back to the weights. 0
 * for the keys that are missing at a row's end, and with `bounded` for those behind the last that has a weight.
 *
 * `lastsPtr` u32 [rows / 4] receives the number of keys up to that one, or of all.
 */
export function cotangentsOfWeightsF32(
  ctPtr: usize,
  ctStride: usize,
  packedPtr: usize,
  weightsPtr: usize,
  outPtr: usize,
  lastsPtr: usize,
  row: usize,
  rows: u32,
  keys: u32,
  width: u32,
  bounded: bool,
): void {
  for (let t: u32 = 0; t < rows; t += 4, ctPtr += ctStride << 2, lastsPtr += 4) {
    const first = outPtr + <usize>t * row;
    const last = bounded ? weighed(weightsPtr + <usize>t * row, row, keys) : keys;
    store<u32>(lastsPtr, last);
    tiles(ctPtr, ctStride, packedPtr, 0, first, row, last, keys, width);
    const start = (<usize>last) << 2;
    for (let i: usize = 0; i < 4; i++) memory.fill(first + i * row + start, 0, row - start);
  }
}

/** `tile4`, which is long, once. */
function tile(a: usize, aStride: usize, n: u32, b: usize, step: usize, c: usize, cStride: usize): void {
  tile4(a, aStride, n, b, step, c, cStride);
}

/** Applies scale, bias and mask to a row of scores, and puts -infinity for the keys that are missing at its end. */
function adjust(rowPtr: usize, keys: u32, scale: f32, biasPtr: usize, maskPtr: usize, masked: f32): void {
  const factor = f32x4.splat(scale);
  const low = f32x4.splat(masked);
  for (let s: usize = 0; s < keys; s += 4) {
    let x = times(flush(v128.load(rowPtr + (s << 2))), factor);
    if (biasPtr) x = flush(f32x4.add(x, flush(v128.load(biasPtr + (s << 2)))));
    if (maskPtr) x = v128.bitselect(x, low, shown(maskPtr + s));
    v128.store(rowPtr + (s << 2), x);
  }
  for (let s = keys; s & 15; s++) store<f32>(rowPtr + ((<usize>s) << 2), -Infinity);
}

/** Ones for each of four bytes of a mask that is not 0. */
// @ts-ignore: decorator
@inline
function shown(maskPtr: usize): v128 {
  const bytes = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(maskPtr)));
  return i32x4.ne(bytes, i32x4.splat(0));
}

/** x = x * scale where the mask is not 0, +0 elsewhere. `maskPtr` bytes [rows, keys], or 0 for none. */
export function maskScoresF32(xPtr: usize, maskPtr: usize, row: usize, rows: u32, keys: u32, scale: f32): void {
  const factor = f32x4.splat(scale);
  for (; rows; rows--, xPtr += row) {
    for (let s: usize = 0; s < keys; s += 4) {
      let x = times(flush(v128.load(xPtr + (s << 2))), factor);
      if (maskPtr) x = v128.and(x, shown(maskPtr + s));
      v128.store(xPtr + (s << 2), x);
    }
    if (maskPtr) maskPtr += keys;
  }
}

/**
 * sums [keys, width] += x transposed times y, rows ascending: `xPtr` [rows, keys], `yPtr` [rows, width].
 *
 * The rows of the sums are `width` rounded up to 8 elements, and there are `keys` rounded up to 4 of them. `y` is read
 * as far.
 */
export function addOuterF32(
  xPtr: usize,
  row: usize,
  yPtr: usize,
  yStride: usize,
  sumPtr: usize,
  lastsPtr: usize,
  rows: u32,
  keys: u32,
  width: u32,
): void {
  const stride = ((<usize>width + 7) & ~7) << 2;
  for (let s: u32 = 0; s < keys; s += 4, sumPtr += stride << 2, xPtr += 16) {
    // The rows before these have no weight for the key.
    let first: u32 = 0;
    while (first < rows && load<u32>(lastsPtr + first) <= s) first += 4;
    const x = xPtr + <usize>first * row;
    const y = yPtr + <usize>first * yStride;
    for (let i: usize = 0; i < stride; i += 32)
      addTile(x, row, y + i, yStride, first < rows ? rows - first : 0, sumPtr + i, stride);
  }
}

/** c [4, 8] += a [n, 4] transposed times b [n, 8]. */
function addTile(a: usize, aStride: usize, b: usize, bStride: usize, n: u32, c: usize, cStride: usize): void {
  const row1 = c + cStride;
  const row2 = row1 + cStride;
  const row3 = row2 + cStride;
  let c0 = v128.load(c);
  let c1 = v128.load(c, 16);
  let c2 = v128.load(row1);
  let c3 = v128.load(row1, 16);
  let c4 = v128.load(row2);
  let c5 = v128.load(row2, 16);
  let c6 = v128.load(row3);
  let c7 = v128.load(row3, 16);
  for (; n; n--, a += aStride, b += bStride) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c0 = f32x4.add(f32x4.mul(x, low), c0);
    c1 = f32x4.add(f32x4.mul(x, high), c1);
    x = v128.load32_splat(a, 4);
    c2 = f32x4.add(f32x4.mul(x, low), c2);
    c3 = f32x4.add(f32x4.mul(x, high), c3);
    x = v128.load32_splat(a, 8);
    c4 = f32x4.add(f32x4.mul(x, low), c4);
    c5 = f32x4.add(f32x4.mul(x, high), c5);
    x = v128.load32_splat(a, 12);
    c6 = f32x4.add(f32x4.mul(x, low), c6);
    c7 = f32x4.add(f32x4.mul(x, high), c7);
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(row1, c2);
  v128.store(row1, c3, 16);
  v128.store(row2, c4);
  v128.store(row2, c5, 16);
  v128.store(row3, c6);
  v128.store(row3, c7, 16);
}

/** out = x times y, keys ascending: `xPtr` [rows, keys], `yPtr` [keys, width]. `scratchPtr` has room for 32 numbers. */
export function timesRowsF32(
  xPtr: usize,
  row: usize,
  yPtr: usize,
  yStride: usize,
  outPtr: usize,
  outStride: usize,
  lastsPtr: usize,
  scratchPtr: usize,
  rows: u32,
  width: u32,
): void {
  const left = width & 7;
  const wide = (<usize>(width - left)) << 2;
  for (let t: u32 = 0; t < rows; t += 4, lastsPtr += 4, xPtr += row << 2, outPtr += outStride << 2) {
    const last = load<u32>(lastsPtr);
    for (let i: usize = 0; i < wide; i += 32) tile(xPtr, row, last, yPtr + i, yStride, outPtr + i, outStride);
    if (!left) continue;
    tile(xPtr, row, last, yPtr + wide, yStride, scratchPtr, 32);
    for (let i: usize = 0; i < 4; i++) copy(scratchPtr + (i << 5), outPtr + wide + i * outStride, left);
  }
}

/** Copies rows of `width` elements, which are `width` rounded up to 8 elements apart, to rows `stride` bytes apart. */
export function copyColumnsF32(fromPtr: usize, toPtr: usize, stride: usize, rows: u32, width: u32): void {
  const step = ((<usize>width + 7) & ~7) << 2;
  for (; rows; rows--, fromPtr += step, toPtr += stride) copy(fromPtr, toPtr, width);
}
