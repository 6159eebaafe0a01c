import { nnx, random, numpy as jnp, int, type NDArray } from "flaxen";

export function sampleTokens(seed: number, logits: NDArray, temperature: number, count: number) {
  const tokens: number[] = [];
  // Draw count tokens, each with a key of its own.
  return jnp.array(Int32Array.from(tokens));
}
