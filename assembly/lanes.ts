/**
 * float32 arithmetic on f64x2: two float32 values a vector, each held in double precision, where products are exact.
 *
 * Rounding the double result of one `+ - * /` or sqrt to float32 is the float32 operation itself, and rounding only after
 * a product has met its sum is the fused multiply-add, but for a double rounding that never shows in the functions here.
 */

/** To float32 and back. */
// @ts-ignore: decorator
@inline
export function round(x: v128): v128 {
  return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(x));
}

/** Two vectors to the four float32 they round to. */
// @ts-ignore: decorator
@inline
export function rounded(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** a * b + c, the product rounded before the sum unless `fused`. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128, fused: bool): v128 {
  const product = f64x2.mul(a, b);
  return round(f64x2.add(fused ? product : round(product), c));
}

/** The float32 constant at `ptr` in both lanes. */
// @ts-ignore: decorator
@inline
export function constant(ptr: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load32_splat(ptr));
}

/** The polynomial in x whose `count` float32 coefficients lie at `table`, highest power first, by Horner's rule. */
// @ts-ignore: decorator
@inline
export function horner(table: usize, count: i32, x: v128, fused: bool): v128 {
  return fused ? fusedHorner(table, count, x) : splitHorner(table, count, x);
}

// @ts-ignore: decorator
@inline
export function fusedHorner(table: usize, count: i32, x: v128): v128 {
  let p = constant(table);
  const end = table + (<usize>count << 2);
  for (let ptr = table + 4; ptr < end; ptr += 4) p = round(f64x2.add(f64x2.mul(p, x), constant(ptr)));
  return p;
}

function splitHorner(table: usize, count: i32, x: v128): v128 {
  let p = constant(table);
  const end = table + (<usize>count << 2);
  for (let ptr = table + 4; ptr < end; ptr += 4) p = round(f64x2.add(round(f64x2.mul(p, x)), constant(ptr)));
  return p;
}

/** x between `low` and `high`; NaN stays. */
// @ts-ignore: decorator
@inline
export function clamp(x: v128, low: f64, high: f64): v128 {
  // pmin(a, b) is b < a ? b : a, pmax(a, b) is a < b ? b : a: with x as `a` a NaN stays.
  return f64x2.pmax(f64x2.pmin(x, f64x2.splat(high)), f64x2.splat(low));
}
