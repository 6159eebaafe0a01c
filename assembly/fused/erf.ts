/**
 * float32 erf of four numbers.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/codegen/intrinsic/erf.cc` (after Eigen).
 */
import { constant, flush, one, signedOne } from "./constants";
import { fma } from "./fma";

/**
 * The numerator in x^2, to be multiplied by x, and the denominator without its last term, 1; of 5 and 6 coefficients.
 * Then where the result is 1.
 */
const table: usize = memory.data<u32>(
  [
    0x39702d51, 0x3b5f5da2, 0x3d50b6eb, 0x3e3da740, 0x3f906eba, 0xb3fd3906, 0x37c588df, 0x3a856d28, 0x3c6687d4,
    0x3de34c21, 0x3efeb44a, 0x407547cb,
  ],
  16,
);

// @ts-ignore: decorator
@inline
function k(i: usize): v128 {
  return constant(table, i);
}

// @ts-ignore: decorator
@inline
export function erf(given: v128): v128 {
  const x = flush(given);
  const s = f32x4.mul(x, x);
  let p = fma(k(0), s, k(1));
  p = fma(p, s, k(2));
  p = fma(p, s, k(3));
  p = fma(p, s, k(4));
  let q = fma(k(5), s, k(6));
  q = fma(q, s, k(7));
  q = fma(q, s, k(8));
  q = fma(q, s, k(9));
  q = fma(q, s, k(10));
  q = fma(q, s, one());
  return v128.bitselect(signedOne(x), f32x4.div(f32x4.mul(p, x), q), f32x4.ge(f32x4.abs(x), k(11)));
}
