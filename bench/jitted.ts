import { nnx, numpy as jnp } from "flaxen";
import type { NDArray } from "flaxen";

/** Calls of an MLP 64-64-10 under `nnx.jit`: one row each, and every 500th a batch whose arrays are from the pool. */
export function createCalls(): (count: number) => void {
  const rngs = new nnx.Rngs(0);
  const model = new nnx.Sequential(new nnx.Linear(64, 64, { rngs }), nnx.relu, new nnx.Linear(64, 10, { rngs }));
  const f = nnx.jit((m: typeof model, x: NDArray) => m(x));
  const [row, batch] = [jnp.ones([64]), jnp.ones([1024, 64])];
  return (count) => {
    for (let i = 0; i < count; i++) f(model, i % 500 === 0 ? batch : row);
  };
}
