// expect: All tokens were drawn with one key, so all are equal. Take a new key for each.
import { nnx, random, numpy as jnp, int, type NDArray } from "flaxen";

export function sampleTokens(seed: number, logits: NDArray, temperature: number, count: number) {
  const rngs = new nnx.Rngs({ sample: int(seed) });
  const key = rngs.sample!();
  const tokens: number[] = [];
  for (let i = 0; i < int(count); i++) tokens.push(random.categorical(key, logits.div(temperature)).item());
  return jnp.array(Int32Array.from(tokens));
}
