/** The weights of a TensorFlow.js model: a manifest in model.json, and shards that are one file cut in pieces. */
import type { NDArray } from "flaxen";
import { numpy as jnp } from "flaxen";

/** What a manifest says of one weight. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Stored as `quantization.dtype`; the value is `q * scale + min`. */
  readonly quantization?: { readonly dtype: string; readonly scale: number; readonly min: number };
}

export interface WeightGroup {
  readonly paths: readonly string[];
  readonly weights: readonly WeightSpec[];
}

/** The float32 weights of a group, by name. @param bytes of its shards, one behind the other */
export function readWeights({ weights }: WeightGroup, bytes: Uint8Array): Map<string, NDArray> {
  const arrays = new Map<string, NDArray>();
  let at = 0;
  for (const { name, shape, dtype, quantization } of weights) {
    const size = shape.reduce((a, b) => a * b, 1);
    const itemSize = quantization?.dtype === "uint8" ? 1 : 4;
    // A copy is aligned.
    const stored = new Uint8Array(bytes.subarray(at, at + size * itemSize));
    at += size * itemSize;
    if (dtype === "float32") arrays.set(name, jnp.array(values(stored, quantization)).reshape([...shape]));
  }
  if (at !== bytes.length) throw new Error(`readWeights: expected ${at} bytes, got ${bytes.length}`);
  return arrays;
}

/** Dequantised in float64, then rounded once, as TensorFlow.js does. */
function values(stored: Uint8Array, quantization: WeightSpec["quantization"]): Float32Array {
  if (quantization === undefined) return new Float32Array(stored.buffer);
  const { dtype, scale, min } = quantization;
  if (dtype !== "uint8") throw new Error(`readWeights: expected quantization to uint8, got ${dtype}`);
  return Float32Array.from(stored, (q) => q * scale + min);
}
