// expect: The rebuilt x has the shape [2]; [3] was expected, the shape of x.
import { nnx, int, type NDArray } from "flaxen";

class Tied extends nnx.Module<[x: NDArray], NDArray> {
  encode: nnx.Linear;
  shared: nnx.Linear;

  constructor(inFeatures: number, hidden: number, rngs: nnx.Rngs) {
    super();
    this.encode = new nnx.Linear(inFeatures, hidden, { useBias: false, rngs });
    this.shared = this.encode;
  }

  __call__(x: NDArray) {
    return this.encode(x);
  }
}

export function tiedAutoencoder(seed: number, x: NDArray, hidden: number) {
  const model = new Tied(x.shape.at(-1)!, int(hidden), new nnx.Rngs(int(seed)));
  let count = 0;
  for (const [, param] of nnx.toFlatState(nnx.state(model, nnx.Param))) count += (param as nnx.Param).get().size;
  return [count, model(x)];
}
