import { Activation } from "../opcodes";
import { constant, flush, half, leastNormal, one } from "./constants";
import { erfcNear, erfcOf, erfcScale } from "./erfc";
import { exp, logistic } from "./exp";
import { fma } from "./fma";
import { log1pNear, log1pOf } from "./log";
import { a, b, PASS } from "./map";
import { expm1, tanh } from "./tanh";

/** sqrt(2 / pi), 0.044715, -sqrt(1/2). */
const table: usize = memory.data<f32>([0.7978845608028654, 0.044715, -0.7071067811865476], 16);

/**
 * The activation `op` of each element in place, one of those that this module has, in the profile `fma`. `p` and `q`
 * are what src/base/opcodes.ts says. Subnormals count as zeros of their sign.
 *
 * `ptr` [n] float32 with room up to a multiple of 8.
 */
export function activateF32(op: Activation, ptr: usize, p: f32, q: f32, n: u32): void {
  const p4 = f32x4.splat(p);
  const q4 = f32x4.splat(q);
  for (const end = ptr + ((<usize>n) << 2); ptr < end; ptr += PASS) {
    const bytes = min(PASS, end - ptr);
    switch (op) {
      case Activation.gelu:
        pass<Gelu>(ptr, bytes, p4, q4);
        break;
      case Activation.geluErf:
        geluErf(ptr, bytes);
        break;
      case Activation.silu:
        pass<Silu>(ptr, bytes, p4, q4);
        break;
      case Activation.elu:
        pass<Elu>(ptr, bytes, p4, q4);
        break;
      case Activation.celu:
        pass<Celu>(ptr, bytes, p4, q4);
        break;
      default:
        softplus(ptr, bytes, p4);
    }
  }
}

/** The elementary function of `bytes` bytes of numbers, and then the rest of the formula. */
// @ts-ignore: decorator
@inline
function pass<Op>(ptr: usize, bytes: usize, p: v128, q: v128): void {
  const op = changetype<Op>(0);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(a + i, op.inner(v128.load(ptr + i), p));
  for (let i: usize = 0; i < bytes; i += 32) {
    const low = op.outer(v128.load(ptr + i), v128.load(a + i), p, q);
    const high = op.outer(v128.load(ptr + i, 16), v128.load(a + i, 16), p, q);
    v128.store(ptr + i, low);
    v128.store(ptr + i, high, 16);
  }
}

class Gelu {
  // @ts-ignore: decorator
  @inline
  inner(x: v128, p: v128): v128 {
    const value = flush(x);
    const cube = f32x4.mul(f32x4.mul(value, value), value);
    return tanh(f32x4.mul(constant(table, 0), f32x4.add(value, f32x4.mul(constant(table, 1), cube))));
  }

  // @ts-ignore: decorator
  @inline
  outer(x: v128, t: v128, p: v128, q: v128): v128 {
    return flush(f32x4.mul(flush(x), f32x4.mul(half(), f32x4.add(one(), t))));
  }
}

class Silu {
  // @ts-ignore: decorator
  @inline
  inner(x: v128, p: v128): v128 {
    return logistic(x);
  }

  // @ts-ignore: decorator
  @inline
  outer(x: v128, t: v128, p: v128, q: v128): v128 {
    return flush(f32x4.mul(flush(x), t));
  }
}

class Elu {
  // @ts-ignore: decorator
  @inline
  inner(x: v128, p: v128): v128 {
    return expm1(v128.andnot(x, f32x4.ge(x, leastNormal())));
  }

  // @ts-ignore: decorator
  @inline
  outer(x: v128, t: v128, p: v128, q: v128): v128 {
    return flush(f32x4.mul(q, v128.bitselect(x, flush(f32x4.mul(p, flush(t))), f32x4.ge(x, leastNormal()))));
  }
}

class Celu {
  // @ts-ignore: decorator
  @inline
  inner(x: v128, p: v128): v128 {
    return expm1(v128.andnot(f32x4.div(flush(x), p), f32x4.ge(x, leastNormal())));
  }

  // @ts-ignore: decorator
  @inline
  outer(x: v128, t: v128, p: v128, q: v128): v128 {
    const value = flush(x);
    return flush(fma(p, flush(t), v128.andnot(value, f32x4.le(value, i32x4.splat(0)))));
  }
}

function softplus(ptr: usize, bytes: usize, p: v128): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(a + i, exp(f32x4.neg(f32x4.abs(v128.load(ptr + i)))));
  for (let i: usize = 0; i < bytes; i += 16) v128.store(b + i, log1pNear(v128.load(a + i)));
  for (let i: usize = 0; i < bytes; i += 16) {
    const signed = f32x4.mul(p, flush(v128.load(ptr + i)));
    const t = log1pOf(v128.load(a + i), v128.load(b + i));
    const positive = v128.andnot(signed, f32x4.lt(signed, i32x4.splat(0)));
    v128.store(ptr + i, flush(f32x4.mul(p, f32x4.add(positive, t))));
  }
}

function geluErf(ptr: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(a + i, erfcNear(scaled(v128.load(ptr + i))));
  for (let i: usize = 0; i < bytes; i += 16) v128.store(b + i, erfcScale(scaled(v128.load(ptr + i))));
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    const t = erfcOf(scaled(x), v128.load(a + i), v128.load(b + i));
    v128.store(ptr + i, flush(f32x4.mul(flush(f32x4.mul(half(), flush(x))), t)));
  }
}

/** What gelu takes erfc of. */
// @ts-ignore: decorator
@inline
function scaled(x: v128): v128 {
  return flush(f32x4.mul(flush(x), constant(table, 2)));
}
