import { nnx, int, type NDArray } from "flaxen";

class Tied extends nnx.Module<[x: NDArray], NDArray> {
  encode: nnx.Linear;

  constructor(inFeatures: number, hidden: number, rngs: nnx.Rngs) {
    super();
    this.encode = new nnx.Linear(inFeatures, hidden, { useBias: false, rngs });
  }

  __call__(x: NDArray) {
    return this.encode(x);
  }
}

export function tiedAutoencoder(seed: number, x: NDArray, hidden: number) {
  const model = new Tied(x.shape.at(-1)!, int(hidden), new nnx.Rngs(int(seed)));
  // How many numbers are in its Params, and what it makes of x.
  return [0, model(x)];
}
