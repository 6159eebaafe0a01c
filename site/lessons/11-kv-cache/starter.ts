import { nnx, numpy as jnp, int, type NDArray } from "flaxen";

export function decode(seed: number, x: NDArray, heads: number) {
  const rngs = new nnx.Rngs(int(seed));
  const attention = new nnx.MultiHeadAttention(int(heads), x.shape.at(-1)!, { decode: true, rngs });
  attention.initCache(x.shape);
  // One position at a time, joined in the end.
  return attention(x.slice(":", "0:1"));
}
