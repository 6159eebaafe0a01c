import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { nnx, numpy as jnp, random } from "../../src/index.ts";
import type { Encoded } from "../golden/load.ts";
import { decode, golden } from "../golden/load.ts";

type Paths = (string | number)[][];
interface Leaf {
  readonly path: (string | number)[];
  readonly value: Encoded | Encoded[];
}
interface Case {
  readonly group: string;
  readonly name: string;
  readonly filter: string;
  readonly paths: Paths;
  readonly types: string[];
  readonly parts: Paths[];
  readonly rest: Paths;
  readonly shared: boolean[] & boolean;
  readonly equal: boolean;
  readonly flags: boolean[];
  readonly shapes: object;
  readonly out: Encoded & Encoded[];
  readonly sown: Leaf[][];
  readonly stack: Leaf[];
  readonly rngs: Leaf[];
}

const CASES = golden<Case>("graph");
const find = (name: string): Case => CASES.find((one) => one.name === name)!;
const full = (n: number, value: number): number[] => Array.from({ length: n }, () => value);
const pathsOf = (state: nnx.State): Paths => nnx.toFlatState(state).map(([path]) => [...path]);

class Block extends nnx.Module {
  kernel: nnx.Param;
  mean = new nnx.BatchStat(full(3, 0));
  adapter = new nnx.LoRAParam([1]);
  buffer: NDArray;
  stream: nnx.RngStream;
  deterministic = false;
  width = 2;
  constructor(value: number, rngs: nnx.Rngs) {
    super();
    this.kernel = new nnx.Param([full(3, value), full(3, value)]);
    this.buffer = jnp.array(full(2, value));
    this.stream = rngs.dropout.fork();
  }
  setView({ deterministic }: { deterministic?: boolean }): string[] {
    if (deterministic === undefined) return [];
    this.deterministic = deterministic;
    return ["deterministic"];
  }
}

class Net extends nnx.Module {
  zeta: Block;
  alpha: Block;
  again: Block;
  Upper = new nnx.Param([0]);
  a_ = new nnx.Param([0]);
  a1: nnx.Param;
  layers = new nnx.List(Array.from({ length: 12 }, (_, i) => new nnx.Param([i])));
  named: nnx.Dict<unknown>;
  plain = nnx.data([new nnx.Param([1, 1]), { y: new nnx.Param([1, 1, 1]), x: jnp.zeros([1]) }]);
  rngs = new nnx.Rngs(0, { dropout: 1 });
  me: Net;
  constructor() {
    super();
    this.zeta = new Block(1, this.rngs);
    this.alpha = new Block(2, this.rngs);
    this.again = this.zeta;
    this.a1 = this.zeta.kernel;
    this.named = new nnx.Dict<unknown>({
      b: new nnx.Param([0]),
      a: this.alpha,
      10: new nnx.Cache([0]),
      9: new nnx.Cache([0]),
    });
    this.me = this;
  }
}

const FILTERS: Record<string, nnx.Filter> = {
  Param: nnx.Param,
  BatchStat: nnx.BatchStat,
  LoRAParam: nnx.LoRAParam,
  Cache: nnx.Cache,
  RngKey: nnx.RngKey,
  RngState: nnx.RngState,
  Variable: nnx.Variable,
  "tag dropout": "dropout",
  "tag default": "default",
  true: true,
  "...": nnx.Rest,
  false: false,
  none: null,
  list: [nnx.BatchStat, nnx.RngKey],
  "contains kernel": nnx.PathContains("kernel"),
  "contains 3": nnx.PathContains(3),
  "contains '3'": nnx.PathContains("3"),
  "part er": nnx.PathContains("er", { exact: false }),
  "part 1": nnx.PathContains("1", { exact: false }),
  all: nnx.All(nnx.Param, nnx.Not(nnx.PathContains("layers"))),
  not: nnx.Not(nnx.Variable),
  any: nnx.Any("dropout", nnx.Cache),
  everything: nnx.Everything(),
  nothing: nnx.Nothing(),
};

const isPart = (value: unknown): boolean => value instanceof nnx.Variable || value instanceof nnx.Module;

describe("a model with shared parts, lists and a cycle is to nnx what it is to Flax", () => {
  it("its state has the same paths and kinds in the same order", () => {
    const state = nnx.state(new Net());
    expect(pathsOf(state)).toEqual(find("state").paths);
    expect(
      nnx.toFlatState(state).map(([, leaf]) => (leaf instanceof nnx.Variable ? leaf.constructor.name : "array")),
    ).toEqual(find("state").types);
  });

  it.each(CASES.filter(({ name }) => name === "filter").map(({ filter, paths }) => [filter, paths] as const))(
    "the filter %s",
    (name, paths) => {
      expect(pathsOf(nnx.state(new Net(), FILTERS[name]!))).toEqual(paths);
    },
  );

  it("split gives the same parts, merge the same model with the same sharing", () => {
    const [, ...parts] = nnx.split(new Net(), nnx.Param, "dropout", nnx.Rest);
    expect(parts.map(pathsOf)).toEqual(find("split").parts);
    const [graphdef, state] = nnx.split(new Net());
    const merged = nnx.merge(graphdef, state);
    const expected = find("merge");
    expect(pathsOf(nnx.state(merged))).toEqual(expected.paths);
    expect([
      merged.again === merged.zeta,
      merged.a1 === merged.zeta.kernel,
      merged.me === merged,
      merged.named.get("a") === merged.alpha,
    ]).toEqual(expected.shared);
    expect(graphdef.equals(nnx.graphdef(merged))).toBe(expected.equal);
  });

  it("it is walked in the same order, and the same paths lead to one thing", () => {
    expect([...nnx.iterGraph(new Net())].filter(([, value]) => isPart(value)).map(([path]) => path)).toEqual(
      find("iterGraph").paths,
    );
    expect(Array.from(nnx.iterModules(new Net()), ([path]) => path)).toEqual(find("iterModules").paths);
    expect(new Set(nnx.findDuplicates(new Net()).map((group) => JSON.stringify(group)))).toEqual(
      new Set(find("duplicates").paths.map((group) => JSON.stringify(group))),
    );
  });

  it("pop takes the same leaves and leaves the same; a pure dict has the same shapes", () => {
    const net = new Net();
    const { parts, rest } = find("pop");
    expect(nnx.pop(net, nnx.BatchStat, nnx.Cache).map(pathsOf)).toEqual(parts);
    expect(pathsOf(nnx.state(net))).toEqual(rest);
    const shapes = JSON.parse(
      JSON.stringify(nnx.toPureDict(nnx.state(net, nnx.Param), (leaf) => leaf.shape)),
    ) as object;
    expect(shapes).toEqual(find("pure").shapes);
  });

  it("view and eval set the same flags", () => {
    const net = new Net();
    const view = nnx.view(net, { deterministic: true });
    expect([view.zeta.deterministic, view.alpha.deterministic, net.zeta.deterministic]).toEqual(find("view").flags);
    expect(view.zeta.kernel === net.zeta.kernel).toBe(find("view").shared);
    net.eval();
    expect([net.zeta.deterministic, net.alpha.deterministic]).toEqual(find("eval").flags);
  });
});

class Inner extends nnx.Module<[x: NDArray], NDArray> {
  double(x: NDArray): NDArray {
    this.sow(nnx.Intermediate, "seen", x);
    return x.mul(2);
  }
  override __call__(x: NDArray): NDArray {
    return this.double(this.double(x));
  }
}

class Outer extends nnx.Module<[x: NDArray], NDArray> {
  inner = new Inner();
  last = new Inner();
  override __call__(x: NDArray): NDArray {
    const y = this.inner(x);
    const sum = { initFn: () => 0, reduceFn: (a: NDArray | number, b: NDArray) => b.add(a) };
    this.sow(nnx.Intermediate, "sum", y, sum as never);
    this.sow(nnx.Intermediate, "sum", y, sum as never);
    this.sow(nnx.Cache, "cached", y);
    return y;
  }
}

const numbers = ({ dtype, shape, b64 }: Encoded): unknown => ({
  shape,
  dtype,
  values: [...decode({ dtype, shape, b64 })],
});
const own = (x: unknown): unknown => {
  const words = x instanceof random.Key ? jnp.array(x.words).reshape([...x.shape, 2]) : (x as NDArray);
  return { shape: words.shape, dtype: words.dtype, values: [...words.data] };
};
const leavesOf = (state: nnx.State): unknown[] =>
  nnx.toFlatState(state).map(([path, leaf]) => {
    const value: unknown = leaf instanceof nnx.Variable ? leaf.get() : leaf;
    return { path, value: Array.isArray(value) ? value.map(own) : own(value) };
  });
const expected = (leaves: readonly Leaf[]): unknown[] =>
  leaves.map(({ path, value }) => ({ path, value: Array.isArray(value) ? value.map(numbers) : numbers(value) }));

describe("capture gives what Flax gives", () => {
  const x = jnp.array([1, 2]);
  it.each([
    ["sow", [nnx.Intermediate]],
    ["two", [nnx.Intermediate, nnx.Cache]],
    ["methods", [nnx.Intermediate, { methodOutputs: nnx.Intermediate }]],
  ] as const)("%s", (name, args) => {
    const [y, ...sown] = nnx.capture(new Outer(), ...args)(x);
    expect(own(y)).toEqual(numbers(find(name).out));
    expect(sown.map(leavesOf)).toEqual(find(name).sown.map(expected));
  });
});

class Dense extends nnx.Module<[x: NDArray], NDArray> {
  kernel: nnx.Param;
  bias: nnx.Param;
  count = new nnx.BatchStat(0);
  stream: nnx.RngStream;
  constructor(rngs: nnx.Rngs) {
    super();
    this.kernel = new nnx.Param(rngs.params.normal([3, 3]));
    this.bias = new nnx.Param(rngs.params.uniform([3]));
    this.stream = rngs.dropout.fork();
  }
  override __call__(x: NDArray): NDArray {
    this.count.set(this.count.get().add(1));
    return x.add(this.bias).add(this.stream.bernoulli(0.5, x.shape).astype("float32"));
  }
}

describe("loops over stacks of modules give Flax's bits", () => {
  it("vmap under splitRngs draws every layer's weights; scan runs through them and writes their state back", () => {
    const rngs = new nnx.Rngs(7, { params: 8, dropout: 9 });
    rngs.params();
    const create = nnx.splitRngs({ splits: 5 })(nnx.vmap((one: nnx.Rngs) => new Dense(one)));
    const stack = create(rngs);
    expect(leavesOf(nnx.state(stack))).toEqual(expected(find("vmap split_rngs").stack));
    expect(leavesOf(nnx.state(rngs))).toEqual(expected(find("vmap split_rngs").rngs));
    const forward = nnx.scan((x: NDArray, layer: Dense) => layer(x), { inAxes: [nnx.Carry, 0], outAxes: nnx.Carry });
    expect(own(forward(jnp.array([0, 1, 2]), stack))).toEqual(numbers(find("scan").out));
    expect(leavesOf(nnx.state(stack))).toEqual(expected(find("scan").stack));
  });

  it("vmap over keys", () => {
    const made = nnx.vmap((key: random.Key) => new Dense(new nnx.Rngs(key)))(random.split(random.key(3), 4));
    expect(leavesOf(nnx.state(made))).toEqual(expected(find("vmap keys").stack));
  });

  it("other axes, backwards, and several results", () => {
    const both = nnx.scan((carry: NDArray, a: NDArray, b: NDArray) => [carry.add(a), carry.mul(10).add(b)] as const, {
      inAxes: [nnx.Carry, 0, 1],
      outAxes: [nnx.Carry, 1],
      reverse: true,
    });
    const result = both(jnp.array(1), jnp.array([0, 1, 2, 3]), jnp.array([0, 1, 2, 3, 4, 5, 6, 7]).reshape([2, 4]));
    expect(result.map(own)).toEqual(find("scan axes").out.map(numbers));
    const out = nnx.vmap((x: NDArray, y: NDArray) => [x.mul(y), x.add(y)] as const, {
      inAxes: [0, null],
      outAxes: [1, 0],
    })(
      jnp.array([
        [0, 1],
        [2, 3],
        [4, 5],
      ]),
      jnp.array([10, 20]),
    );
    expect(out.map(own)).toEqual(find("vmap axes").out.map(numbers));
  });
});
