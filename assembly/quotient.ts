/** Odd functions as x times a polynomial in x^2 over another: what tanh and erf share. */
import { polynomial } from "./polynomial";
import { a1, a2, a3 } from "./scratch";

/**
 * Two polynomials in x^2, of which x^2 lies in `a1`: the first times x, over the second. Call `quotient` to complete
 * the result. The second's table of `below` coefficients follows the first's of `above`.
 */
export function polynomials(table: usize, above: u32, below: u32, n: u32, fused: bool): void {
  polynomial(table, above, a1, a2, n, fused);
  polynomial(table + ((<usize>above) << 2), below, a1, a3, n, fused);
}

// @ts-ignore: decorator
@inline
export function quotient(x: v128, i: usize): v128 {
  return f32x4.div(f32x4.mul(v128.load(a2 + i), x), v128.load(a3 + i));
}

/** 1 with the sign of x. */
// @ts-ignore: decorator
@inline
export function signedOne(x: v128): v128 {
  return v128.bitselect(x, f32x4.splat(1), f32x4.splat(-0.0));
}
