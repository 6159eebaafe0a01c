import { flush } from "../base/index.ts";

const { fround } = Math;

/** A fraction in [0, 1) from random bits: the top 23 bits, a multiple of 2^-23. Exact. */
export function fraction(bits: number): number {
  return (bits >>> 9) * 2 ** -23;
}

/**
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_uniform`). Where the CPU has FMA, XLA fuses its multiply and add.
 */
export function uniformFromBitsF32(
  bits: Uint32Array,
  minval: number,
  maxval: number,
  out: Float32Array,
  fused: boolean,
): void {
  const low = flush(minval);
  const span = flush(fround(flush(maxval) - low));
  for (let i = 0; i < out.length; i++) {
    const product = fraction(bits[i]!) * span;
    const value = flush(fround((fused ? product : flush(fround(product))) + low));
    out[i] = low > value ? low : value;
  }
}
