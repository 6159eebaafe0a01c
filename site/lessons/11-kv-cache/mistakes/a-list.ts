// expect: The result is a list of steps. jnp.concatenate(steps, 1) joins them.
import { nnx, int, type NDArray } from "flaxen";

export function decode(seed: number, x: NDArray, heads: number) {
  const rngs = new nnx.Rngs(int(seed));
  const attention = new nnx.MultiHeadAttention(int(heads), x.shape.at(-1)!, { decode: true, rngs });
  attention.initCache(x.shape);
  const steps: NDArray[] = [];
  for (let t = 0; t < x.shape[1]!; t++) steps.push(attention(x.slice(":", `${t}:${t + 1}`)));
  return steps;
}
