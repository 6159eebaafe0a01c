import { horner, table } from "./horner.ts";

const { abs, fround } = Math;

/** From this magnitude on the result is 1: 407547CB. */
const ONE_FROM = fround(3.832507);

/** In x^2, to be multiplied by x: 0.00022905065 0.0034082910 0.050955694 0.18520832 1.1283791 */
const NUMERATOR = table(0x39702d51, 0x3b5f5da2, 0x3d50b6eb, 0x3e3da740, 0x3f906eba);
/** In x^2: -1.1791603e-7 2.3547966e-5 0.0010179626 0.014070471 0.11098505 0.49746925 1 */
const DENOMINATOR = table(0xb3fd3906, 0x37c588df, 0x3a856d28, 0x3c6687d4, 0x3de34c21, 0x3efeb44a, 0x3f800000);

/**
 * The error function of a float32 `x`. XLA asks for its multiply-adds by name, so that they are fused in both profiles.
 *
 * Source: XLA at jaxlib 0.10.2, `xla/codegen/intrinsic/erf.cc` (after Eigen).
 */
export function erf(x: number): number {
  if (abs(x) >= ONE_FROM) return x < 0 ? -1 : 1;
  const x2 = fround(x * x);
  return fround(fround(horner(NUMERATOR, x2, true) * x) / horner(DENOMINATOR, x2, true));
}
