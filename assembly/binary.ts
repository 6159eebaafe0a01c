import { Add, multiplyRow, Scale, Subtract, withFour, withRow } from "./byexception";
import { flush } from "./fma";
import { Binary } from "./opcodes";

/**
 * out[i] = x[i] op y[i mod period] in float32. Subnormals are flushed on the way in and out.
 *
 * - From `sign` to `negative` an operation is of x alone. A comparison gives words of ones or zeros.
 * - `xPtr` [n], `yPtr` [period], `outPtr` [n]; n is a multiple of `period`, or `period` is 4. Up to 12 bytes behind
 *   each are read or written.
 * - `outPtr` overlaps neither operand, or is `xPtr` where `period` is a multiple of 4.
 */
export function binaryF32(op: Binary, xPtr: usize, yPtr: usize, outPtr: usize, n: u32, period: u32): void {
  switch (op) {
    case Binary.add:
    case Binary.subtract:
      if (period == 4) {
        const b = v128.load(yPtr);
        return withFour<Add>(xPtr, op == Binary.add ? b : f32x4.neg(b), outPtr, n);
      }
      return op == Binary.add
        ? withRow<Add>(xPtr, yPtr, outPtr, n, period)
        : withRow<Subtract>(xPtr, yPtr, outPtr, n, period);
    case Binary.multiply:
      if (period == 4) return withFour<Scale>(xPtr, v128.load(yPtr), outPtr, n);
      return multiplyRow(xPtr, yPtr, outPtr, n, period);
    case Binary.divide:
      return binary<Divide>(xPtr, yPtr, outPtr, n, period);
    case Binary.maximum:
      return asTheyAre<Maximum>(xPtr, yPtr, outPtr, n, period);
    case Binary.minimum:
      return asTheyAre<Minimum>(xPtr, yPtr, outPtr, n, period);
    case Binary.sign:
      return unary<Sign>(xPtr, outPtr, n);
    case Binary.floor:
      return unary<Floor>(xPtr, outPtr, n);
    case Binary.ceil:
      return unary<Ceil>(xPtr, outPtr, n);
    case Binary.trunc:
      return unary<Trunc>(xPtr, outPtr, n);
    case Binary.round:
      return unary<Round>(xPtr, outPtr, n);
    case Binary.abs:
      return unary<Abs>(xPtr, outPtr, n);
    case Binary.negative:
      return unary<Negative>(xPtr, outPtr, n);
    case Binary.equal:
      return binary<Equal>(xPtr, yPtr, outPtr, n, period);
    case Binary.notEqual:
      return binary<NotEqual>(xPtr, yPtr, outPtr, n, period);
    case Binary.less:
      return binary<Less>(xPtr, yPtr, outPtr, n, period);
    case Binary.lessEqual:
      return binary<LessEqual>(xPtr, yPtr, outPtr, n, period);
    case Binary.greater:
      return binary<Greater>(xPtr, yPtr, outPtr, n, period);
    default:
      return binary<GreaterEqual>(xPtr, yPtr, outPtr, n, period);
  }
}

// Operations are types, so that each has its own loop: given a number and inlined, Binaryen makes one loop of many
// operations that asks at each step which one it is.

// Operations on flushed values.
class Divide {

  @inline of(a: v128, b: v128): v128 {
    return flush(f32x4.div(a, b));
  }
}
class Equal {

  @inline of(a: v128, b: v128): v128 {
    return f32x4.eq(a, b);
  }
}
class NotEqual {

  @inline of(a: v128, b: v128): v128 {
    return f32x4.ne(a, b);
  }
}
class Less {

  @inline of(a: v128, b: v128): v128 {
    return f32x4.lt(a, b);
  }
}
class LessEqual {

  @inline of(a: v128, b: v128): v128 {
    return f32x4.le(a, b);
  }
}
class Greater {

  @inline of(a: v128, b: v128): v128 {
    return f32x4.gt(a, b);
  }
}
class GreaterEqual {

  @inline of(a: v128, b: v128): v128 {
    return f32x4.ge(a, b);
  }
}

// Operations on values as they are. Flushing keeps the order of numbers, -0 below 0: one flush, of the result, will do.
class Maximum {

  @inline of(a: v128, b: v128): v128 {
    return flush(f32x4.neg(smaller(f32x4.neg(a), f32x4.neg(b))));
  }
}
class Minimum {

  @inline of(a: v128, b: v128): v128 {
    return flush(smaller(a, b));
  }
}

// Operations on values as they are. No result is a subnormal that was not there.
class Sign {

  @inline of(x: v128): v128 {
    return signs(flush(x));
  }
}
class Floor {

  @inline of(x: v128): v128 {
    return f32x4.floor(flush(x));
  }
}
class Ceil {

  @inline of(x: v128): v128 {
    return f32x4.ceil(flush(x));
  }
}
class Trunc {

  @inline of(x: v128): v128 {
    return f32x4.trunc(flush(x));
  }
}
class Round {

  @inline of(x: v128): v128 {
    return f32x4.nearest(flush(x));
  }
}
class Abs {

  @inline of(x: v128): v128 {
    return f32x4.abs(x);
  }
}
class Negative {

  @inline of(x: v128): v128 {
    return f32x4.neg(x);
  }
}

/**
 * The smaller of two numbers: -0 of two zeros, NaN where either is NaN. pmin(a, b) is b < a ? b : a, so that its two
 * orders differ in these cases only.
 */
// @ts-ignore: decorator
@inline
function smaller(a: v128, b: v128): v128 {
  return v128.or(f32x4.pmin(a, b), f32x4.pmin(b, a));
}

/** 1 of the same sign. Zeros and NaN stay, because no comparison holds for them. */
// @ts-ignore: decorator
@inline
function signs(x: v128): v128 {
  const one = v128.or(v128.and(x, i32x4.splat(i32.MIN_VALUE)), f32x4.splat(1));
  return v128.bitselect(one, x, f32x4.gt(f32x4.abs(x), f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function binary<Op>(x: usize, yPtr: usize, out: usize, n: u32, period: u32): void {
  const op = changetype<Op>(0);
  const end = x + ((<usize>n) << 2);
  if (period == 4) {
    // One value, or four: a fifth faster than reading and flushing y at each step (Node 20, 2026-11).
    const b = flush(v128.load(yPtr));
    for (; x < end; x += 16, out += 16) v128.store(out, op.of(flush(v128.load(x)), b));
    return;
  }
  const row = (<usize>period) << 2;
  // What a row writes past its end, the next row overwrites.
  for (; x < end; x += row, out += row) {
    for (let at: usize = 0; at < row; at += 16)
      v128.store(out + at, op.of(flush(v128.load(x + at)), flush(v128.load(yPtr + at))));
  }
}

/** Like `binary`, of operands as they are. */
// @ts-ignore: decorator
@inline
function asTheyAre<Op>(x: usize, yPtr: usize, out: usize, n: u32, period: u32): void {
  const op = changetype<Op>(0);
  const end = x + ((<usize>n) << 2);
  if (period == 4) {
    const b = v128.load(yPtr);
    for (; x < end; x += 16, out += 16) v128.store(out, op.of(v128.load(x), b));
    return;
  }
  const row = (<usize>period) << 2;
  for (; x < end; x += row, out += row) {
    for (let at: usize = 0; at < row; at += 16) v128.store(out + at, op.of(v128.load(x + at), v128.load(yPtr + at)));
  }
}

// @ts-ignore: decorator
@inline
function unary<Op>(x: usize, out: usize, n: u32): void {
  const op = changetype<Op>(0);
  const end = x + ((<usize>n) << 2);
  for (; x < end; x += 16, out += 16) v128.store(out, op.of(v128.load(x)));
}

/**
 * Bytes 1 and 0 from words of ones or zeros: `maskPtr` [n] words, `outPtr` [n] bytes. Up to 60 bytes behind the words
 * are read, 15 behind the bytes written.
 */
export function maskBytes(maskPtr: usize, outPtr: usize, n: u32): void {
  const end = outPtr + n;
  for (; outPtr < end; outPtr += 16, maskPtr += 64) {
    const low = i16x8.narrow_i32x4_s(v128.load(maskPtr), v128.load(maskPtr, 16));
    const high = i16x8.narrow_i32x4_s(v128.load(maskPtr, 32), v128.load(maskPtr, 48));
    v128.store(outPtr, i8x16.neg(i8x16.narrow_i16x8_s(low, high)));
  }
}
