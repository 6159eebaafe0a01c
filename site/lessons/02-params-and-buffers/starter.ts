import { nnx, random, numpy as jnp, int, type NDArray } from "flaxen";

class Standardize extends nnx.Module {
  // mean, kernel and bias: which of them are Params?
  constructor(inFeatures: number, features: number, rngs: nnx.Rngs) {
    super();
  }
}

export function statePaths(seed: number, inFeatures: number, features: number) {
  const model = new Standardize(int(inFeatures), int(features), new nnx.Rngs(int(seed)));
  // Two lists of paths: of the Params, and of everything.
  return [[], []];
}
