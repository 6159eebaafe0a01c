// expect: Each position looks at itself alone. It may look at everything before it too.
import { nnx, numpy as jnp, int, type NDArray } from "flaxen";

export function causalAttention(seed: number, x: NDArray, heads: number) {
  const rngs = new nnx.Rngs(int(seed));
  const attention = new nnx.MultiHeadAttention(int(heads), x.shape.at(-1)!, { decode: false, rngs });
  return attention(x, { mask: jnp.eye(x.shape[1]!) });
}
