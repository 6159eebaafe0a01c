/**
 * Products with a W whose elements are bfloat16, in panels that stay 16 bits wide and are expanded in registers.
 * Every product and every sum is rounded, k ascending: the bits of the product with float32(W).
 *
 * The packed form of W [n, m]: panels of 32 columns, then as needed panels of 8, the last filled up with zeros. A panel
 * of width p is [n, p] words; that of column c starts n * c words in. Eight columns are four words of 32 bits: column i
 * in the lower half of word i, column i + 4 in its upper half. A row of 32 is a cache line.
 */

/** The width of the next panel where `left` columns remain. */
// @ts-ignore: decorator
@inline
function halfWidth(left: u32): u32 {
  return left >= 32 ? 32 : 8;
}

/** The columns of the lower halves. */
// @ts-ignore: decorator
@inline
function lower(words: v128): v128 {
  return i32x4.shl(words, 16);
}

/** The columns of the upper halves. */
// @ts-ignore: decorator
@inline
function upper(words: v128): v128 {
  return v128.and(words, i32x4.splat(0xffff0000));
}

/**
 * Packs rows of a row-major matrix.
 *
 * `srcPtr` [rows, cols] uint16 holds rows k0 .. k0 + rows - 1, columns c0 .. c0 + cols - 1 of W; up to 14 bytes behind
 * it are read. c0 is a multiple of 32, and so is cols unless these are the last columns.
 */
export function packHalfF32(srcPtr: usize, dstPtr: usize, n: u32, k0: u32, rows: u32, c0: u32, cols: u32): void {
  for (let row: u32 = 0; row < rows; row++, srcPtr += (<usize>cols) << 1) {
    for (let c: u32 = 0; c < cols;) {
      const width = halfWidth(cols - c);
      let to = dstPtr + ((<usize>n * (c0 + c) + <usize>width * (k0 + row)) << 1);
      for (let i: u32 = 0; i < width; i += 8, c += 8, to += 16) {
        let words = v128.load(srcPtr + ((<usize>c) << 1));
        if (cols - c < 8) words = v128.and(words, first(cols - c));
        v128.store(to, i16x8.shuffle(words, words, 0, 4, 1, 5, 2, 6, 3, 7));
      }
    }
  }
}

/** Ones in the first `count` of eight lanes. */
// @ts-ignore: decorator
@inline
function first(count: u32): v128 {
  return i16x8.lt_s(i16x8(0, 1, 2, 3, 4, 5, 6, 7), i16x8.splat(<i16>count));
}

/**
 * y = x @ W, W packed. `xPtr` [n], `yPtr` [m] float32 with room up to a multiple of 8.
 */
export function matvecHalfF32(xPtr: usize, packedPtr: usize, yPtr: usize, n: u32, m: u32): void {
  const end = xPtr + ((<usize>n) << 2);
  for (let c: u32 = 0; c < m;) {
    const width = halfWidth(m - c);
    if (width == 32) panel32(xPtr, end, packedPtr, yPtr);
    else panel8(xPtr, end, packedPtr, yPtr);
    packedPtr += (<usize>n * width) << 1;
    yPtr += (<usize>width) << 2;
    c += width;
  }
}

/** y [32] = x @ panel [n, 32], x from `x` to `end`. */
function panel32(x: usize, end: usize, panel: usize, y: usize): void {
  let y0 = i32x4.splat(0);
  let y1 = y0;
  let y2 = y0;
  let y3 = y0;
  let y4 = y0;
  let y5 = y0;
  let y6 = y0;
  let y7 = y0;
  for (; x < end; x += 4, panel += 64) {
    const xk = v128.load32_splat(x);
    let words = v128.load(panel);
    y0 = f32x4.add(f32x4.mul(xk, lower(words)), y0);
    y1 = f32x4.add(f32x4.mul(xk, upper(words)), y1);
    words = v128.load(panel, 16);
    y2 = f32x4.add(f32x4.mul(xk, lower(words)), y2);
    y3 = f32x4.add(f32x4.mul(xk, upper(words)), y3);
    words = v128.load(panel, 32);
    y4 = f32x4.add(f32x4.mul(xk, lower(words)), y4);
    y5 = f32x4.add(f32x4.mul(xk, upper(words)), y5);
    words = v128.load(panel, 48);
    y6 = f32x4.add(f32x4.mul(xk, lower(words)), y6);
    y7 = f32x4.add(f32x4.mul(xk, upper(words)), y7);
  }
  v128.store(y, y0);
  v128.store(y, y1, 16);
  v128.store(y, y2, 32);
  v128.store(y, y3, 48);
  v128.store(y, y4, 64);
  v128.store(y, y5, 80);
  v128.store(y, y6, 96);
  v128.store(y, y7, 112);
}

/** Like `panel32`, of a panel [n, 8]. */
function panel8(x: usize, end: usize, panel: usize, y: usize): void {
  let y0 = i32x4.splat(0);
  let y1 = y0;
  for (; x < end; x += 4, panel += 16) {
    const xk = v128.load32_splat(x);
    const words = v128.load(panel);
    y0 = f32x4.add(f32x4.mul(xk, lower(words)), y0);
    y1 = f32x4.add(f32x4.mul(xk, upper(words)), y1);
  }
  v128.store(y, y0);
  v128.store(y, y1, 16);
}

/**
 * Columns c0 .. c0 + cols - 1 of the packed W [n, m] as a panel [n, cols] of float32, as `packPanelsF32` makes it. c0
 * is a multiple of 16, `cols` 16, or 8 at the end.
 */
export function widenHalfF32(packedPtr: usize, toPtr: usize, n: u32, m: u32, c0: u32, cols: u32): void {
  const whole = m & ~31;
  const stride = (<usize>cols) << 2;
  for (let c: u32 = 0; c < cols; c += 8) {
    const column = c0 + c;
    const start = column < whole ? column & ~31 : column;
    const step: usize = column < whole ? 64 : 16;
    let from = packedPtr + ((<usize>n * start + (column - start)) << 1);
    let to = toPtr + ((<usize>c) << 2);
    for (let k: u32 = 0; k < n; k++, from += step, to += stride) {
      const words = v128.load(from);
      v128.store(to, lower(words));
      v128.store(to, upper(words), 16);
    }
  }
}
