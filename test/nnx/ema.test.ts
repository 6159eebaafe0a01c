import { expect, it } from "vitest";
import { nnx, numpy as jnp } from "../../src/index.ts";

it("averages the weights of a layer as Flax does, bit for bit, and lends them to a model that shares the rest", () => {
  const layer = new nnx.Linear(2, 2, { rngs: new nnx.Rngs(0) });
  const ema = new nnx.EMA(layer, 0.9, { only: nnx.Param });
  const averaged = ema.applyTo(layer);
  expect(averaged.kernel).toBe(ema.params.get("kernel"));
  expect(averaged.kernel).not.toBe(layer.kernel);
  layer.kernel.set(layer.kernel.get().mul(3).add(1));
  ema.update(layer);
  ema.update(layer);
  expect(averaged.kernel.get().tolist()).toEqual([
    [1.2342872619628906, -0.7562666535377502],
    [-0.5949904322624207, -1.0185494422912598],
  ]);
  expect(averaged.bias!.get().tolist()).toEqual([0, 0]);
});

it("takes BatchStats with only, keeps what is not averaged the model's own, and refuses what has no average", () => {
  const norm = new nnx.Sequential(
    new nnx.BatchNorm(2, { rngs: new nnx.Rngs(0) }),
    new nnx.Dropout(0.5, { rngs: new nnx.Rngs(0) }),
  );
  const ema = new nnx.EMA(norm, 0.5, { only: nnx.BatchStat });
  expect(ema.params.size).toBe(2);
  expect((ema.applyTo(norm).layers[0] as nnx.BatchNorm).scale).toBe((norm.layers[0] as nnx.BatchNorm).scale);
  expect(() => new nnx.EMA(norm, 0.5)).toThrow(
    /"params" expected arrays, got .* at layers\/1\/rngs\/key\. \{ only: nnx\.Param \}/,
  );
  expect(() => new nnx.EMA(norm, "0.5" as never)).toThrow(/"decay" expected a number/);
});

it("an update without all the weights changes none", () => {
  const ema = new nnx.EMA(new nnx.Linear(1, 1, { rngs: new nnx.Rngs(0) }), 0.5);
  const before = ema.params.get("bias").toString();
  expect(() => ema.update(new nnx.Linear(1, 1, { useBias: false, rngs: new nnx.Rngs(1) }))).toThrow(nnx.StateError);
  expect(() => ema.update(new nnx.Embed(1, 1, { rngs: new nnx.Rngs(1) }))).toThrow(
    /MissingKeys: .*expected a Variable at bias, got none/,
  );
  expect(ema.params.get("bias").toString()).toBe(before);
});

it("iterChildren gives modules, Variables, streams; iterModuleChildren modules; hasData a container's parts", () => {
  class Net extends nnx.Module {
    readonly layer = new nnx.Linear(2, 2, { rngs: new nnx.Rngs(0) });
    readonly weight = new nnx.Param([1]);
    readonly buffer = jnp.ones([2]);
    readonly width = 3;
    readonly list = new nnx.List([new nnx.Param([1])]);
  }
  const net = new Net();
  expect(Array.from(nnx.iterChildren(net), ([name]) => name)).toEqual(["layer", "list", "weight"]);
  expect(Array.from(nnx.iterModuleChildren(net), ([name]) => name)).toEqual(["layer", "list"]);
  expect(nnx.hasData([1, { a: [net.weight, net.buffer] }, "text"])).toEqual([net.weight, net.buffer]);
  expect([nnx.hasData(net), nnx.hasData(3), nnx.variables]).toEqual([[net], [], nnx.state]);
});
