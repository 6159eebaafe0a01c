import { flush } from "./fma";
import { Binary } from "./opcodes";

/**
 * out[i] = x[i] op y[i mod period] in float32, subnormals flushed on the way in and out: `xPtr` [n], `yPtr` [period],
 * `outPtr` [n], which overlaps neither, or is `xPtr` where `period` is a multiple of 4; n is a multiple of `period`, or
 * that is 4. From `sign` to `negative` an operation is of x alone; a comparison gives words of ones or zeros. Up to 12
 * bytes behind each are read or written.
 */
export function binaryF32(op: Binary, xPtr: usize, yPtr: usize, outPtr: usize, n: u32, period: u32): void {
  switch (op) {
    case Binary.add:
      return rows<Add>(xPtr, yPtr, outPtr, n, period);
    case Binary.subtract:
      return rows<Subtract>(xPtr, yPtr, outPtr, n, period);
    case Binary.multiply:
      return rows<Multiply>(xPtr, yPtr, outPtr, n, period);
    case Binary.divide:
      return rows<Divide>(xPtr, yPtr, outPtr, n, period);
    case Binary.maximum:
      return rows<Maximum>(xPtr, yPtr, outPtr, n, period);
    case Binary.minimum:
      return rows<Minimum>(xPtr, yPtr, outPtr, n, period);
    case Binary.sign:
      return plain<Sign>(xPtr, outPtr, n);
    case Binary.floor:
      return plain<Floor>(xPtr, outPtr, n);
    case Binary.ceil:
      return plain<Ceil>(xPtr, outPtr, n);
    case Binary.trunc:
      return plain<Trunc>(xPtr, outPtr, n);
    case Binary.round:
      return plain<Round>(xPtr, outPtr, n);
    case Binary.abs:
      return plain<Abs>(xPtr, outPtr, n);
    case Binary.negative:
      return plain<Negative>(xPtr, outPtr, n);
    case Binary.equal:
      return rows<Equal>(xPtr, yPtr, outPtr, n, period);
    case Binary.notEqual:
      return rows<NotEqual>(xPtr, yPtr, outPtr, n, period);
    case Binary.less:
      return rows<Less>(xPtr, yPtr, outPtr, n, period);
    case Binary.lessEqual:
      return rows<LessEqual>(xPtr, yPtr, outPtr, n, period);
    case Binary.greater:
      return rows<Greater>(xPtr, yPtr, outPtr, n, period);
    default:
      return rows<GreaterEqual>(xPtr, yPtr, outPtr, n, period);
  }
}

// Of flushed values. Types, so that each operation has its own loop: of a number, inlined, Binaryen makes one loop of
// many operations that asks at each step which it is.
class Add {

  @inline of(a: v128, b: v128): v128 {
    return flush(f32x4.add(a, b));
  }
}
class Subtract {

  @inline of(a: v128, b: v128): v128 {
    return flush(f32x4.sub(a, b));
  }
}
class Multiply {

  @inline of(a: v128, b: v128): v128 {
    return flush(f32x4.mul(a, b));
  }
}
class Divide {

  @inline of(a: v128, b: v128): v128 {
    return flush(f32x4.div(a, b));
  }
}
class Maximum {

  @inline of(a: v128, b: v128): v128 {
    return f32x4.neg(least(f32x4.neg(a), f32x4.neg(b)));
  }
}
class Minimum {

  @inline of(a: v128, b: v128): v128 {
    return least(a, b);
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

// Of values as they are. No result is a subnormal that was not there.
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

/** The smaller one; -0 of zeros, NaN where either is: pmin(a, b) is b < a ? b : a, so that both orders differ there alone. */
// @ts-ignore: decorator
@inline
function least(a: v128, b: v128): v128 {
  return v128.or(f32x4.pmin(a, b), f32x4.pmin(b, a));
}

/** 1 of the same sign; zeros and NaN, of which no comparison holds, stay. */
// @ts-ignore: decorator
@inline
function signs(x: v128): v128 {
  const one = v128.or(v128.and(x, i32x4.splat(i32.MIN_VALUE)), f32x4.splat(1));
  return v128.bitselect(one, x, f32x4.gt(f32x4.abs(x), f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function rows<Op>(x: usize, yPtr: usize, out: usize, n: u32, period: u32): void {
  const op = changetype<Op>(0);
  const end = x + ((<usize>n) << 2);
  if (period == 4) {
    // One value, or four: a fifth sooner than where y is read and flushed at each step (Node 20, 2026-11).
    const b = flush(v128.load(yPtr));
    for (; x < end; x += 16, out += 16) v128.store(out, op.of(flush(v128.load(x)), b));
    return;
  }
  const row = (<usize>period) << 2;
  // What a row writes past its end the next one writes again.
  for (; x < end; x += row, out += row) {
    for (let at: usize = 0; at < row; at += 16)
      v128.store(out + at, op.of(flush(v128.load(x + at)), flush(v128.load(yPtr + at))));
  }
}

// @ts-ignore: decorator
@inline
function plain<Op>(x: usize, out: usize, n: u32): void {
  const op = changetype<Op>(0);
  const end = x + ((<usize>n) << 2);
  for (; x < end; x += 16, out += 16) v128.store(out, op.of(v128.load(x)));
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
