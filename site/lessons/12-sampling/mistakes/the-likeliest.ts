// expect: This takes the likeliest token every time. Draw with random.categorical.
import { numpy as jnp, int, type NDArray } from "flaxen";

export function sampleTokens(_seed: number, logits: NDArray, temperature: number, count: number) {
  const tokens: number[] = [];
  for (let i = 0; i < int(count); i++) tokens.push(jnp.argmax(logits.div(temperature)).item());
  return jnp.array(Int32Array.from(tokens));
}
