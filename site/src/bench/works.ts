/** What the bench times: a few calls that are typical of models. */
import { nnx, numpy as jnp, optax, random } from "flaxen";

export interface Work {
  readonly name: string;
  /** Gives what is timed. */
  readonly make: () => () => unknown;
}

const normal = (seed: number, ...shape: number[]): ReturnType<typeof random.normal> =>
  random.normal(random.key(seed), shape);
export const WORKS: readonly Work[] = [
  {
    name: "x @ W, 64 × 64",
    make: () => {
      const [x, w] = [normal(0, 1, 64), normal(1, 64, 64)];
      return () => x.matmul(w);
    },
  },
  {
    name: "X @ W, 128 × 256 × 256",
    make: () => {
      const [x, w] = [normal(0, 128, 256), normal(1, 256, 256)];
      return () => x.matmul(w);
    },
  },
  {
    name: "MLP 784-256-10, batch 1",
    make: () => {
      const rngs = new nnx.Rngs(0);
      const m = new nnx.Sequential(new nnx.Linear(784, 256, { rngs }), nnx.relu, new nnx.Linear(256, 10, { rngs }));
      const x = normal(0, 1, 784);
      return () => m(x);
    },
  },
  {
    name: "Conv 3 × 3, 28 × 28, 1 to 16",
    make: () => {
      const c = new nnx.Conv(1, 16, [3, 3], { rngs: new nnx.Rngs(0) });
      const x = normal(0, 1, 28, 28, 1);
      return () => c(x);
    },
  },
  {
    name: "attention, 4 heads of 16, 64 positions",
    make: () => {
      const a = new nnx.MultiHeadAttention(4, 64, { decode: false, rngs: new nnx.Rngs(0) });
      const x = normal(0, 1, 64, 64);
      return () => a(x);
    },
  },
  {
    name: "layer norm, 64 × 256",
    make: () => {
      const n = new nnx.LayerNorm(256, { rngs: new nnx.Rngs(0) });
      const x = normal(0, 64, 256);
      return () => n(x);
    },
  },
  {
    name: "softmax, 64 × 256",
    make: () => {
      const x = normal(0, 64, 256);
      return () => nnx.softmax(x);
    },
  },
  {
    name: "100,000 normals",
    make: () => {
      let seed = 0;
      return () => random.normal(random.key(seed++), [100_000]);
    },
  },
  {
    name: "sum of 100,000",
    make: () => {
      const x = normal(0, 100_000);
      return () => jnp.sum(x);
    },
  },
  {
    name: "training step, MLP 64-64-10, batch 32",
    make: () => {
      const rngs = new nnx.Rngs(0);
      const m = new nnx.Sequential(new nnx.Linear(64, 64, { rngs }), nnx.relu, new nnx.Linear(64, 10, { rngs }));
      const optimizer = new nnx.Optimizer(m, optax.adam(1e-3), { wrt: nnx.Param });
      const x = normal(0, 32, 64);
      const gradOf = nnx.grad((model: typeof m) => jnp.mean(jnp.square(model(x))));
      return () => optimizer.update(m, gradOf(m));
    },
  },
];
