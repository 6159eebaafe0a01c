import { describe, expect, expectTypeOf, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { ModuleBasics, nnx, numpy as jnp, random } from "../../src/index.ts";

class Layer extends nnx.Module<[x: NDArray], NDArray> {
  kernel = new nnx.Param(
    [
      [1, 2],
      [3, 4],
    ],
    { tag: "weights" },
  );
  buffer = jnp.array([1, 2]);
  rate = 0.5;
  options = { sizes: [1, 2], name: "layer" };
  deterministic = false;
  useRunningAverage = false;
  override __call__(x: NDArray): NDArray {
    return x.matmul(this.kernel);
  }
}

const paths = (state: nnx.State): string[] => nnx.toFlatState(state).map(([path]) => path.join("/"));

const twice = (shared: boolean): nnx.GraphDef => {
  const a = new nnx.Param([1]);
  return nnx.graphdef(new nnx.List([a, shared ? a : new nnx.Param([1])]));
};

const make = (f: () => void): nnx.Module => {
  const layer = new Layer() as unknown as Record<string, unknown>;
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  layer.loop = loop;
  layer.f = f;
  return layer as unknown as nnx.Module;
};
const f = (): void => {};

const count = (...args: readonly unknown[]): unknown => (args.length === 1 ? args[0] : null);

const sown = (state: nnx.State): NDArray[] => (state.get("seen") as unknown as { get(): NDArray[] }).get();

describe("split and merge", () => {
  it("split must be exhaustive, and nnx.Rest comes last", () => {
    expect(() => nnx.split(new Layer(), nnx.BatchStat)).toThrow(
      /UnexpectedKeys: nnx\.split: .* got none for buffer, kernel\. End with nnx\.Rest/,
    );
    expect(() => nnx.split(new Layer(), nnx.Rest, nnx.Param)).toThrow(
      /expected nnx\.Rest \(or true\) last, got it at 0 of 2/,
    );
    expect(nnx.split(new Layer(), nnx.Param, nnx.Rest, true).length).toBe(4);
  });

  it("infers the model's type", () => {
    const [graphdef, params, rest] = nnx.split(new Layer(), nnx.Param, nnx.Rest);
    expectTypeOf(nnx.merge(graphdef, params, rest)).toEqualTypeOf<Layer>();
    expectTypeOf(nnx.merge(graphdef, params, rest)(jnp.ones([2]))).toEqualTypeOf<NDArray>();
  });

  it("merge shares the very Variables of the state, and copies them on request", () => {
    const layer = new Layer();
    const [graphdef, state] = nnx.split(layer);
    const twin = nnx.merge(graphdef, state);
    const copy = nnx.merge(graphdef, state, { copy: true });
    layer.kernel.set([
      [0, 0],
      [0, 0],
    ]);
    expect([twin.kernel.get().tolist(), copy.kernel.get().tolist()]).toEqual([
      [
        [0, 0],
        [0, 0],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    expect(twin).toBeInstanceOf(Layer);
    expect(twin(jnp.array([1, 1])).tolist()).toEqual([0, 0]);
    expect([twin.rate, twin.options === layer.options]).toEqual([0.5, true]);
  });

  it("merge takes plain nested arrays and makes Variables of the right kind with their metadata", () => {
    const [graphdef, state] = nnx.split(new Layer());
    const merged = nnx.merge(graphdef, nnx.toPureDict(state));
    expect(merged.kernel).toBeInstanceOf(nnx.Param);
    expect(merged.kernel.tag).toBe("weights");
    expect(() => nnx.merge({} as never, state)).toThrow(/"graphdef" expected a GraphDef/);
  });

  it("merge refuses a path twice, where update and mergeState take the last, as in Flax", () => {
    const layer = new Layer();
    const [graphdef, state] = nnx.split(layer);
    const kernel = jnp.full([2, 2], 5);
    for (const more of [state, nnx.state(layer, nnx.Param), { kernel }, nnx.toPureDict(state)]) {
      expect(() => nnx.merge(graphdef, state, more)).toThrow(/PathConflict: nnx\.merge: .* got more for .*kernel/);
      expect(() => nnx.merge(graphdef, more, state, { copy: true })).toThrow(/PathConflict/);
    }
    expect(nnx.merge(graphdef, state, {}).kernel).toBe(layer.kernel);
    expect(nnx.merge(graphdef, nnx.mergeState(state, { kernel })).kernel.get().tolist()).toEqual(kernel.tolist());
    nnx.update(layer, state, { kernel });
    expect(layer.kernel.get().tolist()).toEqual(kernel.tolist());
    nnx.update(layer, { kernel: kernel.mul(2) }, { kernel });
    expect(layer.kernel.get().tolist()).toEqual(kernel.tolist());
  });

  it("merge and mergeState name themselves where they get no state", () => {
    const [graphdef] = nnx.split(new Layer());
    expect(() => nnx.merge(graphdef, 5)).toThrow(/^nnx\.merge: "state" expected an object, a Map or a State, got 5/);
    expect(() => nnx.mergeState(5)).toThrow(/^nnx\.mergeState: "state" expected an object, a Map or a State, got 5/);
  });

  it("a merged module's constructor does not run", () => {
    let runs = 0;
    class Counted extends nnx.Module {
      weight = new nnx.Param([1]);
      constructor() {
        super();
        runs++;
      }
    }
    nnx.clone(new Counted());
    expect(runs).toBe(1);
  });

  it("an Rngs and its streams come back as they were, and draw on", () => {
    const rngs = new nnx.Rngs(0, { params: 1 });
    rngs.params();
    const copy = nnx.clone(rngs);
    expect([...copy]).toEqual(["default", "params"]);
    expect(copy.params().equals(random.foldIn(random.key(1), 1))).toBe(true);
    expect(copy.anything().equals(random.foldIn(random.key(0), 0))).toBe(true);
    expect([rngs.params.count.get().item(), copy.params.count.get().item()]).toEqual([1, 2]);
  });

  it("plain containers of modules are models", () => {
    const pair = { a: new Layer(), b: [new Layer()] };
    expect(paths(nnx.state(pair, nnx.Param))).toEqual(["a/kernel", "b/0/kernel"]);
    const copy = nnx.clone(pair);
    expect(copy.b[0]).toBeInstanceOf(Layer);
    expect(copy.b[0]!.kernel).not.toBe(pair.b[0]!.kernel);
  });

  it("clone shares what it is told to", () => {
    const layer = new Layer();
    expect(nnx.clone(layer, { variables: false }).kernel).toBe(layer.kernel);
    expect(nnx.clone(layer).kernel.get()).toBe(layer.kernel.get());
    expect(nnx.clone(layer, { arrays: true }).kernel.get()).not.toBe(layer.kernel.get());
    expect(() => nnx.clone(layer, { variables: false, arrays: true })).toThrow(/"arrays" expected false/);
  });
});

describe("GraphDef", () => {
  it("is equal for equal structures and differs by configuration, class, attribute, sharing and metadata", () => {
    const base = nnx.graphdef(new Layer());
    const changed = (change: (layer: Layer & Record<string, unknown>) => void): boolean => {
      const layer = new Layer() as Layer & Record<string, unknown>;
      change(layer);
      return base.equals(nnx.graphdef(layer as Layer));
    };
    expect(changed(() => {})).toBe(true);
    expect(
      changed((layer) =>
        layer.kernel.set([
          [0, 0],
          [0, 0],
        ]),
      ),
    ).toBe(true);
    expect(changed((layer) => void (layer.options = { name: "layer", sizes: [1, 2] }))).toBe(true);
    expect(changed((layer) => void (layer.rate = 0.25))).toBe(false);
    expect(changed((layer) => void (layer.rate = -0))).toBe(false);
    expect(changed((layer) => void (layer.options = { sizes: [1, 3], name: "layer" }))).toBe(false);
    expect(changed((layer) => void (layer.extra = undefined))).toBe(false);
    expect(changed((layer) => layer.kernel.setMetadata("frozen", true))).toBe(false);
    expect(
      changed(
        (layer) =>
          void (layer.kernel = new nnx.LoRAParam(
            [
              [1, 2],
              [3, 4],
            ],
            { tag: "weights" },
          )),
      ),
    ).toBe(false);
    expect(twice(true).equals(twice(false))).toBe(false);
    expect(twice(true).key).toBe(twice(true).key);
  });

  it("compares configuration that refers to itself, and functions by identity", () => {
    expect(nnx.graphdef(make(f)).equals(nnx.graphdef(make(f)))).toBe(true);
    expect(nnx.graphdef(make(f)).equals(nnx.graphdef(make(() => {})))).toBe(false);
  });

  it("prints the structure", () => {
    const a = new nnx.Param([1]);
    expect(String(nnx.graphdef(new nnx.List<unknown>([a, { rate: 1 }, a, nnx.data([a])])))).toBe(
      'GraphDef List (0)\n  0: Param (1)\n  1: {"rate": 1}\n  2: -> (1)\n  3: array\n    0: -> (1)',
    );
  });
});

describe("map and recursiveMap", () => {
  it("map gives a model of what a function makes of the leaves; the original stays", () => {
    const layer = new Layer();
    const doubled = nnx.map((_, leaf) => jnp.multiply(leaf as nnx.Param, 2), layer);
    expect([doubled.kernel.get().tolist(), doubled.buffer.tolist(), layer.kernel.get().tolist()]).toEqual([
      [
        [2, 4],
        [6, 8],
      ],
      [2, 4],
      [
        [1, 2],
        [3, 4],
      ],
    ]);
  });

  it("recursiveMap replaces modules, once where they are shared, and refuses cycles", () => {
    const layer = new Layer();
    const list = new nnx.List<Layer | ModuleBasics>([layer, layer]);
    const other = new ModuleBasics(1, 1, new nnx.Rngs(0));
    const made = nnx.recursiveMap((_, value) => (value instanceof Layer ? other : value), list);
    expect([made[0] === other, made[1] === other, list[0] === layer]).toEqual([true, true, true]);
    const cycle = new nnx.Dict<object>();
    cycle.set("me", cycle);
    expect(() => nnx.recursiveMap((_, value) => value, cycle)).toThrow(/without cycles, got one at me/);
  });
});

it("findDuplicates with `only` tells the later places that match, by kind and by path", () => {
  const [layer, param] = [new Layer(), new nnx.Param([1])];
  const list = new nnx.List<object>([layer, layer, param, param]);
  const found = (only: nnx.Filter): unknown => nnx.findDuplicates(list, { only });
  expect(found(true)).toEqual([
    [[0], [1]],
    [[2], [3]],
  ]);
  expect(found(nnx.Param)).toEqual([[[2], [3]]]);
  expect(found(Layer)).toEqual([[[0], [1]]]);
  expect(found(nnx.BatchStat)).toEqual([]);
  expect(found((path) => path.at(-1) === 3)).toEqual([[[2], [3]]]);
});

it("GraphDefs differ by the class of a module alone, and by the class of a Variable alone", () => {
  class One extends nnx.Module {
    readonly held: object;
    constructor(held: object) {
      super();
      this.held = held;
    }
  }
  class Two extends One {}
  const [one, again, two] = [One, One, Two].map((Class) => nnx.graphdef(new Class(new nnx.Param([1])))) as [
    nnx.GraphDef<One>,
    nnx.GraphDef<One>,
    nnx.GraphDef<One>,
  ];
  const other = nnx.graphdef(new One(new nnx.BatchStat([1])));
  expect([one.equals(again), one.equals(two), two.equals(one), one.equals(other)]).toEqual([true, false, false, false]);
  const withFunction = (f: () => void): nnx.GraphDef<One> => nnx.graphdef(new One(new nnx.Param([1], { f })));
  const [f, g] = [() => {}, () => {}];
  expect([withFunction(f).equals(withFunction(f)), withFunction(f).equals(withFunction(g))]).toEqual([true, false]);
});

it("GraphDefs are equal by what their configuration holds, however it is nested, and print it", () => {
  class Configured extends nnx.Module {
    readonly options: unknown;
    constructor(options: unknown) {
      super();
      this.options = options;
    }
  }
  const of = (options: unknown): nnx.GraphDef<Configured> => nnx.graphdef(new Configured(options));
  const nests: readonly ((n: number) => unknown)[] = [
    (n) => [n],
    (n) => [[n]],
    (n) => [{ a: n }],
    (n) => ({ a: [{ b: [n, "x"] }] }),
    (n) => [{ a: { b: n } }, [[{ c: null }]]],
  ];
  for (const nest of nests) {
    expect(of(nest(1)).equals(of(nest(1)))).toBe(true);
    expect(of(nest(1)).equals(of(nest(2)))).toBe(false);
  }
  expect(String(of(nests[3]!(1)))).toContain('{"a": [{"b": [1, "x"]}]}');
  const [cycle, other]: [unknown[], unknown[]] = [[1], [1]];
  cycle.push([cycle]);
  other.push([other]);
  expect(of(cycle).equals(of(other))).toBe(true);
  expect(String(of(cycle))).toContain("[1, [cycle0]]");
});

it("findDuplicates gives the paths of a list by number, in order", () => {
  const layer = new Layer();
  const list = new nnx.List([layer, ...Array.from({ length: 10 }, () => new Layer()), layer]);
  expect(nnx.findDuplicates(list)).toEqual([[[0], [11]]]);
});

it("recursiveMap: a plain list or object of data that stands at two places is no cycle", () => {
  class Model extends nnx.Module {
    readonly first = nnx.data([new nnx.Param([1])]);
    readonly second = this.first;
  }
  const paths: string[] = [];
  const made = nnx.recursiveMap((path, value) => (paths.push(path.join("/")), value), new Model());
  expect(paths).toEqual(["first/0", "first", "second", ""]);
  expect([made.first, made.second].map(([param]) => param!.get().tolist())).toEqual([[1], [1]]);
});

describe("attributes", () => {
  it("eval and train flip flags below; setAttributes filters, and names what nobody has", () => {
    const list = new nnx.List<Layer>([new Layer()]);
    list.eval();
    expect([list[0]!.deterministic, list[0]!.useRunningAverage]).toEqual([true, true]);
    list.train({ rate: 0.1 });
    expect([list[0]!.deterministic, list[0]!.useRunningAverage, list[0]!.rate]).toEqual([false, false, 0.1]);
    list.setAttributes(Layer, { rate: 1 });
    expect(list[0]!.rate).toBe(1);
    expect(() => list.setAttributes({ rate: 2, speed: 3 })).toThrow(/got speed/);
    expect(() => list.setAttributes(ModuleBasics, { rate: 2 })).toThrow(/got rate/);
    expect(() => list.setAttributes(Layer as never)).toThrow(
      /right: model\.setAttributes\(nnx\.Dropout, \{ deterministic: true \}\)/,
    );
    list.setAttributes({ speed: 3, raiseIfNotFound: false });
    expect(list[0]!.rate).toBe(1);
    for (const name of ["train", "eval"] as const) {
      expect(() => list[name]({ determinstic: true })).toThrow(/got determinstic/);
      expect(list[0]!.deterministic).toBe(false);
    }
    list.eval({ speed: 3, raiseIfNotFound: false });
    expect(list[0]!.deterministic).toBe(true);
  });

  it("withAttributes changes a copy that shares the Variables", () => {
    const list = new nnx.List<Layer>([new Layer()]);
    const copy = nnx.withAttributes(list, { deterministic: true, only: Layer });
    expect([copy[0]!.deterministic, list[0]!.deterministic, copy[0]!.kernel === list[0]!.kernel]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("view refuses flags that no layer knows, and viewInfo lists those they do", () => {
    class Noise extends nnx.Module {
      deterministic = false;
      setView({ deterministic, rngs }: { deterministic?: boolean; rngs?: nnx.Rngs }): string[] {
        if (deterministic !== undefined) this.deterministic = deterministic;
        return [...(deterministic === undefined ? [] : ["deterministic"]), ...(rngs === undefined ? [] : ["rngs"])];
      }
    }
    const list = new nnx.List([new Noise()]);
    expect(nnx.viewInfo(list)).toBe("Noise: deterministic, rngs");
    expect(() => nnx.view(list, { determinstic: true })).toThrow(
      /got determinstic\. There are:\nNoise: deterministic, rngs/,
    );
    expect(() => nnx.view(list, { deterministic: true, only: Layer })).toThrow(/got deterministic/);
    expect(nnx.view(list, { deterministic: true, other: 1, raiseIfNotFound: false })[0]!.deterministic).toBe(true);
  });
});

describe("data and static", () => {
  it("data marks a plain container, static refuses one that holds data, both give it back", () => {
    const items = [new nnx.Param([1])];
    expect(nnx.data(items)).toBe(items);
    expect(nnx.isData(items)).toBe(true);
    expect(nnx.isData([new nnx.Param([1])])).toBe(false);
    expect(() => nnx.data(5)).toThrow(/jnp\.array\(x\) makes an array/);
    expect(() => nnx.static([jnp.zeros([1])])).toThrow(/nnx\.static: "x" expected configuration/);
  });

  it("a plain array or object of modules names nnx.List, nnx.Dict and nnx.data", () => {
    class Lost extends nnx.Module {
      layers: unknown = [new Layer()];
    }
    const lost = new Lost();
    expect(() => nnx.state(lost)).toThrow(
      /right: this\.layers = new nnx\.List\(\[.*\n {2}or, as it is: this\.layers = nnx\.data\(/,
    );
    lost.layers = { a: new Layer() };
    expect(() => nnx.split(lost)).toThrow(/right: this\.layers = new nnx\.Dict\(\{/);
    lost.layers = new nnx.List([new Layer()]);
    expect(paths(nnx.state(lost, nnx.Param))).toEqual(["layers/0/kernel"]);
  });
});

describe("State", () => {
  it("is read as a nested mapping", () => {
    const state = nnx.state(new nnx.Dict<object>({ a: new Layer(), b: new nnx.Param([1]) }));
    expect(state.keys()).toEqual(["a", "b"]);
    expect([state.has("a"), state.has("a", "kernel"), state.has("a", "nothing")]).toEqual([true, true, false]);
    expect(paths(state.get<nnx.State>("a"))).toEqual(["buffer", "kernel"]);
    expect(state.entries().map(([key, value]) => [key, value instanceof nnx.State])).toEqual([
      ["a", true],
      ["b", false],
    ]);
    expect(() => state.get("c")).toThrow(/expected one of a\/buffer, a\/kernel, b, got c/);
  });

  it("is filtered, split, merged, mapped and compared", () => {
    const state = nnx.state(new Layer());
    const [params, rest] = nnx.splitState(state, nnx.Param, nnx.Rest);
    expect(paths(nnx.mergeState(rest, params))).toEqual(["buffer", "kernel"]);
    expect(paths(nnx.diffState(state, params))).toEqual(["buffer"]);
    expect(() => nnx.splitState(state, nnx.Param)).toThrow(/got none for buffer/);
    expect(paths(nnx.filterState(state, "weights"))).toEqual(["kernel"]);
    const pure = nnx.asPure(state) as nnx.State;
    expect((pure.get("kernel") as unknown as NDArray).tolist()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(nnx.traversals.flattenMapping(state, { sep: "." }).map(([path]) => path)).toEqual(["buffer", "kernel"]);
  });
});

describe("List, Dict and Sequential", () => {
  it("a List is read like an array, grows and shrinks", () => {
    const list = new nnx.List([1, 2, 3]);
    list.insert(1, 9);
    list.insert(-1, 8);
    expect([...list]).toEqual([1, 9, 2, 8, 3]);
    expect([list.remove(0), list.pop(), list.length, list[0], list.at(-1), list.at(7)]).toEqual([
      1,
      3,
      3,
      9,
      8,
      undefined,
    ]);
    list.set(-1, 7);
    expect(list.map((x) => x * 2)).toEqual([18, 4, 14]);
    expect(() => list.get(3)).toThrow(/expected -3 to 2, got 3/);
    expect(Array.from(nnx.clone(new nnx.List([new nnx.Param([1]), 5])), (x) => typeof x)).toEqual(["object", "number"]);
  });

  it("popping Variables out of a List closes it up", () => {
    const list = new nnx.List<nnx.Variable>([
      new nnx.Param([0]),
      new nnx.Cache([1]),
      new nnx.Param([2]),
      new nnx.Cache([3]),
    ]);
    expect(paths(nnx.pop(list, nnx.Cache))).toEqual(["1", "3"]);
    expect(list.map((v) => v.get().tolist())).toEqual([[0], [2]]);
    expect(() => nnx.pop(list, ...([] as unknown as [nnx.Filter]))).toThrow(/expected at least one/);
  });

  it("a Dict keeps the order of its entries and refuses the names of methods", () => {
    const dict = new nnx.Dict<unknown>({ b: 1, a: new Layer() });
    expect([[...dict], dict.has("a"), dict.delete("b"), dict.delete("b"), dict.size]).toEqual([
      ["b", "a"],
      true,
      true,
      false,
      1,
    ]);
    expect(() => dict.set("get", 1)).toThrow(/no method's name, got "get"/);
    expect(() => dict.get("z")).toThrow(/expected one of a, got "z"/);
    expect(dict.entries().length + dict.values().length).toBe(2);
  });

  it("a Sequential spreads arrays, passes rngs to those that take them, and keeps functions out of the state", () => {
    const x = jnp.array([1, 1]);
    const net = new nnx.Sequential(
      new Layer(),
      (y: NDArray) => [y, y.mul(2)] as const,
      (a: NDArray, b: NDArray) => a.add(b),
    );
    expect(net(x).tolist()).toEqual([12, 18]);
    expect(paths(nnx.state(net))).toEqual(["layers/0/buffer", "layers/0/kernel"]);
    class Random extends nnx.Module {
      readonly acceptsRngs = true;
      override __call__(y: NDArray, { rngs }: { rngs?: nnx.Rngs } = {}): NDArray {
        return rngs === undefined ? y : rngs.uniform(y.shape);
      }
    }
    const rngs = new nnx.Rngs(0);
    const nested = new nnx.Sequential(new nnx.Sequential(new Random() as never), count as never);
    expect(nested(x, { rngs }).shape).toEqual([2]);
    expect(rngs.default.count.get().item()).toBe(1);
    expect(nested(x)).toBe(x);
    expect(new nnx.Sequential()(x)).toBe(x);
    expect(() => new nnx.Sequential(5 as never)).toThrow(/"layers\[0\]" expected a module or a function, got 5/);
  });
});

describe("Variable", () => {
  it("copies, replaces, takes over and carries metadata", () => {
    const v = new nnx.Param([1], { a: 1 });
    const copy = v.copy();
    copy.setMetadata({ b: 2 });
    expect([v.metadata, copy.metadata, copy.getMetadata("b"), copy.hasMetadata("c")]).toEqual([
      { a: 1 },
      { a: 1, b: 2 },
      2,
      false,
    ]);
    expect(() => v.getMetadata("z")).toThrow(/expected one of a, got "z"/);
    copy.delMetadata("a");
    v.copyFrom(copy);
    expect(v.getMetadata()).toEqual({ b: 2 });
    expect(() => v.copyFrom(new nnx.BatchStat([1]) as never)).toThrow(/expected a Param/);
    expect(v.replace([2, 3])).toBeInstanceOf(nnx.Param);
    expect(v.replace([2, 3]).get().tolist()).toEqual([2, 3]);
  });

  it("a subclass may change what is read and written; states keep what is stored", () => {
    class Positive extends nnx.Param {
      override getValue(): NDArray {
        return super.getValue().mul(2);
      }
      override setValue(value: NDArray): void {
        super.setValue(jnp.divide(value, 2));
      }
    }
    const v = new Positive([1, 2]);
    expect([v.get().tolist(), v.value.tolist(), jnp.add(v, 0).tolist(), v.getRawValue().tolist()]).toEqual([
      [2, 4],
      [2, 4],
      [2, 4],
      [1, 2],
    ]);
    v.set([8, 8]);
    expect(v.getRawValue().tolist()).toEqual([4, 4]);
    const copy = nnx.clone(new nnx.List([v]))[0]!;
    expect([copy instanceof Positive, copy.getRawValue().tolist()]).toEqual([true, [4, 4]]);
  });

  it("kinds have names as collections", () => {
    expect(
      ["params", "batch_stats", "cache", "intermediates"].map((name) =>
        nnx.variableNameFromType(nnx.variableTypeFromName(name)),
      ),
    ).toEqual(["params", "batch_stats", "cache", "intermediates"]);
    expect(() => nnx.variableTypeFromName("nothing")).toThrow(/nnx\.registerVariableName/);
    expect(() => nnx.registerVariableName("params", nnx.Cache)).toThrow(/taken/);
    expect(() => nnx.variableNameFromType(class extends nnx.Param {})).toThrow(/expected a registered class/);
  });

  it("update takes over the metadata of Variables, and leaves it for bare arrays", () => {
    const layer = new Layer();
    nnx.update(layer, { kernel: jnp.zeros([2, 2]), buffer: jnp.zeros([2]) });
    expect([layer.kernel.metadata, layer.buffer.tolist()]).toEqual([{ tag: "weights" }, [0, 0]]);
    nnx.update(layer, {
      kernel: new nnx.Param(
        [
          [1, 1],
          [1, 1],
        ],
        { frozen: true },
      ),
    });
    expect([layer.kernel.metadata, layer.kernel.get().tolist()]).toEqual([
      { frozen: true },
      [
        [1, 1],
        [1, 1],
      ],
    ]);
    expect(() => nnx.update(layer, { rate: jnp.ones([]) })).toThrow(
      /GraphMismatch: .*"rate" expected no value, for it is configuration/,
    );
    expect(() => nnx.update(layer, 5)).toThrow(/expected an object, a Map or a State, got 5/);
  });

  it("setMetadata marks many at once", () => {
    const layer = new Layer();
    nnx.setMetadata(layer, { frozen: true });
    expect(layer.kernel.metadata).toEqual({ tag: "weights", frozen: true });
  });
});

describe("sow and capture", () => {
  class Net extends nnx.Module<[x: NDArray], NDArray> {
    override __call__(x: NDArray): NDArray {
      this.sow(nnx.Intermediate, "seen", x);
      return x;
    }
  }

  it("outside capture values are stored on the module; pop takes them out", () => {
    const net = new Net();
    net(jnp.array([1]));
    net(jnp.array([2]));
    expect(sown(nnx.pop(net, nnx.Intermediate)).map((x) => x.tolist())).toEqual([[1], [2]]);
    expect(nnx.state(net).size).toBe(0);
    class Taken extends nnx.Module {
      seen = 5;
    }
    expect(() => new Taken().sow(nnx.Intermediate, "seen", 1)).toThrow(/expected one that is free or a Intermediate/);
  });

  it("capture takes a function, several kinds and an initial state, and leaves no trace after an error", () => {
    const net = new Net();
    const twice = nnx.capture((model: Net, x: NDArray) => model(model(x)), nnx.Intermediate);
    const [, first] = twice(net, jnp.array([1]));
    expect(sown(first).length).toBe(2);
    const more = nnx.capture(net, nnx.Intermediate, { init: first });
    expect(sown(more(jnp.array([3]))[1]!).length).toBe(3);
    const failing = nnx.capture(
      (): never => {
        throw new Error("stop");
      },
      nnx.Intermediate,
      { methodOutputs: nnx.Intermediate },
    );
    expect(() => (failing as (model: Net) => unknown)(net)).toThrow("stop");
    expect(Object.hasOwn(Net.prototype, "__call__") && Net.prototype.__call__!.name).toBe("__call__");
    expect(nnx.capture(net)(jnp.array([1])).length).toBe(1);
    expect(() => nnx.capture(() => 1, nnx.Intermediate)()).toThrow(/nnx\.capture: "node" expected a module/);
  });
});

function namesOf(x: object): string[] {
  return Object.getOwnPropertyNames(x).sort();
}

it("a model that is put together again has the attributes of the first, and no other", () => {
  for (const model of [
    new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) }),
    new nnx.Sequential(new nnx.Dropout(0.5)),
    new nnx.List([1, 2]),
  ]) {
    const [graphdef, state] = nnx.split(model);
    expect(namesOf(nnx.merge(graphdef, state))).toEqual(namesOf(model));
    expect(namesOf(nnx.clone(model))).toEqual(namesOf(model));
  }
});

it("merge takes a nested object of one leaf for a state, and { copy } alone for its options", () => {
  const model = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0), useBias: false });
  const [graphdef, state] = nnx.split(model);
  expect(
    nnx
      .merge(graphdef, { kernel: new nnx.Param(jnp.ones([2, 3])) })
      .kernel.get()
      .tolist(),
  ).toEqual([
    [1, 1, 1],
    [1, 1, 1],
  ]);
  expect(nnx.merge(graphdef, state).kernel).toBe(model.kernel);
  expect(nnx.merge(graphdef, state, { copy: false }).kernel).toBe(model.kernel);
  expect(nnx.merge(graphdef, state, { copy: true }).kernel).not.toBe(model.kernel);
});
