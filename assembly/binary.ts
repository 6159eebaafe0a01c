import { flush } from "./fma";

/** The operations by number; src/wasm/binary.ts has the same list. */
export const enum Binary {
  add,
  subtract,
  multiply,
  divide,
}

/**
 * out[i] = x[i] op y[i mod period] in float32, subnormals flushed on the way in and out: `xPtr` [n], `yPtr` [period],
 * `outPtr` [n], which overlaps neither, or is `xPtr` where `period` is a multiple of 4; n is a multiple of `period`. Up to
 * 12 bytes behind each are read or written.
 */
export function binaryF32(op: Binary, xPtr: usize, yPtr: usize, outPtr: usize, n: u32, period: u32): void {
  switch (op) {
    case Binary.add: return rows(Binary.add, xPtr, yPtr, outPtr, n, period);
    case Binary.subtract: return rows(Binary.subtract, xPtr, yPtr, outPtr, n, period);
    case Binary.multiply: return rows(Binary.multiply, xPtr, yPtr, outPtr, n, period);
    default: return rows(Binary.divide, xPtr, yPtr, outPtr, n, period);
  }
}

// @ts-ignore: decorator
@inline
function rows(op: Binary, x: usize, yPtr: usize, out: usize, n: u32, period: u32): void {
  const end = x + (<usize>n << 2);
  if (period == 1) {
    const y = flush(v128.load32_splat(yPtr));
    for (; x < end; x += 16, out += 16) v128.store(out, flush(apply(op, flush(v128.load(x)), y)));
    return;
  }
  const row = <usize>period << 2;
  // What a row writes past its end the next one writes again.
  for (; x < end; x += row, out += row) {
    for (let at: usize = 0; at < row; at += 16) v128.store(out + at, flush(apply(op, flush(v128.load(x + at)), flush(v128.load(yPtr + at)))));
  }
}

// @ts-ignore: decorator
@inline
function apply(op: Binary, a: v128, b: v128): v128 {
  if (op == Binary.add) return f32x4.add(a, b);
  if (op == Binary.subtract) return f32x4.sub(a, b);
  if (op == Binary.multiply) return f32x4.mul(a, b);
  return f32x4.div(a, b);
}
