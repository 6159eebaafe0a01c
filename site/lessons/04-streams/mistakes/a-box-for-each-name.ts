// expect: Every name had a box of its own, so no counter ever moved. Make one box for all.
import { nnx, random, numpy as jnp, int } from "flaxen";

export function drawKeys(seed: number, names: string[]) {
  return jnp.stack(names.map((name) => random.keyData(new nnx.Rngs(int(seed), { params: 1 })[name]!())));
}
