// expect: The stream params has the seed of default. It should have the seed 1.
import { nnx, random, numpy as jnp, int } from "flaxen";

export function drawKeys(seed: number, names: string[]) {
  const rngs = new nnx.Rngs(int(seed), { params: int(seed) });
  return jnp.stack(names.map((name) => random.keyData(rngs[name]!())));
}
