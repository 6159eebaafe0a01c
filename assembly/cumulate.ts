import { flush } from "./fma";
import { Binary } from "./opcodes";

/**
 * Running sums or products (`op`) of each of `rows` rows, in place, from what `carryPtr` has for it on; it then has the
 * last.
 *
 * - Ascending, every step rounded. A sum keeps subnormals, in a product they count as zeros.
 * - `xPtr` [rows, n], `carryPtr` [rows], float32. Four rows side by side, because each step waits for the one before.
 */
export function cumulateRowsF32(op: Binary, xPtr: usize, carryPtr: usize, rows: u32, n: u32): void {
  const isProduct = op == Binary.multiply;
  const stride = (<usize>n) << 2;
  let row: u32 = 0;
  for (; row + 4 <= rows; row += 4, xPtr += stride << 2, carryPtr += 16) {
    const b = xPtr + stride;
    const c = b + stride;
    const d = c + stride;
    let carry = v128.load(carryPtr);
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
      const y0 = step(carry, i64x2.shuffle(a01, a23, 0, 2), isProduct);
      const y1 = step(y0, i64x2.shuffle(a01, a23, 1, 3), isProduct);
      const y2 = step(y1, i64x2.shuffle(b01, b23, 0, 2), isProduct);
      carry = step(y2, i64x2.shuffle(b01, b23, 1, 3), isProduct);
      const c01 = i32x4.shuffle(y0, y1, 0, 4, 1, 5);
      const d01 = i32x4.shuffle(y0, y1, 2, 6, 3, 7);
      const c23 = i32x4.shuffle(y2, carry, 0, 4, 1, 5);
      const d23 = i32x4.shuffle(y2, carry, 2, 6, 3, 7);
      v128.store(xPtr + i, i64x2.shuffle(c01, c23, 0, 2));
      v128.store(b + i, i64x2.shuffle(c01, c23, 1, 3));
      v128.store(c + i, i64x2.shuffle(d01, d23, 0, 2));
      v128.store(d + i, i64x2.shuffle(d01, d23, 1, 3));
    }
    for (; i < stride; i += 4) {
      let x = v128.load32_zero(xPtr + i);
      x = v128.load32_lane(b + i, x, 1);
      x = v128.load32_lane(c + i, x, 2);
      x = v128.load32_lane(d + i, x, 3);
      carry = step(carry, x, isProduct);
      v128.store32_lane(xPtr + i, carry, 0);
      v128.store32_lane(b + i, carry, 1);
      v128.store32_lane(c + i, carry, 2);
      v128.store32_lane(d + i, carry, 3);
    }
    v128.store(carryPtr, carry);
  }
  for (; row < rows; row++, carryPtr += 4) {
    let carry = v128.load32_zero(carryPtr);
    for (const end = xPtr + stride; xPtr < end; xPtr += 4) {
      carry = step(carry, v128.load32_zero(xPtr), isProduct);
      v128.store32_lane(xPtr, carry, 0);
    }
    v128.store32_lane(carryPtr, carry, 0);
  }
}

/** Like `cumulateRowsF32`, of each of `cols` columns: `xPtr` [rows, cols], `carryPtr` [cols], float32. */
export function cumulateColumnsF32(op: Binary, xPtr: usize, carryPtr: usize, rows: u32, cols: u32): void {
  const stride = (<usize>cols) << 2;
  const isProduct = op == Binary.multiply;
  let before = carryPtr;
  let at = xPtr;
  const four = stride & ~15;
  for (let row: u32 = 0; row < rows; row++, before = at, at += stride) {
    let j: usize = 0;
    for (; j < four; j += 16) v128.store(at + j, step(v128.load(before + j), v128.load(at + j), isProduct));
    for (; j < stride; j += 4)
      v128.store32_lane(at + j, step(v128.load32_zero(before + j), v128.load32_zero(at + j), isProduct), 0);
  }
  memory.copy(carryPtr, before, stride);
}

// @ts-ignore: decorator
@inline
function step(carry: v128, x: v128, isProduct: bool): v128 {
  return isProduct ? flush(f32x4.mul(carry, flush(x))) : f32x4.add(carry, x);
}
