// expect: There is one head, whatever was asked. The first argument is the number of heads.
import { nnx, numpy as jnp, int, type NDArray } from "flaxen";

export function causalAttention(seed: number, x: NDArray, _heads: number) {
  const rngs = new nnx.Rngs(int(seed));
  const attention = new nnx.MultiHeadAttention(1, x.shape.at(-1)!, { decode: false, rngs });
  return attention(x, { mask: nnx.makeCausalMask(jnp.ones(x.shape.slice(0, 2))) });
}
