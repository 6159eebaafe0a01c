// expect: Every position looks at all, also at later ones. A causal mask forbids that.
import { nnx, int, type NDArray } from "flaxen";

export function causalAttention(seed: number, x: NDArray, heads: number) {
  const rngs = new nnx.Rngs(int(seed));
  const attention = new nnx.MultiHeadAttention(int(heads), x.shape.at(-1)!, { decode: false, rngs });
  return attention(x);
}
