// expect: The function returned one array. It should return a list of two: the count and the rebuilt x.
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
    return this.encode(x).matmul(this.shared.kernel.get().T);
  }
}

export function tiedAutoencoder(seed: number, x: NDArray, hidden: number) {
  const model = new Tied(x.shape.at(-1)!, int(hidden), new nnx.Rngs(int(seed)));
  return model(x);
}
