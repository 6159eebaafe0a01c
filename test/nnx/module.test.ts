import { expect, expectTypeOf, it } from "vitest";
import { ModuleBasics, nnx, numpy as jnp, random, ShapeError } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

class Scale extends nnx.Module<[x: NDArray], NDArray> {
  name = "scale";
  length = 2;
  factor: nnx.Param;
  constructor(factor: number) {
    super();
    this.factor = new nnx.Param(factor);
  }
  __call__(x: NDArray): NDArray {
    return x.mul(this.factor);
  }
}

it("an instance is called like a function, and infers its types", () => {
  const scale = new Scale(3);
  expect(scale(jnp.array([1, 2])).tolist()).toEqual([3, 6]);
  expect(scale.__call__(jnp.array([1])).tolist()).toEqual([3]);
  expectTypeOf(scale).toBeCallableWith(jnp.array([1]));
  expectTypeOf(scale(jnp.array([1]))).toEqualTypeOf<NDArray>();
});

it("instanceof works, and attributes may be called name and length", () => {
  const scale = new Scale(1);
  expect(scale).toBeInstanceOf(Scale);
  expect(scale).toBeInstanceOf(nnx.Module);
  scale.name = "renamed";
  expect([scale.name, scale.length, scale.constructor]).toEqual(["renamed", 2, Scale]);
  expect(Object.keys(scale).sort()).toEqual(["factor", "length", "name"]);
});

it("passes any number of arguments", () => {
  class Sum extends nnx.Module<number[], number> {
    __call__(...xs: number[]): number {
      return xs.reduce((a, b) => a + b, 0);
    }
  }
  expect(new Sum()(1, 2, 3, 4, 5)).toBe(15);
});

it("calling a module without __call__ says how to write one", () => {
  class Bare extends nnx.Module {}
  expect(() => new Bare()()).toThrow(/Bare is not callable: it has no __call__/);
});

it.each(["init", "apply"])("calling %s says that an NNX module owns its parameters", (name) => {
  const scale = new Scale(1) as unknown as Record<string, () => void>;
  expect(() => scale[name]!()).toThrow(new RegExp(`Scale\\.${name} does not exist: an NNX module owns its parameters`));
});

it("a subclass may have a method called apply of its own", () => {
  class Own extends nnx.Module {
    apply(): string {
      return "mine";
    }
  }
  expect(new Own().apply()).toBe("mine");
});

it("a model cannot be cloned by postMessage, and says so as the platform does", () => {
  expect(() => structuredClone(new Scale(1))).toThrow(/could not be cloned/);
});

it("the wrong input width is a ShapeError with both shapes", () => {
  const model = new ModuleBasics(3, 4, new nnx.Rngs(0));
  expect(() => model([1, 2])).toThrow(ShapeError);
  expect(() => model([1, 2])).toThrow(/matmul: "a" \[2\] and "b" \[3, 4\] do not fit: .* 3, got 2/);
});

it("a layer without its rngs shows the right call", () => {
  expect(() => new ModuleBasics(3, 4, undefined as never)).toThrow(
    /ModuleBasics: "rngs" expected an nnx\.Rngs, got undefined\.\n {2}wrong: .*\n {2}right: .*new nnx\.Rngs\(0\)/,
  );
  expect(() => new ModuleBasics(3, 4, random.key(0) as never)).toThrow(/got a key: keys are used once/);
});

it("rngs, or a stream, where a key belongs shows the right call", () => {
  const rngs = new nnx.Rngs(0);
  expect(() => random.normal(rngs as never, [2])).toThrow(
    /wrong: random\.normal\(rngs, \.\.\.\)\n {2}right: random\.normal\(rngs\.params\(\), \.\.\.\)/,
  );
  expect(() => random.normal(rngs.params as never, [2])).toThrow(/A stream gives a key when it is called/);
  expect(rngs.default!.count.get().item()).toBe(0);
});

it("iterModules and iterChildren are methods too", () => {
  const model = new nnx.Sequential(new Scale(1), new Scale(2));
  expect([...model.iterChildren()]).toEqual([...nnx.iterChildren(model)]);
  expect([...model.iterModules()]).toEqual([...nnx.iterModules(model)]);
  expect([...model.iterModules()].length).toBeGreaterThan(2);
});

it("JSON of a model is nested as the model is", () => {
  const rngs = new nnx.Rngs(0);
  const ones = nnx.initializers.ones;
  const inner = new nnx.Sequential(new nnx.Linear(1, 2, { rngs, kernelInit: ones }), new nnx.PReLU(0.5));
  const model = new nnx.Dict({ inner, scale: new nnx.Param(2) });
  expect(JSON.parse(JSON.stringify(model))).toEqual({
    inner: { layers: { 0: { bias: [0, 0], kernel: [[1, 1]] }, 1: { negative_slope: 0.5 } } },
    scale: 2,
  });
});

it("JSON of a state is nested as its model is", () => {
  const model = new nnx.Dict({ inner: new nnx.List([new nnx.PReLU(0.5)]), scale: new nnx.Param(2) });
  const state = nnx.state(model);
  expect(JSON.parse(JSON.stringify(state))).toEqual({ inner: { 0: { negative_slope: 0.5 } }, scale: 2 });
  expect(JSON.stringify(state)).toBe(JSON.stringify(model));
  expect(JSON.stringify(nnx.state(model, nnx.BatchStat))).toBe("{}");
});
