// expect: The result is a list. jnp.stack makes one array of it.
import { nnx, random, int } from "flaxen";

export function drawKeys(seed: number, names: string[]) {
  const rngs = new nnx.Rngs(int(seed), { params: 1 });
  return names.map((name) => random.keyData(rngs[name]!()));
}
