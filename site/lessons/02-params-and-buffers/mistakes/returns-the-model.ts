// expect: The function returned the model. It should return two lists of paths.
import { nnx, random, numpy as jnp, int, type NDArray } from "flaxen";

class Standardize extends nnx.Module {
  mean: NDArray;
  kernel: nnx.Param;
  bias: nnx.Param;

  constructor(inFeatures: number, features: number, rngs: nnx.Rngs) {
    super();
    this.mean = jnp.arange(inFeatures);
    this.kernel = new nnx.Param(random.normal(rngs.params(), [inFeatures, features]));
    this.bias = new nnx.Param(jnp.zeros([features]));
  }
}

export function statePaths(seed: number, inFeatures: number, features: number) {
  const model = new Standardize(int(inFeatures), int(features), new nnx.Rngs(int(seed)));
  return model;
}
