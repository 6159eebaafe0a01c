// expect: The function returned the model. Call it with x.
import { nnx, type NDArray } from "flaxen";
import { loadInto, open } from "flaxen/weights";

class MLP extends nnx.Module<[x: NDArray], NDArray> {
  hidden: nnx.Linear;
  out: nnx.Linear;

  constructor(inFeatures: number, hidden: number, features: number, rngs: nnx.Rngs) {
    super();
    this.hidden = new nnx.Linear(inFeatures, hidden, { rngs });
    this.out = new nnx.Linear(hidden, features, { rngs });
  }

  __call__(x: NDArray) {
    return this.out(nnx.relu(this.hidden(x)));
  }
}

export async function loadAndRun(bytes: Uint8Array) {
  const model = new MLP(4, 3, 2, new nnx.Rngs(0));
  await loadInto(model, await open(bytes));
  return model;
}
