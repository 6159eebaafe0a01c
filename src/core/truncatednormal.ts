import { erfInvF32 } from "./erfinv.ts";
import { SQRT2 } from "./normal.ts";
import { uniformFromBitsF32 } from "./uniform.ts";

const { fround } = Math;

/** Source: JAX 0.10.2 `jax/_src/random/core.py` (`_truncated_normal`). */
export function truncatedNormalFromBitsF32(
  bits: Uint32Array,
  minval: number,
  maxval: number,
  clipMin: number,
  clipMax: number,
  out: Float32Array,
  fused: boolean,
): void {
  uniformFromBitsF32(bits, minval, maxval, out, fused);
  erfInvF32(out, out, fused);
  for (let i = 0; i < out.length; i++) {
    const x = fround(SQRT2 * out[i]!);
    const raised = x < clipMin ? clipMin : x;
    out[i] = raised > clipMax ? clipMax : raised;
  }
}
