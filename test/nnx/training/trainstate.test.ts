import { describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/numpy.ts";
import { nnx, numpy as jnp, optax } from "../../../src/index.ts";

function ones(params: nnx.State): nnx.State {
  return nnx.mapState((_, leaf) => (leaf as nnx.Param).replace(jnp.ones(leaf.shape)), params);
}

describe("nnx.TrainState", () => {
  const model = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });
  const [graphdef, params] = nnx.split(model, nnx.Param);
  const start = nnx.TrainState.create({ graphdef, params, tx: optax.adam(0.1), epoch: 3 });

  it("steps as nnx.Optimizer does, bit for bit, and the state before stays", () => {
    const twin = nnx.clone(model);
    const optimizer = new nnx.Optimizer(twin, optax.adam(0.1), { wrt: nnx.Param });
    let state = start;
    for (let i = 0; i < 3; i++) {
      state = state.applyGradients({ grads: ones(params) });
      optimizer.update(twin, ones(params));
    }
    expect(state.params.get<nnx.Param>("kernel").get().tolist()).toEqual(twin.kernel.get().tolist());
    expect([start.step.item(), state.step.item(), state.step.dtype]).toEqual([0, 3, "int32"]);
    expect(start.params.get<nnx.Param>("kernel").get().tolist()).toEqual(model.kernel.get().tolist());
    const [{ mu }] = state.optState as [{ mu: nnx.State }];
    expect(mu.get("kernel")).toBeInstanceOf(nnx.Param);
  });

  it("keeps fields of the program's own, and replaces them", () => {
    expect(start["epoch"]).toBe(3);
    const next = start.applyGradients({ grads: ones(params), epoch: 4 });
    expect([start["epoch"], next["epoch"], next.replace({ epoch: 5 })["epoch"]]).toEqual([3, 4, 5]);
    expect(next).toBeInstanceOf(nnx.TrainState);
  });

  it("apply runs the forward pass, and gives what became of the state", () => {
    const [y, [, state]] = start.apply("params")(jnp.ones([2]) as never);
    expect((y as NDArray).tolist()).toEqual(model(jnp.ones([2])).tolist());
    expect(state.size).toBe(2);
    expect(start.apply(params)(jnp.ones([2]) as never)[0]).toBeInstanceOf(Object);
  });

  it.each([
    [
      "no structure",
      () => nnx.TrainState.create({ graphdef: model as never, params, tx: optax.sgd(1) }),
      TypeError,
      /"graphdef" expected a GraphDef/,
    ],
    [
      "a module for parameters",
      () => nnx.TrainState.create({ graphdef, params: model as never, tx: optax.sgd(1) }),
      TypeError,
      /"params" expected a State/,
    ],
    [
      "no transformation",
      () => nnx.TrainState.create({ graphdef, params, tx: optax.sgd as never }),
      TypeError,
      /"tx" expected a transformation/,
    ],
    [
      "no gradients",
      () => start.applyGradients({ grads: undefined as never }),
      TypeError,
      /"grads" expected the State/,
    ],
    [
      "gradients of something else",
      () => start.applyGradients({ grads: nnx.fromFlatState([[["x"], jnp.ones([1])]]) }),
      RangeError,
      /one structure/,
    ],
    ["a field that is no State", () => start.apply("epoch"), TypeError, /"epoch" expected a State, got 3/],
  ] as const)("%s", (_, run, type, message) => {
    expect(run).toThrow(type);
    expect(run).toThrow(message);
  });
});
