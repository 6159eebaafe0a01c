import { nnx, numpy as jnp, int, type NDArray } from "flaxen";

class MLP extends nnx.Module<[x: NDArray], NDArray> {
  constructor(inFeatures: number, hidden: number, features: number, rngs: nnx.Rngs) {
    super();
    // Two layers, in the order hidden, out.
  }

  __call__(x: NDArray) {
    return x;
  }
}

export function mlpForward(seed: number, x: NDArray, hidden: number, features: number) {
  return new MLP(x.shape.at(-1)!, int(hidden), int(features), new nnx.Rngs(int(seed)))(x);
}
