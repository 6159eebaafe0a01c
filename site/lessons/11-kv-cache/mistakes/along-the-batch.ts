// expect: The shape is [4, 1, 4]; [1, 4, 4] was expected, the shape of x: a result for each position, joined along axis 1.
import { nnx, numpy as jnp, int, type NDArray } from "flaxen";

export function decode(seed: number, x: NDArray, heads: number) {
  const rngs = new nnx.Rngs(int(seed));
  const attention = new nnx.MultiHeadAttention(int(heads), x.shape.at(-1)!, { decode: true, rngs });
  attention.initCache(x.shape);
  const steps: NDArray[] = [];
  for (let t = 0; t < x.shape[1]!; t++) steps.push(attention(x.slice(":", `${t}:${t + 1}`)));
  return jnp.concatenate(steps, 0);
}
