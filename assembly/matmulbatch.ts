/** Many products of small matrices, which are read where they lie. The sums are those of `matmulPanelsF32`. */

/**
 * out[i] = x[i] @ w[i] for `count` pairs; one accumulator an output, k ascending from +0.
 *
 * `xPtr` [count, rows, n], `wPtr` [count, n, m], `outPtr` [count, rows, m], all float32. Up to 12 bytes behind `wPtr`
 * are read.
 */
export function matmulBatchF32(xPtr: usize, wPtr: usize, outPtr: usize, count: u32, rows: u32, n: u32, m: u32): void {
  const depth = (<usize>n) << 2;
  const width = (<usize>m) << 2;
  for (let i: u32 = 0; i < count; i++) {
    for (let left = rows; left > 0;) {
      // Where fewer than four rows are left, the last one is computed again.
      const x1 = left > 1 ? xPtr + depth : xPtr;
      const x2 = left > 2 ? x1 + depth : x1;
      const x3 = left > 3 ? x2 + depth : x2;
      const y1 = left > 1 ? outPtr + width : outPtr;
      const y2 = left > 2 ? y1 + width : y1;
      const y3 = left > 3 ? y2 + width : y2;
      let at: usize = 0;
      for (; at + 32 <= width; at += 32)
        tile8(xPtr, x1, x2, x3, n, wPtr + at, width, outPtr + at, y1 + at, y2 + at, y3 + at);
      for (; at < width; at += 16)
        tile4(xPtr, x1, x2, x3, n, wPtr + at, width, outPtr + at, y1 + at, y2 + at, y3 + at, width - at);
      xPtr = x3 + depth;
      outPtr = y3 + width;
      left = left > 4 ? left - 4 : 0;
    }
    wPtr += depth * m;
  }
}

/** Eight columns of the rows at `y` to `y3` = the rows at `x` to `x3`, n numbers each, @ w, its rows `step` apart. */
// @ts-ignore: decorator
@inline
function tile8(
  x: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  n: u32,
  w: usize,
  step: usize,
  y: usize,
  y1: usize,
  y2: usize,
  y3: usize,
): void {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  const end = (<usize>n) << 2;
  for (let k: usize = 0; k < end; k += 4, w += step) {
    const high = v128.load(w, 16);
    const low = v128.load(w);
    let xk = v128.load32_splat(x + k);
    a = f32x4.add(f32x4.mul(xk, low), a);
    b = f32x4.add(f32x4.mul(xk, high), b);
    xk = v128.load32_splat(x1 + k);
    c = f32x4.add(f32x4.mul(xk, low), c);
    d = f32x4.add(f32x4.mul(xk, high), d);
    xk = v128.load32_splat(x2 + k);
    e = f32x4.add(f32x4.mul(xk, low), e);
    f = f32x4.add(f32x4.mul(xk, high), f);
    xk = v128.load32_splat(x3 + k);
    g = f32x4.add(f32x4.mul(xk, low), g);
    h = f32x4.add(f32x4.mul(xk, high), h);
  }
  v128.store(y, a);
  v128.store(y, b, 16);
  v128.store(y1, c);
  v128.store(y1, d, 16);
  v128.store(y2, e);
  v128.store(y2, f, 16);
  v128.store(y3, g);
  v128.store(y3, h, 16);
}

/** Like `tile8`, of four columns, or of fewer: of `bytes` bytes of each row. */
// @ts-ignore: decorator
@inline
function tile4(
  x: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  n: u32,
  w: usize,
  step: usize,
  y: usize,
  y1: usize,
  y2: usize,
  y3: usize,
  bytes: usize,
): void {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const end = (<usize>n) << 2;
  for (let k: usize = 0; k < end; k += 4, w += step) {
    const wk = v128.load(w);
    a = f32x4.add(f32x4.mul(v128.load32_splat(x + k), wk), a);
    b = f32x4.add(f32x4.mul(v128.load32_splat(x1 + k), wk), b);
    c = f32x4.add(f32x4.mul(v128.load32_splat(x2 + k), wk), c);
    d = f32x4.add(f32x4.mul(v128.load32_splat(x3 + k), wk), d);
  }
  if (bytes >= 16) {
    v128.store(y, a);
    v128.store(y1, b);
    v128.store(y2, c);
    v128.store(y3, d);
  } else {
    storeSome(y, a, bytes);
    storeSome(y1, b, bytes);
    storeSome(y2, c, bytes);
    storeSome(y3, d, bytes);
  }
}

/** Stores the first 4, 8 or 12 bytes. */
function storeSome(ptr: usize, four: v128, bytes: usize): void {
  v128.store32_lane(ptr, four, 0);
  if (bytes > 4) v128.store32_lane(ptr, four, 1, 4);
  if (bytes > 8) v128.store32_lane(ptr, four, 2, 8);
}
