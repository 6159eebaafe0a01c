// expect: The relu between the layers is missing.
import { nnx, int, type NDArray } from "flaxen";

class MLP extends nnx.Module<[x: NDArray], NDArray> {
  hidden: nnx.Linear;
  out: nnx.Linear;

  constructor(inFeatures: number, hidden: number, features: number, rngs: nnx.Rngs) {
    super();
    this.hidden = new nnx.Linear(inFeatures, hidden, { rngs });
    this.out = new nnx.Linear(hidden, features, { rngs });
  }

  __call__(x: NDArray) {
    return this.out(this.hidden(x));
  }
}

export function mlpForward(seed: number, x: NDArray, hidden: number, features: number) {
  return new MLP(x.shape.at(-1)!, int(hidden), int(features), new nnx.Rngs(int(seed)))(x);
}
