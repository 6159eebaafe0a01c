// expect: All keys came from default. The box needs a stream of its own for params, { params: 1 }, and each key comes from the stream of its name.
import { nnx, random, numpy as jnp, int } from "flaxen";

export function drawKeys(seed: number, names: string[]) {
  const rngs = new nnx.Rngs(int(seed), { params: 1 });
  return jnp.stack(names.map(() => random.keyData(rngs.default!())));
}
