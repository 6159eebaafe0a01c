import type { NDArray, ShapeLike } from "../array/index.ts";
import { describe } from "../base/index.ts";
import { drawFloat32 } from "./draw.ts";
import type { KeyLike } from "./key.ts";

/** The range of `uniform`, and its dtype. */
export interface UniformOptions {
  /** The least value, default 0. */
  readonly minval?: number;
  /** The end of the range, not drawn itself (rounding aside), default 1. */
  readonly maxval?: number;
  readonly dtype?: "float32";
}

/**
 * Uniform float32 values in [minval, maxval).
 *
 * @param shape of the result, default `[]`
 * @throws KeyError if `key` is no key
 * @throws TypeError if a bound is not a number; ShapeError, LimitError for a bad shape
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_uniform`): a multiple f of 2^-23 in [0, 1), then
 * max(minval, fma(f, maxval - minval, minval)).
 * @example
 * uniform(key(42), [2]).tolist() // => [0.48870957, 0.6797972]
 */
export function uniform(key: KeyLike, shape: ShapeLike = [], { minval = 0, maxval = 1, dtype = "float32" }: UniformOptions = {}): NDArray {
  const low = bound(minval, "minval");
  const high = bound(maxval, "maxval");
  return drawFloat32("uniform", key, shape, dtype, {
    direct: (kernels, k0, k1, out) => kernels.uniformF32(k0, k1, 0, low, high, out),
    fromBits: (kernels, bits, out) => kernels.uniformFromBitsF32(bits, low, high, out),
  });
}

function bound(x: unknown, name: string): number {
  if (typeof x !== "number") throw new TypeError(`random.uniform: "${name}" expected a number, got ${describe(x)}`);
  return Math.fround(x);
}
