import { nnx, numpy as jnp, optax, int, type NDArray } from "flaxen";

export function fitLine(seed: number, x: NDArray, y: NDArray, rate: number, steps: number) {
  const model = new nnx.Linear(x.shape.at(-1)!, 1, { rngs: new nnx.Rngs(int(seed)) });
  const lossOf = (m: (x: NDArray) => NDArray) => jnp.mean(jnp.square(m(x).slice(":", 0).sub(y)));
  // Take the steps.
  return lossOf(model);
}
