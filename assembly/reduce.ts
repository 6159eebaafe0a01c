import { flush } from "./fma";
import { signOf, smaller } from "./lanes";
import { Binary } from "./opcodes";

/**
 * The product, the maximum or the minimum (`op`) of each of `rows` rows and of what `outPtr` has for it already.
 *
 * - A product goes ascending, with subnormals as zeros at every step.
 * - An extreme is NaN where one is; -0 is below 0. A subnormal one becomes a zero.
 * - `xPtr` [rows, n], `outPtr` [rows], float32.
 */
export function reduceRowsF32(op: Binary, xPtr: usize, outPtr: usize, rows: u32, n: u32): void {
  if (op == Binary.multiply) return productRows(xPtr, outPtr, rows, n);
  const stride = (<usize>n) << 2;
  const sign = signOf(op);
  let row: u32 = 0;
  if (n >= 4) {
    for (; row + 4 <= rows; row += 4, xPtr += stride << 2, outPtr += 16) {
      const best = smaller(v128.xor(v128.load(outPtr), sign), extremesOfFour(xPtr, stride, sign));
      v128.store(outPtr, flush(v128.xor(best, sign)));
    }
  }
  for (; row < rows; row++, xPtr += stride, outPtr += 4) {
    const best = smaller(v128.xor(v128.load32_zero(outPtr), sign), extremeOf(xPtr, stride, sign));
    v128.store32_lane(outPtr, flush(v128.xor(best, sign)), 0);
  }
}

/**
 * Like `reduceRowsF32`, of each of `cols` columns: `xPtr` [rows, cols], `outPtr` [cols], float32. Four rows a pass.
 */
export function reduceColumnsF32(op: Binary, xPtr: usize, outPtr: usize, rows: u32, cols: u32): void {
  if (op == Binary.multiply) return productColumns(xPtr, outPtr, rows, cols);
  const stride = (<usize>cols) << 2;
  const four = stride & ~15;
  const sign = signOf(op);
  while (rows) {
    const many = rows >= 4;
    const b = xPtr + (many ? stride : 0);
    const c = xPtr + (many ? stride << 1 : 0);
    const d = c + (many ? stride : 0);
    let j: usize = 0;
    for (; j < four; j += 16) {
      const best = smaller(
        smaller(v128.xor(v128.load(xPtr + j), sign), v128.xor(v128.load(b + j), sign)),
        smaller(v128.xor(v128.load(c + j), sign), v128.xor(v128.load(d + j), sign)),
      );
      v128.store(outPtr + j, flush(v128.xor(smaller(v128.xor(v128.load(outPtr + j), sign), best), sign)));
    }
    for (; j < stride; j += 4) {
      const best = smaller(
        smaller(v128.xor(v128.load32_zero(xPtr + j), sign), v128.xor(v128.load32_zero(b + j), sign)),
        smaller(v128.xor(v128.load32_zero(c + j), sign), v128.xor(v128.load32_zero(d + j), sign)),
      );
      const old = v128.xor(v128.load32_zero(outPtr + j), sign);
      v128.store32_lane(outPtr + j, flush(v128.xor(smaller(old, best), sign)), 0);
    }
    const done: u32 = many ? 4 : 1;
    xPtr += stride * done;
    rows -= done;
  }
}

/** The extreme of each of four rows of at least four elements, its signs flipped by `sign`. */
// @ts-ignore: decorator
@inline
function extremesOfFour(a: usize, stride: usize, sign: v128): v128 {
  const b = a + stride;
  const c = b + stride;
  const d = c + stride;
  let m0 = v128.xor(v128.load(a), sign);
  let m1 = v128.xor(v128.load(b), sign);
  let m2 = v128.xor(v128.load(c), sign);
  let m3 = v128.xor(v128.load(d), sign);
  const last = stride - 16;
  // The last four elements are taken twice where they overlap.
  for (let i: usize = 16; i < stride; i += 16) {
    const at = min(i, last);
    m0 = smaller(m0, v128.xor(v128.load(a + at), sign));
    m1 = smaller(m1, v128.xor(v128.load(b + at), sign));
    m2 = smaller(m2, v128.xor(v128.load(c + at), sign));
    m3 = smaller(m3, v128.xor(v128.load(d + at), sign));
  }
  const low = smaller(i32x4.shuffle(m0, m1, 0, 4, 1, 5), i32x4.shuffle(m0, m1, 2, 6, 3, 7));
  const high = smaller(i32x4.shuffle(m2, m3, 0, 4, 1, 5), i32x4.shuffle(m2, m3, 2, 6, 3, 7));
  return smaller(i64x2.shuffle(low, high, 0, 2), i64x2.shuffle(low, high, 1, 3));
}

/** The extreme of the `bytes` bytes at `ptr`, its signs flipped by `sign`, in every lane; Infinity of none. */
export function extremeOf(ptr: usize, bytes: usize, sign: v128): v128 {
  let m0 = f32x4.splat(Infinity);
  let m1 = m0;
  let m2 = m0;
  let m3 = m0;
  const end = ptr + bytes;
  for (const whole = ptr + (bytes & ~63); ptr < whole; ptr += 64) {
    m0 = smaller(m0, v128.xor(v128.load(ptr), sign));
    m1 = smaller(m1, v128.xor(v128.load(ptr, 16), sign));
    m2 = smaller(m2, v128.xor(v128.load(ptr, 32), sign));
    m3 = smaller(m3, v128.xor(v128.load(ptr, 48), sign));
  }
  for (; ptr + 16 <= end; ptr += 16) m0 = smaller(m0, v128.xor(v128.load(ptr), sign));
  for (; ptr < end; ptr += 4) m1 = smaller(m1, v128.xor(v128.load32_splat(ptr), sign));
  m0 = smaller(smaller(m0, m1), smaller(m2, m3));
  m0 = smaller(m0, i64x2.shuffle(m0, m0, 1, 0));
  return smaller(m0, i32x4.shuffle(m0, m0, 1, 0, 3, 2));
}

/** Four rows side by side, because each product waits for the one before. */
function productRows(xPtr: usize, outPtr: usize, rows: u32, n: u32): void {
  const stride = (<usize>n) << 2;
  for (let row: u32 = 0; row < rows; row += 4) {
    // Rows past the last one are the last one again.
    const left = <usize>(rows - row - 1);
    const second = min<usize>(1, left);
    const third = min<usize>(2, left);
    const fourth = min<usize>(3, left);
    const b = xPtr + second * stride;
    const c = xPtr + third * stride;
    const d = xPtr + fourth * stride;
    let product = v128.load32_zero(outPtr);
    product = v128.load32_lane(outPtr + (second << 2), product, 1);
    product = v128.load32_lane(outPtr + (third << 2), product, 2);
    product = v128.load32_lane(outPtr + (fourth << 2), product, 3);
    let i: usize = 0;
    for (; i + 16 <= stride; i += 16) {
      const x0 = v128.load(xPtr + i);
      const x1 = v128.load(b + i);
      const x2 = v128.load(c + i);
      const x3 = v128.load(d + i);
      const a01 = i32x4.shuffle(x0, x1, 0, 4, 1, 5);
      const b01 = i32x4.shuffle(x0, x1, 2, 6, 3, 7);
      const a23 = i32x4.shuffle(x2, x3, 0, 4, 1, 5);
      const b23 = i32x4.shuffle(x2, x3, 2, 6, 3, 7);
      product = times(product, i64x2.shuffle(a01, a23, 0, 2));
      product = times(product, i64x2.shuffle(a01, a23, 1, 3));
      product = times(product, i64x2.shuffle(b01, b23, 0, 2));
      product = times(product, i64x2.shuffle(b01, b23, 1, 3));
    }
    for (; i < stride; i += 4) {
      let x = v128.load32_zero(xPtr + i);
      x = v128.load32_lane(b + i, x, 1);
      x = v128.load32_lane(c + i, x, 2);
      x = v128.load32_lane(d + i, x, 3);
      product = times(product, x);
    }
    v128.store32_lane(outPtr, product, 0);
    v128.store32_lane(outPtr + (second << 2), product, 1);
    v128.store32_lane(outPtr + (third << 2), product, 2);
    v128.store32_lane(outPtr + (fourth << 2), product, 3);
    xPtr += stride << 2;
    outPtr += 16;
  }
}

function productColumns(xPtr: usize, outPtr: usize, rows: u32, cols: u32): void {
  const stride = (<usize>cols) << 2;
  const four = stride & ~15;
  const end = xPtr + stride * rows;
  let j: usize = 0;
  for (; j < four; j += 16) {
    let product = v128.load(outPtr + j);
    for (let at = xPtr + j; at < end; at += stride) product = times(product, v128.load(at));
    v128.store(outPtr + j, product);
  }
  for (; j < stride; j += 4) {
    let product = v128.load32_zero(outPtr + j);
    for (let at = xPtr + j; at < end; at += stride) product = times(product, v128.load32_zero(at));
    v128.store32_lane(outPtr + j, product, 0);
  }
}

// @ts-ignore: decorator
@inline
function times(product: v128, x: v128): v128 {
  return flush(f32x4.mul(product, flush(x)));
}
