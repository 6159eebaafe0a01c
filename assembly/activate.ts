import { erfc } from "./erfc";
import { expF32, logisticF32 } from "./exp";
import { flush, multiplyAdd } from "./fma";
import { splatBits } from "./lanes";
import { log1p } from "./log";
import { Activation } from "./opcodes";
import { rectified } from "./relu";
import { c0, PASS } from "./scratch";
import { expm1, tanh } from "./tanh";

/**
 * The activation `op` of each element, in place. `a` and `b` are what src/base/opcodes.ts says. Every operation is
 * rounded; subnormals count as zeros of their sign.
 *
 * `ptr` [n] float32 with room up to a multiple of 16.
 */
export function activateF32(op: Activation, ptr: usize, a: f32, b: f32, n: u32, fused: bool): void {
  const a4 = f32x4.splat(a);
  const b4 = f32x4.splat(b);
  if (op == Activation.clip) return clip(ptr, a, b, n);
  if (op >= Activation.leakyRelu) return plainActivation(op, ptr, a4, n);
  for (const end = ptr + ((<usize>n) << 2); ptr < end; ptr += PASS * 4) {
    const count = min<u32>(PASS, (<u32>(end - ptr)) >> 2);
    const bytes = (<usize>count) << 2;
    for (let i: usize = 0; i < bytes; i += 16) v128.store(c0 + i, before(op, v128.load(ptr + i), a4));
    between(op, count, fused);
    for (let i: usize = 0; i < bytes; i += 16)
      v128.store(ptr + i, after(op, v128.load(ptr + i), v128.load(c0 + i), a4, b4, fused));
  }
}

/** Activations from leakyRelu on have no elementary function: a pass for each, without branches. */
function plainActivation(op: Activation, ptr: usize, a: v128, n: u32): void {
  const end = ptr + ((<usize>n) << 2);
  switch (op) {
    case Activation.leakyRelu:
      return pass(Activation.leakyRelu, ptr, end, a);
    case Activation.relu6:
      return pass(Activation.relu6, ptr, end, a);
    case Activation.hardSigmoid:
      return pass(Activation.hardSigmoid, ptr, end, a);
    case Activation.hardSilu:
      return pass(Activation.hardSilu, ptr, end, a);
    default:
      return pass(Activation.softSign, ptr, end, a);
  }
}

// @ts-ignore: decorator
@inline
function pass(op: Activation, ptr: usize, end: usize, a: v128): void {
  for (; ptr < end; ptr += 32) {
    const low = plain(op, v128.load(ptr), a);
    const high = plain(op, v128.load(ptr, 16), a);
    v128.store(ptr, low);
    v128.store(ptr, high, 16);
  }
}

// @ts-ignore: decorator
@inline
function plain(op: Activation, x: v128, a: v128): v128 {
  // Never subnormal.
  if (op == Activation.relu6) return f32x4.pmin(rectified(x), f32x4.splat(6));
  const value = flush(x);
  // A subnormal counts as 0 and is returned as it is.
  if (op == Activation.leakyRelu)
    return v128.bitselect(x, flush(f32x4.mul(a, value)), f32x4.gt(x, splatBits(0x80800000)));
  if (op == Activation.softSign) return flush(f32x4.div(value, f32x4.add(f32x4.abs(value), f32x4.splat(1))));
  const y = flush(
    f32x4.mul(f32x4.pmin(rectified(f32x4.add(value, f32x4.splat(3))), f32x4.splat(6)), f32x4.splat(0.1666666716337204)),
  );
  return op == Activation.hardSilu ? flush(f32x4.mul(value, y)) : y;
}

/**
 * The smaller of `high` and the larger of `low` and x, flushed last. pmax(a, b) is a < b ? b : a, which keeps a NaN x.
 * It would keep a zero x beside a zero, where the sign counts, so that a bound of that sign is the subnormal next to
 * it.
 */
function clip(ptr: usize, low: f32, high: f32, n: u32): void {
  const bottom = reinterpret<i32>(low) == 0 ? splatBits(1) : f32x4.splat(low);
  const top = reinterpret<i32>(high) == i32.MIN_VALUE ? splatBits(0x80000001) : f32x4.splat(high);
  for (const end = ptr + ((<usize>n) << 2); ptr < end; ptr += 32) {
    const a = flush(f32x4.pmin(f32x4.pmax(v128.load(ptr), bottom), top));
    const b = flush(f32x4.pmin(f32x4.pmax(v128.load(ptr, 16), bottom), top));
    v128.store(ptr, a);
    v128.store(ptr, b, 16);
  }
}

/** The argument of the elementary function. */
// @ts-ignore: decorator
@inline
function before(op: Activation, x: v128, a: v128): v128 {
  const value = flush(x);
  if (op == Activation.gelu) {
    const cube = flush(f32x4.mul(flush(f32x4.mul(value, value)), value));
    return flush(
      f32x4.mul(
        f32x4.splat(0.7978845608028654),
        flush(f32x4.add(value, flush(f32x4.mul(f32x4.splat(0.044715), cube)))),
      ),
    );
  }
  if (op == Activation.softplus) return f32x4.neg(f32x4.abs(x));
  if (op == Activation.elu) return v128.andnot(x, normal(x));
  if (op == Activation.celu) return v128.andnot(f32x4.div(value, a), normal(x));
  if (op == Activation.geluErf) return flush(f32x4.mul(value, f32x4.splat(-0.7071067811865476)));
  return value;
}

/** Applies the elementary function to the `n` numbers in `c0`. */
function between(op: Activation, n: u32, fused: bool): void {
  switch (op) {
    case Activation.gelu:
      return tanh(c0, n, fused);
    case Activation.geluErf:
      return erfc(c0, n, fused);
    case Activation.silu:
      return logisticF32(c0, c0, n, fused);
    case Activation.softplus: {
      expF32(c0, c0, n, fused);
      return log1p(c0, n, fused);
    }
    case Activation.elu:
    case Activation.celu:
      return expm1(c0, n, fused);
  }
}

/** The result, from x and the elementary function's result `t`. */
// @ts-ignore: decorator
@inline
function after(op: Activation, x: v128, t: v128, a: v128, b: v128, fused: bool): v128 {
  const value = flush(x);
  const half = f32x4.splat(0.5);
  if (op == Activation.gelu) return flush(f32x4.mul(value, f32x4.mul(half, f32x4.add(f32x4.splat(1), t))));
  const given = flush(t);
  let y = f32x4.mul(value, given);
  if (op == Activation.geluErf) y = f32x4.mul(flush(f32x4.mul(half, value)), t);
  else if (op == Activation.elu) y = f32x4.mul(b, v128.bitselect(x, flush(f32x4.mul(a, given)), normal(x)));
  else if (op == Activation.celu) y = multiplyAdd(a, given, v128.andnot(value, f32x4.le(value, i32x4.splat(0))), fused);
  else if (op == Activation.softplus) {
    const signed = f32x4.mul(a, value);
    y = f32x4.mul(a, f32x4.add(v128.andnot(signed, f32x4.lt(signed, i32x4.splat(0))), t));
  }
  return flush(y);
}

/** Whether each x is above 0, and not subnormal. */
// @ts-ignore: decorator
@inline
function normal(x: v128): v128 {
  return f32x4.ge(x, splatBits(0x00800000));
}
