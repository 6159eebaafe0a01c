import { expect, it } from "vitest";
import { nnx, numpy as jnp, random } from "../../src/index.ts";

class Net extends nnx.Module {
  readonly layers = new nnx.List([new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) }), nnx.relu]);
  readonly mean = new nnx.BatchStat(jnp.zeros([2], "int32"));
  readonly again = this.mean;
  readonly buffer = jnp.ones([4]);
  readonly key = random.key(0);
  readonly scales = nnx.data([new nnx.Param(1)]);
  readonly rate = 0.5;
}

it("gives a model as plain objects, in the order of its attributes", () => {
  const { children, ...root } = nnx.describe(new Net());
  expect(root).toEqual({ path: [], kind: "Net" });
  const [layers, ...others] = children!;
  expect(layers!.kind).toBe("List");
  const [linear, relu] = layers!.children!;
  expect([linear!.path, linear!.kind, relu]).toEqual([
    ["layers", 0],
    "Linear",
    { path: ["layers", 1], kind: "static", text: "<function relu>" },
  ]);
  expect(linear!.children).toContainEqual({
    path: ["layers", 0, "kernel"],
    kind: "Param",
    shape: [2, 3],
    dtype: "float32",
  });
  expect(others).toEqual([
    { path: ["mean"], kind: "BatchStat", shape: [2], dtype: "int32" },
    { path: ["again"], kind: "BatchStat", sameAs: ["mean"] },
    { path: ["buffer"], kind: "Array", shape: [4], dtype: "float32" },
    { path: ["key"], kind: "Key", shape: [], dtype: "key<fry>" },
    {
      path: ["scales"],
      kind: "array",
      children: [{ path: ["scales", 0], kind: "Param", shape: [], dtype: "float32" }],
    },
    { path: ["rate"], kind: "static", text: "0.5" },
  ]);
});

it("is what JSON and a message to another thread take", () => {
  const described = nnx.describe(new Net());
  expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  expect(structuredClone(described)).toEqual(described);
});

it("describes a state, a Variable and an array too", () => {
  expect(nnx.describe(nnx.state(new Net(), nnx.BatchStat))).toEqual({
    path: [],
    kind: "State",
    children: [{ path: ["again"], kind: "BatchStat", shape: [2], dtype: "int32" }],
  });
  expect(nnx.describe(new nnx.Param([1]))).toEqual({ path: [], kind: "Param", shape: [1], dtype: "float32" });
  expect(nnx.describe(new nnx.Intermediate([jnp.ones([2])] as never))).toEqual({ path: [], kind: "Intermediate" });
});

it("what a model cannot keep, Maps and Sets, is described as configuration, alone and inside", () => {
  const x = jnp.ones([1]);
  for (const [held, text] of [
    [new Map([["a", x]]), "<Map>"],
    [new Set([x]), "<Set>"],
  ] as const) {
    expect(nnx.describe(held)).toEqual({ path: [], kind: "static", text });
    expect(nnx.describe(new nnx.Dict({ held })).children).toEqual([{ path: ["held"], kind: "static", text }]);
  }
});
