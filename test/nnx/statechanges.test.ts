/**
 * What a State answers before and after every function that makes or changes one: `get`, `has`, `keys`, `entries`, size
 * and the order of its leaves. A State remembers where its leaves are from the first question on.
 */
import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp, random } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

/** A net with lists, names of which one begins another, a buffer, statistics and streams. */
class Net extends nnx.Module {
  readonly dense10 = new nnx.Linear(1, 1, { rngs: new nnx.Rngs(10) });
  readonly dense1 = new nnx.Linear(1, 2, { rngs: new nnx.Rngs(1) });
  readonly dense = new nnx.Linear(2, 1, { rngs: new nnx.Rngs(0), useBias: false });
  readonly layers = new nnx.List(Array.from({ length: 11 }, (_, i) => new nnx.Param([i])));
  readonly mean = new nnx.BatchStat([0]);
  readonly buffer = jnp.array([5]);
}

const PATHS = [
  "buffer",
  "dense/kernel",
  "dense1/bias",
  "dense1/kernel",
  "dense10/bias",
  "dense10/kernel",
  ...Array.from({ length: 11 }, (_, i) => `layers/${i}`),
  "mean",
];

/** The array in a leaf. */
function valueOf(leaf: unknown): NDArray {
  return (leaf instanceof nnx.Variable ? leaf.get() : leaf) as NDArray;
}

function pathsOf(state: nnx.State): string[] {
  return nnx.toFlatState(state).map(([path]) => path.join("/"));
}

/** Everything a State says about itself agrees with its list of leaves, from every level down. */
function expectConsistent(state: nnx.State): void {
  const flat = nnx.toFlatState(state);
  expect([...state]).toEqual(flat);
  expect(state.size).toBe(flat.length);
  for (const [path, leaf] of flat) {
    expect(state.has(...path), path.join("/")).toBe(true);
    expect(state.get(...path), path.join("/")).toBe(leaf);
    expect(state.has(...path, "below"), path.join("/")).toBe(false);
    expect(() => state.get(...path, "below")).toThrow(RangeError);
  }
  expect(state.has("nothing")).toBe(false);
  expect(state.get()).toBe(state);
  expect(state.keys()).toEqual([...new Set(flat.map(([[first]]) => first))]);
  expect(state.entries().map(([key]) => key)).toEqual(state.keys());
  for (const [key, item] of state.entries()) {
    const below = flat.filter(([path]) => path[0] === key);
    if (!(item instanceof nnx.State)) expect(below).toEqual([[[key], item]]);
    else {
      expect(nnx.toFlatState(item)).toEqual(below.map(([path, leaf]) => [path.slice(1), leaf]));
      expectConsistent(item);
    }
  }
}

/** A state that was asked about all its leaves once, so that it remembers where they are. */
function askedState(model: object): nnx.State {
  const state = nnx.state(model);
  expectConsistent(state);
  return state;
}

const expected = (state: nnx.State): unknown[] =>
  nnx.toFlatState(state).map(([path, leaf]) => [path.join("/"), valueOf(leaf).tolist()]);

it("paths are sorted by name, one that begins another first, and by number in lists", () => {
  expect(pathsOf(askedState(new Net()))).toEqual(PATHS);
  const names = ["w10", "w1", "w", "w2", "conv1", "conv"];
  const module = Object.assign(
    new (class extends nnx.Module {})(),
    ...names.map((name) => ({ [name]: jnp.ones([1]) })),
  );
  expect(pathsOf(nnx.state(module as object))).toEqual(["conv", "conv1", "w", "w1", "w10", "w2"]);
  const flat = names.map((name) => [["a", name], jnp.ones([1])] as const);
  expect(pathsOf(nnx.fromFlatState(flat))).toEqual(["a/conv", "a/conv1", "a/w", "a/w1", "a/w10", "a/w2"]);
});

describe("replaceByPureDict changes a state in place", () => {
  it("get, has and entries give the new leaves, and the model keeps its own", () => {
    const net = new Net();
    const state = askedState(net);
    const old = state.get<nnx.Param>("dense", "kernel");
    const below = state.get<nnx.State>("layers");
    nnx.replaceByPureDict(state, { dense: { kernel: [[7], [8]] }, layers: { 3: [30] }, buffer: [6] });
    expectConsistent(state);
    expect(pathsOf(state)).toEqual(PATHS);
    expect(state.get<nnx.Param>("dense", "kernel")).not.toBe(old);
    expect(valueOf(state.get("dense", "kernel")).tolist()).toEqual([[7], [8]]);
    expect(valueOf(state.get("layers", 3)).tolist()).toEqual([30]);
    expect(valueOf(state.get("buffer")).tolist()).toEqual([6]);
    expect(net.dense.kernel).toBe(old);
    expect(valueOf(below.get(3)).tolist()).toEqual([3]);
    nnx.update(net, state);
    expect([net.dense.kernel.get().tolist(), net.layers.get(3).get().tolist()]).toEqual([[[7], [8]], [30]]);
    expect(net.buffer.tolist()).toEqual([6]);
  });

  it("takes Variables for values, and keeps the state's own kind and metadata", () => {
    const net = new Net();
    const state = askedState(net);
    nnx.replaceByPureDict(state, { dense: { kernel: new nnx.BatchStat([[7], [8]], { tag: "other" }) } });
    const kernel = state.get<nnx.Param>("dense", "kernel");
    expect([kernel.constructor, kernel.getMetadata()]).toEqual([nnx.Param, net.dense.kernel.getMetadata()]);
    expect(kernel.get().tolist()).toEqual([[7], [8]]);
  });

  it("takes what Variables hold that are no arrays: keys, lists and objects", () => {
    class Held extends nnx.Module {
      readonly key = new nnx.RngKey(random.key(0) as never);
      readonly seen = new nnx.Intermediate([jnp.array([1])] as never);
    }
    const state = nnx.state(new Held());
    const seen = [jnp.array([2]), jnp.array([3])];
    nnx.replaceByPureDict(state, {
      key: new nnx.RngKey(random.key(7) as never),
      seen: new nnx.Intermediate(seen as never),
    });
    expect((state.get<nnx.RngKey>("key").getRawValue() as unknown as random.Key).equals(random.key(7))).toBe(true);
    expect(state.get<nnx.Intermediate>("seen").getRawValue()).toBe(seen);
  });

  it("nothing has changed after an error", () => {
    const state = askedState(new Net());
    const before = nnx.toFlatState(state);
    expect(() => nnx.replaceByPureDict(state, { buffer: [6], other: [1] })).toThrow(nnx.StateError);
    expect(nnx.toFlatState(state)).toEqual(before);
    expectConsistent(state);
  });

  it("replaceFn makes the leaves", () => {
    const state = askedState(new Net());
    nnx.replaceByPureDict(state, { mean: 4, layers: { 0: 5 } }, (leaf, value) => [leaf, value]);
    expect(state.get("mean")).toEqual([expect.any(nnx.BatchStat), 4]);
    expect(state.get("layers", 0)).toEqual([expect.any(nnx.Param), 5]);
  });
});

describe("a model that changes shows in the state it gave", () => {
  it("update writes into the same Variables", () => {
    const net = new Net();
    const state = askedState(net);
    nnx.update(net, { dense: { kernel: [[1], [2]] }, mean: [9] });
    expectConsistent(state);
    expect(valueOf(state.get("dense", "kernel")).tolist()).toEqual([[1], [2]]);
    expect(valueOf(state.get("mean")).tolist()).toEqual([9]);
    expect(state.get<nnx.Param>("dense", "kernel")).toBe(net.dense.kernel);
  });

  it("a leaf that the model does not have is an error, and changes nothing", () => {
    const net = new Net();
    const state = askedState(net);
    expect(() => nnx.update(net, { extra: jnp.array([1]) })).toThrow(/^UnexpectedKeys: nnx\.update: "extra"/);
    expect(state.has("extra")).toBe(false);
    expect(pathsOf(askedState(net))).toEqual(PATHS);
  });

  it("pop takes leaves out of the model; the old state keeps them, lists close up", () => {
    const net = new Net();
    const state = askedState(net);
    const popped = nnx.pop(net, nnx.BatchStat);
    expectConsistent(popped);
    expect(pathsOf(popped)).toEqual(["mean"]);
    expect(popped.get<nnx.Variable>("mean")).toBe(state.get<nnx.Variable>("mean"));
    expect(pathsOf(state)).toEqual(PATHS);
    expect(pathsOf(askedState(net))).toEqual(PATHS.slice(0, -1));
    const [second, kernels] = nnx.pop(net, (path) => path[0] === "layers" && path[1] === 2, nnx.PathContains("kernel"));
    expectConsistent(second);
    expectConsistent(kernels);
    expect([pathsOf(second), kernels.size]).toEqual([["layers/2"], 3]);
    expect(net.layers.get(2).get().tolist()).toEqual([3]);
    expect(net.layers.length).toBe(10);
  });

  it("capture gives a State of what was sown", () => {
    class Sower extends nnx.Module<[x: NDArray], NDArray> {
      override __call__(x: NDArray): NDArray {
        this.sow(nnx.Intermediate, "a", x);
        this.sow(nnx.BatchStat, "b", x.mul(2));
        return x;
      }
    }
    const [, first, second] = nnx.capture(new Sower(), nnx.Intermediate, nnx.BatchStat)(jnp.array([1]));
    expectConsistent(first!);
    expectConsistent(second!);
    expect([pathsOf(first!), pathsOf(second!)]).toEqual([["a"], ["b"]]);
  });
});

describe("functions that make a State of another leave the other as it was", () => {
  const cases: Record<string, (state: nnx.State) => nnx.State | readonly nnx.State[]> = {
    filterState: (state) => nnx.filterState(state, nnx.Param),
    "filterState of two": (state) => nnx.filterState(state, nnx.BatchStat, nnx.Rest),
    splitState: (state) => nnx.splitState(state, nnx.Param, nnx.Rest),
    mergeState: (state) => nnx.mergeState(...nnx.splitState(state, nnx.Param, nnx.Rest)),
    "mergeState of a plain object": (state) => nnx.mergeState(state, { mean: [3], other: { a: [1] } }),
    mapState: (state) => nnx.mapState((_, leaf) => valueOf(leaf).mul(2), state),
    diffState: (state) => nnx.diffState(state, nnx.filterState(state, nnx.Param)),
    fromFlatState: (state) => nnx.fromFlatState(nnx.toFlatState(state).toReversed()),
    asPure: (state) => nnx.asPure(state) as nnx.State,
    "the state of what split and merge give": (state) => {
      const [graphdef] = nnx.split(new Net());
      return nnx.state(nnx.merge(graphdef, state));
    },
  };

  it.each(Object.entries(cases))("%s", (_, f) => {
    const state = askedState(new Net());
    const before = nnx.toFlatState(state);
    const values = expected(state);
    for (const made of [f(state)].flat()) {
      expectConsistent(made as nnx.State);
      expect(pathsOf(made as nnx.State)).toEqual(
        pathsOf(made as nnx.State).filter((path) => [...PATHS, "other/a"].includes(path)),
      );
    }
    expect(nnx.toFlatState(state)).toEqual(before);
    expect(expected(state)).toEqual(values);
    expectConsistent(state);
  });

  it("what they are made of", () => {
    const state = askedState(new Net());
    expect(pathsOf(nnx.filterState(state, nnx.Param))).toEqual(PATHS.slice(1, -1));
    expect(nnx.filterState(state, nnx.BatchStat, nnx.Rest).map(({ size }) => size)).toEqual([1, PATHS.length - 1]);
    expect(pathsOf(nnx.diffState(state, nnx.filterState(state, nnx.Param)))).toEqual(["buffer", "mean"]);
    const merged = nnx.mergeState(state, { mean: [3], other: { a: [1] } });
    expect(pathsOf(merged)).toEqual([...PATHS, "other/a"]);
    expect(valueOf(merged.get("mean"))).toEqual([3]);
    const doubled = nnx.mapState((path, leaf) => valueOf(leaf).mul(path[0] === "layers" ? 2 : 1), state);
    expect(valueOf(doubled.get("layers", 10)).tolist()).toEqual([20]);
    expect((nnx.asPure(state) as nnx.State).get("mean")).toBe(valueOf(state.get("mean")));
  });
});

it("an index and a name of the same letters are different parts of a path", () => {
  const state = nnx.fromFlatState([
    [["a", 0], jnp.array([1])],
    [["b", "0"], jnp.array([2])],
  ]);
  expectConsistent(state);
  expect([state.has("a", 0), state.has("a", "0"), state.has("b", 0), state.has("b", "0")]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

it("the state of an Rngs lists keys and counts, and counts move in it", () => {
  const rngs = new nnx.Rngs({ params: 0, dropout: 1 });
  const state = askedState(rngs);
  rngs.params();
  rngs.params();
  expectConsistent(state);
  expect(valueOf(state.get("params", "count")).item()).toBe(2);
  nnx.reseed(rngs, { params: 5 });
  expectConsistent(state);
  const key = valueOf(state.get("params", "key")) as never as random.Key;
  expect(key.equals(random.foldIn(random.key(5), 0))).toBe(true);
  expect(valueOf(state.get("params", "count")).item()).toBe(0);
});

describe("update takes JavaScript's numbers in the dtype that is there", () => {
  it.each([
    ["a number", 5, []],
    ["a boolean", true, []],
    ["an empty list", [], [0]],
    ["a list of one", [5], [1]],
    ["a list", [5, 6], [2]],
    ["a list of lists of one", [[5]], [1, 1]],
    ["a list of booleans", [true, false], [2]],
  ] as const)("%s", (_, given, shape) => {
    for (const dtype of ["int32", "bfloat16", "uint8"] as const) {
      const model = new nnx.Dict({ held: new nnx.Param(jnp.zeros([...shape], dtype)) });
      nnx.update(model, nnx.fromFlatState([[["held"], given as never]]));
      const held = model.get("held").get();
      expect([held.dtype, held.shape]).toEqual([dtype, shape]);
      expect(held.tolist()).toEqual(
        jnp
          .array(given as never)
          .astype(dtype)
          .tolist(),
      );
    }
  });

  it("but an array keeps its own", () => {
    const model = new nnx.Dict({ held: new nnx.Param(jnp.zeros([1], "int32")) });
    expect(() => nnx.update(model, nnx.fromFlatState([[["held"], jnp.ones([1])]]))).toThrow(
      /"held" expected int32, got float32/,
    );
  });
});

it("merge takes values without their Variables: arrays, and keys of streams", () => {
  const [graphdef, state] = nnx.split(new nnx.Rngs(3));
  const values = new nnx.State([...state].map(([path, leaf]) => [path, (leaf as nnx.Variable).get()] as never));
  const merged = nnx.merge(graphdef, values);
  expect(merged.params.key.get().equals(new nnx.Rngs(3).params.key.get())).toBe(true);
});

const paramOf = (n: number): nnx.Param => new nnx.Param([n]);
const valuesOf = (state: nnx.State): unknown =>
  [...state].map(([path, leaf]) => [path.join("/"), (leaf as nnx.Param).get().item()]);

it("replaceByPureDict finds lists by numbers and by names that are numbers, and such names of a Dict", () => {
  const model = new nnx.Dict({
    "0": new nnx.List([paramOf(1), paramOf(2)]),
    list: new nnx.List([new nnx.List([paramOf(3), paramOf(4)]), paramOf(5)]),
  });
  const want = [10, 20, 30, 40, 50].map((n, i) => [["0/0", "0/1", "list/0/0", "list/0/1", "list/1"][i], n]);
  const [a, b, c, d, e] = [10, 20, 30, 40, 50].map((n) => jnp.array([n])) as [
    NDArray,
    NDArray,
    NDArray,
    NDArray,
    NDArray,
  ];
  for (const pure of [
    { "0": [a, b], list: [[c, d], e] },
    { "0": [a, b], list: { "0": { "0": c, "1": d }, "1": e } },
    { "0": [a, b], list: { "0": [c, d], "1": e } },
    new Map<unknown, unknown>([
      ["0", [a, b]],
      [
        "list",
        new Map<unknown, unknown>([
          [0, [c, d]],
          [1, e],
        ]),
      ],
    ]),
  ]) {
    const state = nnx.state(nnx.clone(model));
    nnx.replaceByPureDict(state, pure as never);
    expect(valuesOf(state)).toEqual(want);
  }
});
