// expect: These are the weights of a fresh model. The file was not loaded into it, or not yet: await loadInto(...).
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

export async function loadAndRun(bytes: Uint8Array, x: NDArray) {
  const model = new MLP(4, 3, 2, new nnx.Rngs(0));
  void open(bytes).then((file) => loadInto(model, file));
  return model(x);
}
