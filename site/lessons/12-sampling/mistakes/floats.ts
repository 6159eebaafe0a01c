// expect: The dtype is float32; int32 was expected.
import { nnx, random, numpy as jnp, int, type NDArray } from "flaxen";

export function sampleTokens(seed: number, logits: NDArray, temperature: number, count: number) {
  const rngs = new nnx.Rngs({ sample: int(seed) });
  const tokens: number[] = [];
  for (let i = 0; i < int(count); i++) tokens.push(random.categorical(rngs.sample!(), logits.div(temperature)).item());
  return jnp.array(tokens);
}
