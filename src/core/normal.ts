import { erfInvF32 } from "./erfinv.ts";
import { fraction } from "./uniform.ts";

const { fround } = Math;

/** sqrt(2), 3FB504F3. */
export const SQRT2 = fround(Math.SQRT2);

/** The smallest uniform drawn: the float32 after -1, BF7FFFFF. */
const LOWEST = fround(-0.99999994);

/**
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_normal_real`). The uniform's span, 1 - LOWEST, rounds to 2, so that
 * 2 * fraction + LOWEST is one rounding in both profiles, and never below LOWEST.
 */
export function normalFromBitsF32(bits: Uint32Array, out: Float32Array, fused: boolean): void {
  for (let i = 0; i < out.length; i++) out[i] = fraction(bits[i]!) * 2 + LOWEST;
  erfInvF32(out, out, fused);
  for (let i = 0; i < out.length; i++) out[i] = SQRT2 * out[i]!;
}
