/**
 * float32 erfc of four numbers, in parts that are passes of their own: all in one loop is more than V8 has registers
 * for.
 *
 * Source: `chlo.erfc` at jaxlib 0.10.2 (after Cephes ndtrf).
 */
import { constant, flush, flushPositive, one } from "./constants";
import { exp } from "./exp";
import { fma } from "./fma";

/** erf(x) / x in x^2, up to 1; erfc(x) * e^(x^2) * x in 1 / x^2, from 1 to 2; the same from 2 on; and 2. */
const table: usize = memory.data<f32>(
  [
    7.8538614e-5, -8.0101936e-4, 5.1883277e-3, -0.026853812, 0.112835851, -0.37612626, 1.128379166, 0.0232682,
    -0.13870394, 0.36874247, -0.5824733, 0.62100046, -0.49445153, 0.340488, -0.2741127, 0.56382594, -10.477664, 12.9772,
    -7.4955187, 2.921019, -1.01526528, 0.42184634, -0.28207674, 0.5641895, 2,
  ],
  16,
);

// @ts-ignore: decorator
@inline
function k(i: usize): v128 {
  return constant(table, i);
}

/** erfc(x) up to |x| = 1. */
// @ts-ignore: decorator
@inline
export function erfcNear(x: v128): v128 {
  const s = flush(f32x4.mul(x, x));
  let p = fma(k(0), s, k(1));
  p = fma(p, s, k(2));
  p = fma(p, s, k(3));
  p = fma(p, s, k(4));
  p = fma(p, s, k(5));
  p = fma(p, s, k(6));
  return fma(f32x4.neg(x), p, one());
}

/** e^(-x^2) / |x|. */
// @ts-ignore: decorator
@inline
export function erfcScale(x: v128): v128 {
  const reciprocal = flushPositive(f32x4.div(one(), f32x4.abs(x)));
  return flushPositive(f32x4.mul(exp(f32x4.neg(f32x4.mul(x, x))), reciprocal));
}

/** erfc(x), where `near` is `erfcNear` of x and `scale` is `erfcScale`. From |x| = 9.42 on the scale is 0. */
// @ts-ignore: decorator
@inline
export function erfcOf(x: v128, near: v128, scale: v128): v128 {
  const size = f32x4.abs(x);
  const s = flushPositive(f32x4.div(one(), f32x4.mul(x, x)));
  let p = fma(k(7), s, k(8));
  let q = fma(k(16), s, k(17));
  p = fma(p, s, k(9));
  q = fma(q, s, k(18));
  p = fma(p, s, k(10));
  q = fma(q, s, k(19));
  p = fma(p, s, k(11));
  q = fma(q, s, k(20));
  p = fma(p, s, k(12));
  q = fma(q, s, k(21));
  p = fma(p, s, k(13));
  q = fma(q, s, k(22));
  p = fma(p, s, k(14));
  q = fma(q, s, k(23));
  p = fma(p, s, k(15));
  const rest = flush(f32x4.mul(scale, v128.bitselect(p, q, f32x4.lt(size, k(24)))));
  const far = v128.bitselect(f32x4.sub(k(24), rest), rest, f32x4.lt(x, i32x4.splat(0)));
  return v128.bitselect(near, far, f32x4.lt(size, one()));
}
