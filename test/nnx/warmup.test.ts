import { afterAll, beforeEach, expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { memoryInfo, nnx, numpy as jnp, optax, random, useBackend } from "../../src/index.ts";

class Net extends nnx.Module<[x: NDArray], NDArray> {
  linear = new nnx.Linear(300, 200, { rngs: new nnx.Rngs(0) });
  norm = new nnx.BatchNorm(200, { rngs: new nnx.Rngs(1) });
  drop = new nnx.Dropout(0.5, { rngs: new nnx.Rngs(2) });

  override __call__(x: NDArray): NDArray {
    return this.drop(this.norm(this.linear(x)));
  }
}

/** All values of a model as text. */
const stateOf = (model: object): string => JSON.stringify([...nnx.state(model)]);

beforeEach(() => useBackend("auto"));
afterAll(() => useBackend("auto"));

it("compiles and packs: the next call of the model itself packs nothing", () => {
  const [model, x] = [new Net(), random.normal(random.key(0), [8, 300])];
  useBackend("wasm");
  const { residents } = memoryInfo();
  expect(nnx.warmUp(model, x)).toBeUndefined();
  const warm = memoryInfo().residents;
  expect(warm).toBeGreaterThan(residents);
  for (let i = 0; i < 3; i++) model(x);
  expect(memoryInfo().residents).toBe(warm);
});

it("changes no state: statistics, counts, caches, those of what is among the inputs too", () => {
  const [model, other] = [new Net(), new Net()];
  const before = stateOf(model);
  const x = random.normal(random.key(0), [8, 300]);
  nnx.warmUp(model, x);
  expect(stateOf(model)).toBe(before);
  expect(model(x).tolist()).toEqual(other(x).tolist());

  const attention = new nnx.MultiHeadAttention(2, 8, { decode: true, rngs: new nnx.Rngs(0) });
  attention.initCache([3, 4, 8]);
  const empty = stateOf(attention);
  for (let i = 0; i < 4; i++) nnx.warmUp(attention, jnp.ones([3, 1, 8]));
  expect(stateOf(attention)).toBe(empty);
});

it("takes functions, with what they share shared in the copies", () => {
  const model = new nnx.Linear(3, 2, { rngs: new nnx.Rngs(0) });
  const optimizer = new nnx.ModelAndOptimizer(model, optax.adam(0.1), { wrt: nnx.Param });
  const losses: number[] = [];
  const variable = new nnx.Variable(jnp.zeros([]));
  const step = nnx.jit((m: nnx.Linear, o: typeof optimizer, state: nnx.State, own: nnx.Variable, x: NDArray) => {
    expect(o.model).toBe(m);
    const [loss, grads] = nnx.valueAndGrad((net: nnx.Linear) => net(x).mul(net(x)).mean())(m);
    o.update(grads);
    own.set(own.get().add(1));
    for (const [, leaf] of state) (leaf as nnx.Variable).setRawValue(jnp.zeros([]));
    losses.push(loss.item());
    return loss;
  });
  const before = [model, optimizer].map(stateOf);
  nnx.warmUp(step, model, optimizer, nnx.state(model), variable, jnp.ones([2, 3]));
  expect(losses.length).toBe(2);
  expect(losses[1]).toBeLessThan(losses[0]!);
  expect([model, optimizer].map(stateOf)).toEqual(before);
  expect(variable.get().item()).toBe(0);
});

it("leaves the model as it was if the call throws", () => {
  const model = new Net();
  const before = stateOf(model);
  expect(() => nnx.warmUp(model, jnp.ones([8, 299]))).toThrow(/299/);
  expect(stateOf(model)).toBe(before);
  expect(() => nnx.warmUp(5 as never)).toThrow('nnx.warmUp: "model" expected a module or a function, got 5');
});
