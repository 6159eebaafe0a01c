import { expect, expectTypeOf, it } from "vitest";
import { ModuleBasics, nnx, numpy as jnp, random } from "../../src/index.ts";

class Block extends nnx.Module {
  readonly kernel = new nnx.Param([[1, 2]]);
  readonly mean = new nnx.BatchStat([0]);
  readonly buffer = jnp.array([5]);
  readonly width = 2;
}

class Net extends nnx.Module {
  readonly second = new Block();
  readonly first = new Block();
  readonly dense = new ModuleBasics(2, 3, new nnx.Rngs(0));
  readonly rngs = new nnx.Rngs({ dropout: 1 });
}

const paths = (state: nnx.State): string[] => nnx.toFlatState(state).map(([path]) => path.join("/"));

it("finds every Param of nested modules, sorted by path", () => {
  expect(paths(nnx.state(new Net(), nnx.Param))).toEqual(["dense/kernel", "first/kernel", "second/kernel"]);
});

it("an array that is no Param is a buffer: in the state, but not among the Params", () => {
  const block = new Block();
  expect(paths(nnx.state(block))).toEqual(["buffer", "kernel", "mean"]);
  expect(paths(nnx.state(block, nnx.Param))).toEqual(["kernel"]);
});

it("holds the model's own Variables: what is set in one shows in the other", () => {
  const net = new Net();
  const kernel = nnx.state(net, nnx.Param).get("first", "kernel") as nnx.Param;
  kernel.set([[7, 8]]);
  expect(net.first.kernel.get().tolist()).toEqual([[7, 8]]);
});

it("filters by class, tag, predicate, list and boolean; several filters give several states, first match first", () => {
  const net = new Net();
  expect(paths(nnx.state(net, nnx.Variable)).length).toBe(7);
  expect(paths(nnx.state(net, nnx.RngState))).toEqual(["rngs/dropout/count", "rngs/dropout/key"]);
  expect(paths(nnx.state(net, "dropout"))).toEqual(["rngs/dropout/count", "rngs/dropout/key"]);
  expect(paths(nnx.state(net, (path) => path[0] === "first"))).toEqual(["first/buffer", "first/kernel", "first/mean"]);
  expect(paths(nnx.state(net, [nnx.BatchStat, nnx.RngKey]))).toEqual(["first/mean", "rngs/dropout/key", "second/mean"]);
  expect(paths(nnx.state(net, false))).toEqual([]);
  const [params, rest] = nnx.state(net, nnx.Param, true);
  expect([params.size, rest.size]).toEqual([3, 6]);
  expect(() => nnx.state(net, 5 as never)).toThrow(/nnx filter: expected a class/);
});

it("a user's subclass of Param is found as itself and as a Param", () => {
  class Frozen extends nnx.Param {}
  class Layer extends nnx.Module {
    readonly a = new Frozen([1]);
    readonly b = new nnx.Param([2]);
  }
  expect(paths(nnx.state(new Layer(), Frozen))).toEqual(["a"]);
  expect(paths(nnx.state(new Layer(), nnx.Param))).toEqual(["a", "b"]);
});

it("a shared Variable or module appears at its first path only, and cycles end", () => {
  class Tied extends nnx.Module {
    readonly b: nnx.Param;
    readonly a: nnx.Param;
    readonly self: Tied;
    constructor() {
      super();
      this.b = new nnx.Param([1]);
      this.a = this.b;
      this.self = this;
    }
  }
  expect(paths(nnx.state(new Tied()))).toEqual(["a"]);
});

it("sorts names by code point, as Python does", () => {
  class Names extends nnx.Module {
    constructor() {
      super();
      Object.assign(
        this,
        Object.fromEntries(
          ["b", "a", "Z", "\uffee", "\u{1f600}", "a_", "a1", "10", "9"].map((name) => [name, new nnx.Param([1])]),
        ),
      );
    }
  }
  expect(paths(nnx.state(new Names()))).toEqual(["10", "9", "Z", "a", "a1", "a_", "b", "\uffee", "\u{1f600}"]);
});

it("a plain array of modules on a module is an error with the right way beside the wrong one", () => {
  class Lost extends nnx.Module {
    readonly layers = [new Block(), new Block()];
  }
  class Nested extends nnx.Module {
    readonly config = { heads: [1, 2], inner: { weight: jnp.zeros([1]) } };
  }
  class Fine extends nnx.Module {
    readonly config = { heads: [1, 2], name: "x" };
  }
  expect(() => nnx.state(new Lost())).toThrow(
    /Lost\.layers: .* got a plain array that holds some[^]*wrong: [^]*right: /,
  );
  expect(() => nnx.state(new Nested())).toThrow(/Nested\.config: .* got a plain object/);
  expect(nnx.state(new Fine()).size).toBe(0);
});

it("a path that is not there lists those that are", () => {
  expect(() => nnx.state(new Block()).get("bias")).toThrow(/expected one of buffer, kernel, mean, got bias/);
});

it("what is no module is refused", () => {
  expect(() => nnx.state({})).toThrow(/nnx\.state: "node" expected a module or an Rngs, got Object/);
  expect(() => nnx.toFlatState({} as never)).toThrow(/nnx\.toFlatState: "state" expected a State/);
});

it("an Rngs has a state of keys and counts", () => {
  const rngs = new nnx.Rngs(0, { params: 1 });
  rngs.params!();
  const state = nnx.state(rngs);
  expect(paths(state)).toEqual(["default/count", "default/key", "params/count", "params/key"]);
  expect((state.get("params", "count") as nnx.RngCount).get().item()).toBe(1);
  expect((state.get("params", "key") as nnx.RngKey).get().equals(random.key(1))).toBe(true);
});

/** The message for a path that is none of `n`. */
function messageFor(n: number): string {
  const state = nnx.fromFlatState(Array.from({ length: n }, (_, i) => [[`w${10 + i}`], jnp.ones([1])] as const));
  try {
    state.get("none");
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

it("a message lists twenty paths, and counts the rest", () => {
  const names = Array.from({ length: 20 }, (_, i) => `w${10 + i}`).join(", ");
  expect(messageFor(20)).toBe(`State.get: "path" expected one of ${names}, got none`);
  expect(messageFor(21)).toBe(`State.get: "path" expected one of ${names} and 1 more, got none`);
  expect(messageFor(23)).toBe(`State.get: "path" expected one of ${names} and 3 more, got none`);
});

it("has leaves typed by the filter", () => {
  const model = new Net();
  const params = nnx.state(model, nnx.Param);
  expectTypeOf(params.get("first", "kernel")).toEqualTypeOf<nnx.Param>();
  expectTypeOf(nnx.toFlatState(nnx.state(model, nnx.BatchStat))[0]![1]).toEqualTypeOf<nnx.BatchStat>();
  const [first, rest] = nnx.state(model, nnx.Param, nnx.Rest);
  for (const [, leaf] of first) expectTypeOf(leaf).toEqualTypeOf<nnx.Param>();
  for (const [, leaf] of rest) expectTypeOf(leaf).toEqualTypeOf<nnx.Leaf>();
  for (const [, leaf] of nnx.state(model, [nnx.Param, nnx.BatchStat]))
    expectTypeOf(leaf).toEqualTypeOf<nnx.Param | nnx.BatchStat>();
  for (const [, leaf] of nnx.state(model)) expectTypeOf(leaf).toEqualTypeOf<nnx.Leaf>();
  for (const [, leaf] of nnx.split(model, nnx.Param, nnx.Rest)[1]) expectTypeOf(leaf).toEqualTypeOf<nnx.Param>();
  for (const [, leaf] of nnx.state(model, nnx.PathContains("kernel"))) expectTypeOf(leaf).toEqualTypeOf<nnx.Leaf>();
  expect(params.get("first", "kernel").get().shape).toEqual([1, 2]);
});

it("one filter gives the State itself, several give a list", () => {
  const model = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });
  const all = nnx.state(model);
  const ones: unknown[] = [
    nnx.state(model, nnx.Param),
    nnx.filterState(all, nnx.Param),
    nnx.splitState(all, nnx.Param),
    nnx.split(model, nnx.Param)[1],
    nnx.pop(nnx.clone(model), nnx.Param),
  ];
  for (const one of ones) {
    expect(one).toBeInstanceOf(nnx.State);
    expect((one as nnx.State).size).toBe(2);
  }
  const lists: unknown[] = [
    nnx.state(model, nnx.BatchStat, nnx.Param),
    nnx.filterState(all, nnx.BatchStat, nnx.Param),
    nnx.splitState(all, nnx.BatchStat, nnx.Param),
    nnx.split(model, nnx.BatchStat, nnx.Param).slice(1),
    nnx.pop(nnx.clone(model), nnx.BatchStat, nnx.Param),
  ];
  for (const list of lists) expect((list as nnx.State[]).map(({ size }) => size)).toEqual([0, 2]);
});

it("PathContains wants a whole part of the path, unless exact is false", () => {
  const state = nnx.state(new nnx.Sequential(new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) })));
  const sizes = (filter: nnx.Filter): number => nnx.filterState(state, filter).size;
  expect([sizes(nnx.PathContains("ern")), sizes(nnx.PathContains("kernel"))]).toEqual([0, 1]);
  expect(sizes(nnx.PathContains("ern", { exact: true }))).toBe(0);
  expect(sizes(nnx.PathContains("ern", { exact: false }))).toBe(1);
});

it("finds what plain objects hold, whatever its names: those of places too", () => {
  const [model, node, graph] = [new Block(), new Block(), new Block()];
  expect(paths(nnx.state({ model, node, graph }, nnx.Param))).toEqual(["graph/kernel", "model/kernel", "node/kernel"]);
  expect(paths(nnx.state({ node }, nnx.Param))).toEqual(["node/kernel"]);
  expect(Array.from(nnx.iterGraph({ model }), ([path]) => path[0]).slice(0, 1)).toEqual(["model"]);
  expect(Array.from(nnx.iterGraph({ node }), ([path]) => path.join("/"))).toContain("kernel");
});

it("is made of a nested object, a Map or another State", () => {
  const block = new Block();
  nnx.update(block, new nnx.State({ mean: new nnx.BatchStat([7]), kernel: new nnx.Param([[3, 4]]) }));
  expect([block.mean.get().tolist(), block.kernel.get().tolist()]).toEqual([[7], [[3, 4]]]);
  const nested = new nnx.State({ b: { x: jnp.array([1]) }, a: new Map([[1, jnp.array([2])]]) });
  expect(nnx.toFlatState(nested).map(([path]) => path)).toEqual([
    ["a", 1],
    ["b", "x"],
  ]);
  expect(nnx.toFlatState(new nnx.State(nested))).toEqual(nnx.toFlatState(nested));
});
