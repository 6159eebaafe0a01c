import { describe, expect, expectTypeOf, it } from "vitest";
import { KeyError, nnx, numpy as jnp, random, RngError, ShapeError } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";
import { hexWords } from "../bits.ts";
import { decode, golden } from "../golden/load.ts";
import type { Encoded } from "../golden/load.ts";
import { call, camelCase } from "./calls.ts";

interface RngsCase {
  ctor: Record<string, number>;
  after?: string[];
  calls: string[];
  out: Encoded[];
}

/** Draws what a case's calls name. */
function replay({ ctor: { default: seed, ...named }, after = [], calls }: RngsCase): string[][] {
  const rngs = new nnx.Rngs(seed!, named);
  let derived: nnx.Rngs | undefined;
  for (const step of after) {
    if (step === "params()") rngs.params();
    else if (step === "fork()") derived = rngs.fork();
    else if (step === "split(3)") derived = rngs.split(3);
    else throw new Error(`unknown step ${step}`);
  }
  return calls.map((step) => {
    const drawn = /^(\w+?)(?:\(\))?\((\[.*\])\)$/.exec(step);
    if (drawn) return hexWords(call(rngs, camelCase(drawn[1]!), [], [JSON.parse(drawn[2]!)]).data);
    if (step === "split.default.key") return hexWords(derived!.default.key.get().words);
    const [name, from] = step.startsWith("fork.") ? [step.slice(5), derived!] : [step, rngs];
    return hexWords(from.stream(name)().words);
  });
}

onEachBackend("golden values of flax.nnx.Rngs", () => {
  const cases = golden<RngsCase>("rngs");
  it("covers streams, defaults, fork, split, samplers and initializers", () => expect(cases).toHaveLength(20));
  it.each(cases.map((c) => [JSON.stringify([c.ctor, c.after ?? [], c.calls]), c] as const))("%s", (_, c) => {
    expect(replay(c)).toEqual(c.out.map((out) => hexWords(decode(out))));
  });
});

const words = (rngs: nnx.Rngs): string[] => hexWords(rngs.params().words);

it("a stream starts from whatever a seed may be: a number, a key, its words, a stream", () => {
  const seeds = [3, jnp.array(Uint32Array.of(0, 3)) as never, random.key(3), new nnx.Rngs(3).default!];
  const expected = words(new nnx.Rngs(3));
  for (const seed of seeds) {
    expect(words(new nnx.Rngs(seed))).toEqual(expected);
    expect(words(new nnx.Rngs({ params: seed }))).toEqual(expected);
    expect(words(new nnx.Rngs(0, { params: seed }))).toEqual(expected);
  }
});

it("key number i of a stream is foldIn(key, i)", () => {
  const rngs = new nnx.Rngs(5);
  for (let i = 0; i < 4; i++) expect(rngs.params!().equals(random.foldIn(random.key(5), i))).toBe(true);
});

it("a stream that was not given is served by the default stream", () => {
  const rngs = new nnx.Rngs(0, { params: 1 });
  expect(rngs.noise).toBe(rngs.default);
  expect(rngs.stream("noise")).toBe(rngs.default);
  expect(rngs().equals(random.foldIn(random.key(0), 0))).toBe(true);
  expect(rngs.noise!().equals(random.foldIn(random.key(0), 1))).toBe(true);
  expect([rngs.has("params"), rngs.has("noise")]).toEqual([true, false]);
});

it("names its streams in the order given, the default last", () => {
  expect([...new nnx.Rngs(0, { params: 1, dropout: 2 })]).toEqual(["params", "dropout", "default"]);
  expect(new nnx.Rngs({ a: 1, b: 2 }).items().map(([name, stream]) => [name, stream.tag])).toEqual([
    ["a", "a"],
    ["b", "b"],
  ]);
});

it("two streams of one seed give equal keys", () => {
  const rngs = new nnx.Rngs({ a: 3, b: 3 });
  expect(rngs.a!().equals(rngs.b!())).toBe(true);
});

it("takes keys and streams as seeds; a stream's count starts again", () => {
  const first = new nnx.Rngs(9);
  first();
  const second = new nnx.Rngs(first.default!, { params: random.key(9) });
  expect(second().equals(random.foldIn(random.key(9), 0))).toBe(true);
  expect(second.params!().equals(random.foldIn(random.key(9), 0))).toBe(true);
});

it("a missing stream without a default is an RngError that says how to add it", () => {
  const rngs = new nnx.Rngs({ params: 0 });
  expect(() => rngs.dropout).toThrow(RngError);
  expect(() => rngs.stream("dropout")).toThrow(
    /expected a stream "dropout" or a default stream.*with the streams params.*new nnx\.Rngs\(\{ dropout: 0 \}\)/,
  );
  expect(() => new nnx.Rngs()()).toThrow(/no streams at all/);
});

it("can be awaited, printed and serialised without becoming a stream called then", async () => {
  const rngs = new nnx.Rngs(0);
  expect(await rngs).toBe(rngs);
  expect(String(rngs)).toContain("RngStream(default");
  expect(rngs.default!.count.get().item()).toBe(0);
});

it.each([
  ["a string", "0"],
  ["null", null],
  ["NaN", NaN],
  ["an array", [1]],
  ["a float array", new Float32Array(2)],
])("a seed that is %s is an error that names the stream", (_, seed) => {
  expect(() => new nnx.Rngs(seed as never)).toThrow(/seed/);
});

it("fork takes split by its older name, and nothing else", () => {
  const rngs = new nnx.Rngs(0, { a: 1 });
  const forked = rngs.fork({ split: 3 });
  // Flax 0.12.8: nnx.Rngs(0, a=1).fork(split=3).a.key
  expect(random.keyData(forked.a.key.get()).tolist()).toEqual([
    [3704974950, 1863054868],
    [2705940334, 2639757084],
    [788428910, 4288801516],
  ]);
  expect(rngs.a.count.get().item()).toBe(1);
  expect(random.keyData(rngs.a.fork({ split: 2 }).key.get()).tolist()).toEqual([
    [3276925600, 2751771740],
    [2215249346, 143550061],
  ]);
  expect(random.keyData(rngs.fork({ split: null }).a.key.get()).tolist()).toEqual([2441914641, 3819641963]);
  expect(() => rngs.fork({ splits: 3 } as never)).toThrow('Did you mean "split"?');
  const fork = rngs.fork.bind(rngs) as (...args: unknown[]) => unknown;
  expect(() => fork({ split: 3 }, 5)).toThrow("Rngs.fork: expected at most 1 argument by place (options), got 2");
  expect(() => rngs.a.fork(3 as never)).toThrow('RngStream.fork: "options" expected an object, got 3');
});

it("a stream may not take the name of a method", () => {
  for (const name of ["fork", "normal", "lecunNormal", "size"]) {
    expect(() => new nnx.Rngs({ [name]: 0 })).toThrow(`"${name}" expected another name`);
  }
});

it("streams may be called name and length", () => {
  const rngs = new nnx.Rngs({ name: 1, length: 2 });
  expect([rngs.stream("name").tag, rngs.stream("length").tag]).toEqual(["name", "length"]);
  expect(rngs.name).toBe(rngs.stream("name"));
  expect(new nnx.Rngs(0).name).toHaveProperty("tag", "default");
  expect(nnx.state(rngs).size).toBe(4);
});

describe("samplers and initializers as methods", () => {
  it("every function of random that takes a key and draws is a method of an Rngs and of a stream", () => {
    const notSamplers = new Set(["Key", "PRNGKey", "clone", "foldIn", "key", "keyData", "split", "wrapKeyData"]);
    const missing = Object.keys(random).filter(
      (name) => !notSamplers.has(name) && !(name in nnx.Rngs.prototype && name in nnx.RngStream.prototype),
    );
    expect(missing).toEqual([]);
  });

  it("so is every initializer that draws, and has no sampler of its name", () => {
    const without = ["constant", "ones", "onesInit", "zeros", "zerosInit"];
    expect(
      Object.keys(nnx.initializers)
        .filter((name) => !(name in nnx.RngStream.prototype))
        .sort(),
    ).toEqual(without);
  });

  it("a sampler's call takes one key of the default stream, a stream's one of its own", () => {
    const rngs = new nnx.Rngs(4, { params: 5 });
    expect(rngs.normal([3])).toEqual(random.normal(random.foldIn(random.key(4), 0), [3]));
    expect(rngs.uniform([3], { minval: -1 })).toEqual(
      random.uniform(random.foldIn(random.key(4), 1), [3], { minval: -1 }),
    );
    expect(rngs.params.bits(2, "uint8")).toEqual(random.bits(random.foldIn(random.key(5), 0), 2, "uint8"));
    expect([rngs.default.count.get().item(), rngs.params.count.get().item()]).toEqual([2, 1]);
  });

  it("an initializer's key is drawn when the weight is made, and another one for the next weight", () => {
    const rngs = new nnx.Rngs(4);
    const init = rngs.varianceScaling(2, "fan_out", "normal");
    expect(rngs.default.count.get().item()).toBe(0);
    expect([init([2, 3]), init([2, 3])]).toEqual(
      [0, 1].map((i) =>
        nnx.initializers.varianceScaling(2, "fan_out", "normal")(random.foldIn(random.key(4), i), [2, 3]),
      ),
    );
  });

  it("without a default stream they are RngErrors, on a split stream KeyErrors", () => {
    expect(() => new nnx.Rngs({ params: 0 }).normal([2])).toThrow(RngError);
    expect(() => new nnx.Rngs(0).split(2).normal([2])).toThrow(KeyError);
  });

  it("is typed as the functions are, without their keys", () => {
    const rngs = new nnx.Rngs(0);
    expectTypeOf(rngs.uniform).parameters.toEqualTypeOf<
      Parameters<typeof random.uniform> extends [unknown, ...infer Rest] ? Rest : never
    >();
    expectTypeOf(rngs.params.normal([2])).toEqualTypeOf<NDArray>();
    expectTypeOf(rngs.lecunNormal()([2, 3])).toEqualTypeOf<NDArray>();
    expectTypeOf(rngs.noise!).toEqualTypeOf<nnx.RngStream>();
    // @ts-expect-error a shape is not a string
    expect(() => rngs.normal("2")).toThrow(TypeError);
  });
});

describe("what people who know Flax meet, and what they may not know", () => {
  it("an Rngs has a size, and is iterated by names", () => {
    expect([new nnx.Rngs().size, new nnx.Rngs(0, { a: 1 }).size]).toEqual([0, 2]);
  });

  it("a stream that split leaves whole counts from 0 again, and repeats its keys", () => {
    const rngs = new nnx.Rngs({ params: 1, dropout: 2 });
    const first = rngs.dropout();
    for (const derived of [
      rngs.split({ params: 3 }),
      rngs.split({ params: 3, dropout: null }),
      rngs.broadcast({ params: 3 }),
    ]) {
      expect(derived.dropout().equals(first)).toBe(true);
    }
    expect([rngs.params.count.get().item(), rngs.dropout.count.get().item()]).toEqual([3, 1]);
  });

  it("split({}) has no streams, broadcast({}) has all", () => {
    const rngs = new nnx.Rngs({ params: 1, dropout: 2 });
    expect([rngs.split({}).size, rngs.broadcast({}).size, rngs.broadcast(null).size]).toEqual([0, 2, 2]);
  });

  it("takes filters of every kind", () => {
    const rngs = new nnx.Rngs({ params: 1, dropout: 2 });
    expect(rngs.split(new Map([[nnx.RngStream, 2]])).params.key.shape).toEqual([2]);
    expect(rngs.split(new Map([[true, 2]])).dropout.key.shape).toEqual([2]);
    expect(rngs.split({ "...": [2, 3] }).dropout.key.shape).toEqual([2, 3]);
    expect(nnx.state(rngs, "...").size).toBe(4);
  });

  it("reseed gives foldIn(key(seed), j), not key(seed), and calls a policy with path, key and shape", () => {
    const rngs = new nnx.Rngs({ params: 1, dropout: 2 });
    rngs.params();
    nnx.reseed(rngs, { params: 1 });
    expect(rngs.params.key.get().equals(random.foldIn(random.key(1), 0))).toBe(true);
    expect(rngs.params.count.get().item()).toBe(0);
    const seen: unknown[] = [];
    nnx.reseed(rngs, (path, key, shape) => (seen.push([path, shape]), random.split(key, 2)), { dropout: 3 });
    expect(seen).toEqual([[["dropout"], []]]);
    expect([rngs.dropout.key.shape, rngs.dropout.count.shape]).toEqual([[2], [2]]);
  });

  it("a stream that two filters match is forked twice, and restored to between the two", () => {
    const rngs = new nnx.Rngs(0);
    const backups = nnx.forkRngs(rngs, {
      split: new Map<nnx.Filter, null>([
        ["default", null],
        [true, null],
      ]),
    });
    expect(backups).toHaveLength(2);
    nnx.restoreRngs(backups);
    expect(rngs.default.key.get().equals(random.foldIn(random.key(0), 0))).toBe(true);
  });

  it("a stream alone is a tree of its own", () => {
    const stream = new nnx.RngStream(0, { tag: "a" });
    nnx.splitRngs(stream, { splits: 2 });
    expect(stream.key.shape).toEqual([2]);
    expect(nnx.backupKeys(stream)).toHaveLength(1);
  });

  it("wrong arguments are errors that name them", () => {
    const rngs = new nnx.Rngs(0);
    expect(() => rngs.split(null as never)).toThrow(
      /Rngs\.split: "num" expected a number, a shape, or sizes by filter, got null/,
    );
    expect(() => rngs.split({ default: "2" as never })).toThrow(TypeError);
    expect(() => rngs.split(random.keyData(random.key(0)) as never)).toThrow(
      /"num" expected .* got NDArray uint32\[2\]/,
    );
    expect(() => rngs.split(Float32Array.of(2) as never)).toThrow(TypeError);
    expect(() => rngs.broadcast(-1)).toThrow(ShapeError);
    expect(() => rngs.split(2).broadcast(2)).toThrow(KeyError);
    expect(() => nnx.splitRngs(rngs, { splits: 2, squeeze: true })).toThrow(
      /nnx\.splitRngs: "splits" expected 1 with squeeze, got 2/,
    );
    for (const [name, edit] of Object.entries({
      splitRngs: () => nnx.splitRngs(5 as never, { splits: 1 }),
      forkRngs: () => nnx.forkRngs(5 as never),
      backupKeys: () => nnx.backupKeys(5 as never),
      reseed: () => nnx.reseed(5 as never, {}),
    })) {
      expect(edit).toThrow(`nnx.${name}: "node" expected a module, an Rngs or a stream, got 5`);
    }
    expect(() => nnx.reseed(rngs, "other" as never, { default: 1 })).toThrow(
      /"policy" expected "scalars_only", "match_shape" or a function, got "other"/,
    );
    expect(() => nnx.reseed(rngs, 42 as never)).toThrow(
      /nnx\.reseed: "streams" expected seeds by stream, \{ dropout: 0 \}, got 42/,
    );
    expect(() => nnx.reseed(rngs, random.key(0) as never)).toThrow(/"streams" expected seeds by stream/);
    expect(() => nnx.reseed(rngs.split(2), { default: 1 })).toThrow(
      /nnx\.reseed: the stream default expected one key, got keys of shape \[2\]/,
    );
    expect(rngs.default.count.get().item()).toBe(2);
  });
});

it("a stream is an ordinary property: it can be listed, replaced and deleted", () => {
  const rngs = new nnx.Rngs({ params: 0, dropout: 1 });
  const property = Object.getOwnPropertyDescriptor(rngs, "params");
  expect([property?.enumerable, property?.configurable]).toEqual([true, true]);
  expect(Object.keys(rngs)).toEqual(["params", "dropout"]);
  const copy = nnx.clone(rngs);
  for (const one of [rngs, copy]) {
    expect(Reflect.deleteProperty(one, "params")).toBe(true);
    expect(Object.keys(one)).toEqual(["dropout"]);
    expect(one.dropout.tag).toBe("dropout");
  }
});

/** The shapes of two streams' keys after `withRngs`. */
function shapesWith(options: object): { params: unknown; dropout: unknown } {
  const { params, dropout } = nnx.withRngs(new nnx.Rngs({ params: 0, dropout: 1 }), options);
  return { params: params.key.shape, dropout: dropout.key.shape };
}

it("withRngs: of a rule for all and one with a filter, split comes first, then broadcast, then fork", () => {
  for (const all of [3, [3]]) {
    expect(shapesWith({ split: all, broadcast: { params: 2 } })).toEqual({ params: [3], dropout: [3] });
    expect(shapesWith({ broadcast: all, split: { params: 2 } })).toEqual({ params: [2], dropout: [3] });
  }
  for (const fork of [true, "..."])
    expect(shapesWith({ fork, split: { params: 2 } })).toEqual({ params: [2], dropout: [] });
  expect(() => shapesWith({ broadcast: { params: 3 }, split: { params: 2 } })).toThrow(
    /^nnx\.withRngs: "options" expected one rule for the stream params, got /,
  );
});
