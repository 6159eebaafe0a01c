// expect: The temperature is not used. Divide the logits by it.
import { nnx, random, numpy as jnp, int, type NDArray } from "flaxen";

export function sampleTokens(seed: number, logits: NDArray, _temperature: number, count: number) {
  const rngs = new nnx.Rngs({ sample: int(seed) });
  const tokens: number[] = [];
  for (let i = 0; i < int(count); i++) tokens.push(random.categorical(rngs.sample!(), logits).item());
  return jnp.array(Int32Array.from(tokens));
}
