/**
 * Constants lie in memory, and each use loads one into all lanes: kept in registers, they are more than there are, and
 * V8 then moves them to and from the stack.
 */

/** Number `i` of a table of float32. */
// @ts-ignore: decorator
@inline
export function constant(table: usize, i: usize): v128 {
  return v128.load32_splat(table + (i << 2));
}

/** 1, 1/2, 2^-126, the bits of a magnitude, the sign bit. */
const table: usize = memory.data<u32>([0x3f800000, 0x3f000000, 0x00800000, 0x7fffffff, 0x80000000], 16);

// @ts-ignore: decorator
@inline
export function one(): v128 {
  return constant(table, 0);
}

// @ts-ignore: decorator
@inline
export function half(): v128 {
  return constant(table, 1);
}

/** The least number that is not subnormal. */
// @ts-ignore: decorator
@inline
export function leastNormal(): v128 {
  return constant(table, 2);
}

/** 1 with the sign of x. */
// @ts-ignore: decorator
@inline
export function signedOne(x: v128): v128 {
  return v128.bitselect(x, one(), constant(table, 4));
}

/** Makes subnormals zeros of their sign. */
// @ts-ignore: decorator
@inline
export function flush(x: v128): v128 {
  const magnitude = constant(table, 3);
  return v128.andnot(x, v128.and(i32x4.lt_s(v128.and(x, magnitude), leastNormal()), magnitude));
}

/** Like `flush`, of numbers that are not negative. */
// @ts-ignore: decorator
@inline
export function flushPositive(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(x, leastNormal()));
}
