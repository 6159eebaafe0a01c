// expect: The bias is not among the Params, so it would never be learned. Wrap it: new nnx.Param(...).
import { nnx, random, numpy as jnp, int, type NDArray } from "flaxen";

class Standardize extends nnx.Module {
  mean: NDArray;
  kernel: nnx.Param;
  bias: NDArray;

  constructor(inFeatures: number, features: number, rngs: nnx.Rngs) {
    super();
    this.mean = jnp.arange(inFeatures);
    this.kernel = new nnx.Param(random.normal(rngs.params(), [inFeatures, features]));
    this.bias = jnp.zeros([features]);
  }
}

export function statePaths(seed: number, inFeatures: number, features: number) {
  const model = new Standardize(int(inFeatures), int(features), new nnx.Rngs(int(seed)));
  const paths = (state: nnx.State) => nnx.toFlatState(state).map(([path]) => path.join("/"));
  return [paths(nnx.state(model, nnx.Param)), paths(nnx.state(model))];
}
