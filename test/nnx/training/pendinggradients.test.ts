/** Under `nnx.jit` the gradient of a large kernel is computed when it is read, or in one pass with the step. */
import { describe, expect, it } from "vitest";
import { DATA } from "../../../src/array/index.ts";
import { nnx, numpy as jnp, optax, random } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";
import { onEachBackend } from "../../backends.ts";

type Tx = optax.GradientTransformation;
type Step = (m: nnx.Linear, o: nnx.Optimizer) => unknown;

const X = random.normal(random.key(1), [13, 150]);
const lossAndGrad = nnx.valueAndGrad((m: nnx.Linear, x: NDArray) => m(x).pow(2).mean());
const kernelOf = (state: nnx.State): NDArray => (state.get("kernel") as nnx.Param).get() as NDArray;
const isPending = (x: NDArray): boolean => x[DATA].storage.isPending === true;

/** The words of all arrays after three steps: of model and optimizer, and of what the steps gave. */
function train(tx: Tx, step: Step, columns = 120): unknown[] {
  const model = new nnx.Linear(150, columns, { rngs: new nnx.Rngs(3) });
  const optimizer = new nnx.Optimizer(model, tx, { wrt: nnx.Param });
  const given = [0, 1, 2].map(() => step(model, optimizer));
  return [nnx.state(model), nnx.state(optimizer), ...given.flat()].map((one) =>
    one instanceof nnx.State
      ? [...one].map(([path, leaf]) => [path.join("/"), wordsOf(leaf instanceof nnx.Variable ? leaf.get() : leaf)])
      : wordsOf(one),
  );
}

function wordsOf(x: unknown): string {
  const { buffer, byteOffset, byteLength } = (x as NDArray).data;
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

/** Expects the same bits with `nnx.jit` and without. */
function expectSame(tx: () => Tx, step: Step, columns?: number): void {
  expect(train(tx(), nnx.jit(step), columns)).toEqual(train(tx(), step, columns));
}

const TRANSFORMATIONS: readonly (readonly [string, () => Tx])[] = [
  ["sgd", () => optax.sgd(0.1)],
  ["momentum", () => optax.sgd(0.1, { momentum: 0.9 })],
  ["adam", () => optax.adam(1e-2)],
  ["adamw", () => optax.adamw(1e-2)],
  ["clipByGlobalNorm, adam", () => optax.chain(optax.clipByGlobalNorm(0.01), optax.adam(1e-2))],
  ["lion", () => optax.lion(1e-2)],
];

onEachBackend("a pending gradient", () => {
  describe.each(TRANSFORMATIONS)("%s", (_, tx) => {
    it.each([120, 121])("has the bits of a step without nnx.jit, %d columns", (columns) => {
      const step: Step = (m, o) => {
        const [loss, grads] = lossAndGrad(m, X);
        o.update(m, grads);
        return loss;
      };
      expectSame(tx, step, columns);
    });

    it("may be returned, and the updates too", () => {
      const step: Step = (m, o) => {
        const [loss, grads] = lossAndGrad(m, X);
        const updates = o.update(m, grads);
        return [loss, grads, updates];
      };
      expectSame(tx, step);
    });

    it("may be read before the step, and after it", () => {
      const step: Step = (m, o) => {
        const [loss, grads] = lossAndGrad(m, X);
        const before = jnp.abs(kernelOf(grads)).max();
        const after = (o.update(m, lossAndGrad(m, X)[1]), kernelOf(grads).sum());
        o.update(m, grads);
        return [loss, before, after, kernelOf(grads).min()];
      };
      expectSame(tx, step);
    });
  });

  it.each([
    ["sgd", optax.sgd(0.1)],
    ["adam", optax.adam(0.1)],
  ])("is never computed by itself where %s takes it", (_, tx) => {
    const model = new nnx.Linear(150, 120, { rngs: new nnx.Rngs(3) });
    const optimizer = new nnx.Optimizer(model, tx, { wrt: nnx.Param });
    const seen = nnx.jit(() => {
      const [, grads] = lossAndGrad(model, X);
      optimizer.update(model, grads);
      return [isPending(kernelOf(grads)), isPending((grads.get("bias") as nnx.Param).get() as NDArray)];
    });
    expect(seen()).toEqual([true, false]);
    expect(isPending(kernelOf(lossAndGrad(model, X)[1]))).toBe(false);
  });

  it("is of the elements as they were when somebody gets hold of them", () => {
    const step: Step = (m, o) => {
      const x = X.mul(1);
      const [loss, grads] = lossAndGrad(m, x);
      x.data.fill(0);
      o.update(m, grads);
      return [loss, kernelOf(grads).sum(), kernelOf(lossAndGrad(m, x)[1]).sum()];
    };
    expectSame(() => optax.sgd(0.1), step);
  });

  it("is gone after the call", () => {
    const model = new nnx.Linear(150, 120, { rngs: new nnx.Rngs(3) });
    let leaked: NDArray | undefined;
    nnx.jit(() => {
      leaked = kernelOf(lossAndGrad(model, X)[1]);
    })();
    expect(() => leaked!.sum()).toThrow(/leaked from a function under nnx\.jit/);
  });

  it("stays where a Variable has it", () => {
    const model = new nnx.Linear(150, 120, { rngs: new nnx.Rngs(3) });
    const kept = new nnx.Param(jnp.zeros([150, 120]));
    nnx.jit(() => kept.set(kernelOf(lossAndGrad(model, X)[1])))();
    expect(wordsOf(kept.get())).toBe(wordsOf(kernelOf(lossAndGrad(model, X)[1])));
  });
});
