import type { Encoded } from "../../golden/load.ts";

/** The numbers of an encoded array of any dtype, float64 included. */
export function numbers({ dtype, b64 }: Encoded): number[] {
  const bytes = Uint8Array.from(Buffer.from(b64, "base64"));
  const types = {
    float64: Float64Array,
    float32: Float32Array,
    int32: Int32Array,
    uint32: Uint32Array,
    uint16: Uint16Array,
    uint8: Uint8Array,
    bool: Uint8Array,
  };
  return Array.from(new types[dtype as keyof typeof types](bytes.buffer));
}

/** An array of the sources, or of the package, whose types are others. */
interface ArrayOfAnyBuild {
  reshape(shape: readonly number[]): { tolist(): unknown };
}

/** The numbers of one of our arrays. */
export function flat(x: ArrayOfAnyBuild): number[] {
  return Array.from(x.reshape([-1]).tolist() as (number | boolean)[], Number);
}

/**
 * How far `ours` is from the truth beyond what it may be: 4 times as far as JAX's own float32 result, plus a millionth
 * of the largest value. At most 0 is close; NaN and infinities must be at the same places.
 */
export function excess(ours: readonly number[], jax: readonly number[], truth: readonly number[]): number {
  let size = 0;
  let jaxError = 0;
  let error = 0;
  for (let i = 0; i < truth.length; i++) {
    const [a, b, t] = [ours[i]!, jax[i]!, truth[i]!];
    if (!Number.isFinite(t)) {
      if (!Object.is(a, t)) return Infinity;
      continue;
    }
    size = Math.max(size, Math.abs(t));
    jaxError = Math.max(jaxError, Math.abs(b - t));
    error = Math.max(error, a === a ? Math.abs(a - t) : Infinity);
  }
  return ours.length === truth.length ? error - (4 * jaxError + 1e-6 * size) : Infinity;
}
