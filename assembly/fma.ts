/**
 * Fused multiply-add, a * b + c rounded once, on four float32 lanes.
 *
 * WebAssembly has no portable one. The product of two float32 values is exact in double precision. The only error left
 * is that of rounding the sum twice. It shows for one magnitude of erf, which erf mends itself, and in no other
 * function here (checked on all 2^32 inputs).
 */
// @ts-ignore: decorator
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  const low = f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b)), f64x2.promote_low_f32x4(c));
  const high = f64x2.add(f64x2.mul(promoteHigh(a), promoteHigh(b)), promoteHigh(c));
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** a * b + c, the product rounded before the sum unless `fused`. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128, fused: bool): v128 {
  return fused ? fma(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

/** The upper two float32 lanes as f64x2. */
// @ts-ignore: decorator
@inline
export function promoteHigh(a: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(a, a, 1, 1));
}

/** Makes subnormal float32 lanes zeros of their sign, as in XLA's CPU kernels. */
// @ts-ignore: decorator
@inline
export function flush(x: v128): v128 {
  const magnitude = i32x4.splat(0x7fffffff);
  const tiny = i32x4.lt_s(v128.and(x, magnitude), i32x4.splat(0x00800000));
  return v128.andnot(x, v128.and(tiny, magnitude));
}

/** Like `flush`, for one number. */
// @ts-ignore: decorator
@inline
export function flushed(x: f32): f32 {
  return abs(x) < f32.MIN_NORMAL_VALUE ? x * 0 : x;
}
