// expect: Every position looked at itself alone. Turn decode on, and call initCache once, before the loop: the cache lasts from step to step.
import { nnx, numpy as jnp, int, type NDArray } from "flaxen";

export function decode(seed: number, x: NDArray, heads: number) {
  const rngs = new nnx.Rngs(int(seed));
  const attention = new nnx.MultiHeadAttention(int(heads), x.shape.at(-1)!, { decode: false, rngs });
  const steps: NDArray[] = [];
  for (let t = 0; t < x.shape[1]!; t++) steps.push(attention(x.slice(":", `${t}:${t + 1}`)));
  return jnp.concatenate(steps, 1);
}
