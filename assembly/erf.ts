/**
 * float32 erf of XLA's CPU backend.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/codegen/intrinsic/erf.cc` (after Eigen).
 */
import { splatBits } from "./lanes";
import { polynomials, quotient, signedOne } from "./quotient";
import { a1, a3 } from "./scratch";

/** erf in x^2: the numerator, to be multiplied by x, and the denominator. */
const erfTable: usize = memory.data<u32>([
  0x39702d51, // 2.2905065e-4
  0x3b5f5da2, // 3.4082910e-3
  0x3d50b6eb, // 5.0955694e-2
  0x3e3da740, // 0.18520832
  0x3f906eba, // 1.1283791
  0xb3fd3906, // -1.1791603e-7
  0x37c588df, // 2.3547966e-5
  0x3a856d28, // 1.0179626e-3
  0x3c6687d4, // 1.4070471e-2
  0x3de34c21, // 0.11098505
  0x3efeb44a, // 0.49746925
  0x3f800000, // 1
]);

/**
 * Fused in both profiles: XLA asks for these multiply-adds by name. Of all magnitudes there is one, 3.4614411e-4, whose
 * denominator the emulation in double precision rounds twice: to 1, which should be the next float above it.
 */
export function erf(ptr: usize, n: u32): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    v128.store(a1 + i, f32x4.mul(x, x));
  }
  polynomials(erfTable, 5, 7, n, true);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(ptr + i);
    const magnitude = f32x4.abs(x);
    const far = f32x4.ge(magnitude, splatBits(0x407547cb)); // 3.832506895065308
    const twiceRounded = i32x4.eq(magnitude, splatBits(0x39b57aad)); // 3.4614411e-4
    v128.store(a3 + i, v128.or(v128.load(a3 + i), v128.and(twiceRounded, i32x4.splat(1))));
    v128.store(ptr + i, v128.bitselect(signedOne(x), quotient(x, i), far));
  }
}
