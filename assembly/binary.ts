import { flush } from "./fma";

/** The operations by number, in the order of src/base/floatrows.ts. */
export const enum Binary {
  add,
  subtract,
  multiply,
  divide,
  maximum,
  minimum,
  equal,
  notEqual,
  less,
  lessEqual,
  greater,
  greaterEqual,
  sign,
  floor,
  ceil,
  trunc,
  round,
  abs,
  negative,
}

/**
 * out[i] = x[i] op y[i mod period] in float32, subnormals flushed on the way in and out: `xPtr` [n], `yPtr` [period],
 * `outPtr` [n], which overlaps neither, or is `xPtr` where `period` is a multiple of 4. Comparisons give words of ones
 * or zeros; from `sign` on an operation is of x alone. Rows of `period` are read and written to their ends, and up to
 * 12 bytes behind.
 */
export function binaryF32(op: Binary, xPtr: usize, yPtr: usize, outPtr: usize, n: u32, period: u32): void {
  switch (op) {
    case Binary.add: return rows(Binary.add, xPtr, yPtr, outPtr, n, period);
    case Binary.subtract: return rows(Binary.subtract, xPtr, yPtr, outPtr, n, period);
    case Binary.multiply: return rows(Binary.multiply, xPtr, yPtr, outPtr, n, period);
    case Binary.divide: return rows(Binary.divide, xPtr, yPtr, outPtr, n, period);
    case Binary.maximum: return rows(Binary.maximum, xPtr, yPtr, outPtr, n, period);
    case Binary.minimum: return rows(Binary.minimum, xPtr, yPtr, outPtr, n, period);
    case Binary.equal: return rows(Binary.equal, xPtr, yPtr, outPtr, n, period);
    case Binary.notEqual: return rows(Binary.notEqual, xPtr, yPtr, outPtr, n, period);
    case Binary.less: return rows(Binary.less, xPtr, yPtr, outPtr, n, period);
    case Binary.lessEqual: return rows(Binary.lessEqual, xPtr, yPtr, outPtr, n, period);
    case Binary.greater: return rows(Binary.greater, xPtr, yPtr, outPtr, n, period);
    case Binary.greaterEqual: return rows(Binary.greaterEqual, xPtr, yPtr, outPtr, n, period);
    case Binary.sign: return rows(Binary.sign, xPtr, yPtr, outPtr, n, period);
    case Binary.floor: return rows(Binary.floor, xPtr, yPtr, outPtr, n, period);
    case Binary.ceil: return rows(Binary.ceil, xPtr, yPtr, outPtr, n, period);
    case Binary.trunc: return rows(Binary.trunc, xPtr, yPtr, outPtr, n, period);
    case Binary.round: return rows(Binary.round, xPtr, yPtr, outPtr, n, period);
    case Binary.abs: return rows(Binary.abs, xPtr, yPtr, outPtr, n, period);
    default: return rows(Binary.negative, xPtr, yPtr, outPtr, n, period);
  }
}

// @ts-ignore: decorator
@inline
function rows(op: Binary, x: usize, yPtr: usize, out: usize, n: u32, period: u32): void {
  const end = x + (<usize>n << 2);
  const row = <usize>period << 2;
  // What a row writes past its end the next one writes again.
  for (; x < end; x += row, out += row) {
    for (let at: usize = 0; at < row; at += 16) v128.store(out + at, apply(op, v128.load(x + at), yPtr + at));
  }
}

/** Of flushed values a difference may be subnormal, a sum, product or quotient too, and nothing else. */
// @ts-ignore: decorator
@inline
function apply(op: Binary, given: v128, yPtr: usize): v128 {
  if (op == Binary.abs) return f32x4.abs(given);
  if (op == Binary.negative) return f32x4.neg(given);
  const a = flush(given);
  if (op == Binary.sign) {
    const signs = i32x4.splat(i32.MIN_VALUE);
    const one = v128.or(v128.and(a, signs), f32x4.splat(1));
    // Of zeros and NaN no comparison holds.
    return v128.bitselect(one, a, f32x4.gt(f32x4.abs(a), f32x4.splat(0)));
  }
  if (op == Binary.floor) return f32x4.floor(a);
  if (op == Binary.ceil) return f32x4.ceil(a);
  if (op == Binary.trunc) return f32x4.trunc(a);
  if (op == Binary.round) return f32x4.nearest(a);
  const b = flush(v128.load(yPtr));
  if (op == Binary.add) return flush(f32x4.add(a, b));
  if (op == Binary.subtract) return flush(f32x4.sub(a, b));
  if (op == Binary.multiply) return flush(f32x4.mul(a, b));
  if (op == Binary.divide) return flush(f32x4.div(a, b));
  if (op == Binary.maximum) return f32x4.neg(least(f32x4.neg(a), f32x4.neg(b)));
  if (op == Binary.minimum) return least(a, b);
  if (op == Binary.equal) return f32x4.eq(a, b);
  if (op == Binary.notEqual) return f32x4.ne(a, b);
  if (op == Binary.less) return f32x4.lt(a, b);
  if (op == Binary.lessEqual) return f32x4.le(a, b);
  if (op == Binary.greater) return f32x4.gt(a, b);
  return f32x4.ge(a, b);
}

/** The smaller one; -0 of the two zeros, NaN where either is: pmin(a, b) is b < a ? b : a, so that both orders differ there alone. */
// @ts-ignore: decorator
@inline
function least(a: v128, b: v128): v128 {
  return v128.or(f32x4.pmin(a, b), f32x4.pmin(b, a));
}

/** Of words of ones or zeros the bytes 1 and 0: `maskPtr` [n] words, `outPtr` [n] bytes. Up to 60 bytes behind the one are read, 15 behind the other written. */
export function maskBytes(maskPtr: usize, outPtr: usize, n: u32): void {
  const end = outPtr + n;
  for (; outPtr < end; outPtr += 16, maskPtr += 64) {
    const low = i16x8.narrow_i32x4_s(v128.load(maskPtr), v128.load(maskPtr, 16));
    const high = i16x8.narrow_i32x4_s(v128.load(maskPtr, 32), v128.load(maskPtr, 48));
    v128.store(outPtr, i8x16.neg(i8x16.narrow_i16x8_s(low, high)));
  }
}

/**
 * out[i] = x[i] where byte i of the condition is other than 0, else y[i], bits as they are: `conditionPtr` [n] bytes,
 * `xPtr`, `yPtr`, `outPtr` [n] words. Up to 12 bytes behind the words are read or written.
 */
export function selectF32(conditionPtr: usize, xPtr: usize, yPtr: usize, outPtr: usize, n: u32): void {
  const end = conditionPtr + n;
  for (; conditionPtr < end; conditionPtr += 4, xPtr += 16, yPtr += 16, outPtr += 16) {
    const bytes = i16x8.extend_low_i8x16_u(v128.load32_zero(conditionPtr));
    const none = i32x4.eq(i32x4.extend_low_i16x8_u(bytes), i32x4.splat(0));
    v128.store(outPtr, v128.bitselect(v128.load(yPtr), v128.load(xPtr), none));
  }
}

/** Each of the words at `fromPtr` `run` times, the first `skip` times less: `outPtr` [n] words, and up to 12 bytes behind. */
export function spreadF32(fromPtr: usize, run: u32, skip: u32, outPtr: usize, n: u32): void {
  const end = outPtr + (<usize>n << 2);
  let stop = outPtr + (<usize>(run - skip) << 2);
  for (; outPtr < end; fromPtr += 4) {
    const value = v128.load32_splat(fromPtr);
    const last = stop < end ? stop : end;
    for (; outPtr < last; outPtr += 16) v128.store(outPtr, value);
    outPtr = last;
    stop += <usize>run << 2;
  }
}
