// expect: This is what the model gave before its kernels were halved. Call the one that merge gives.
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
    return this.out(nnx.relu(this.hidden(x)));
  }
}

export function halveKernels(seed: number, x: NDArray, hidden: number, features: number) {
  const model = new MLP(x.shape.at(-1)!, int(hidden), int(features), new nnx.Rngs(int(seed)));
  const [graphdef, kernels, rest] = nnx.split(model, nnx.All(nnx.Param, nnx.PathContains("kernel")), nnx.Rest);
  const halved = nnx.mapState((_path, param) => (param as nnx.Param).get().div(2), kernels);
  nnx.merge(graphdef, halved, rest);
  return model(x);
}
