// expect: Each position looks at itself and at what comes later. The mask is the wrong way round.
import { nnx, numpy as jnp, int, type NDArray } from "flaxen";

export function causalAttention(seed: number, x: NDArray, heads: number) {
  const rngs = new nnx.Rngs(int(seed));
  const attention = new nnx.MultiHeadAttention(int(heads), x.shape.at(-1)!, { decode: false, rngs });
  return attention(x, { mask: jnp.swapaxes(nnx.makeCausalMask(jnp.ones(x.shape.slice(0, 2))), -1, -2) });
}
