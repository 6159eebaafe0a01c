// expect: The difference of [n, 1] and [n] is a table of [n, n]. Take the column first: model(x).slice(":", 0).
import { nnx, numpy as jnp, optax, int, type NDArray } from "flaxen";

export function fitLine(seed: number, x: NDArray, y: NDArray, rate: number, steps: number) {
  const model = new nnx.Linear(x.shape.at(-1)!, 1, { rngs: new nnx.Rngs(int(seed)) });
  const optimizer = new nnx.Optimizer(model, optax.sgd(rate), { wrt: nnx.Param });
  const lossOf = (m: (x: NDArray) => NDArray) => jnp.mean(jnp.square(m(x).sub(y)));
  for (let step = 0; step < int(steps); step++) {
    const [, grads] = nnx.valueAndGrad(lossOf)(model);
    optimizer.update(model, grads);
  }
  return lossOf(model);
}
