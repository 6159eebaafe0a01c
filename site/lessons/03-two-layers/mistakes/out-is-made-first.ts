// expect: These are the weights of layers made in the other order. The order of construction decides the keys: hidden first, then out.
import { nnx, int, type NDArray } from "flaxen";

class MLP extends nnx.Module<[x: NDArray], NDArray> {
  hidden: nnx.Linear;
  out: nnx.Linear;

  constructor(inFeatures: number, hidden: number, features: number, rngs: nnx.Rngs) {
    super();
    this.out = new nnx.Linear(hidden, features, { rngs });
    this.hidden = new nnx.Linear(inFeatures, hidden, { rngs });
  }

  __call__(x: NDArray) {
    return this.out(nnx.relu(this.hidden(x)));
  }
}

export function mlpForward(seed: number, x: NDArray, hidden: number, features: number) {
  return new MLP(x.shape.at(-1)!, int(hidden), int(features), new nnx.Rngs(int(seed)))(x);
}
