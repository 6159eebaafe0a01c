// expect: The mean is in the first list, which is of the Params alone. Give nnx.state the filter nnx.Param, and keep the mean as a plain array.
import { nnx, random, numpy as jnp, int } from "flaxen";

class Standardize extends nnx.Module {
  mean: nnx.Param;
  kernel: nnx.Param;
  bias: nnx.Param;

  constructor(inFeatures: number, features: number, rngs: nnx.Rngs) {
    super();
    this.mean = new nnx.Param(jnp.arange(inFeatures));
    this.kernel = new nnx.Param(random.normal(rngs.params(), [inFeatures, features]));
    this.bias = new nnx.Param(jnp.zeros([features]));
  }
}

export function statePaths(seed: number, inFeatures: number, features: number) {
  const model = new Standardize(int(inFeatures), int(features), new nnx.Rngs(int(seed)));
  const paths = (state: nnx.State) => nnx.toFlatState(state).map(([path]) => path.join("/"));
  return [paths(nnx.state(model, nnx.Param)), paths(nnx.state(model))];
}
