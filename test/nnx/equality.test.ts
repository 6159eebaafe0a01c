/** What other libraries do with flaxen's objects: deep equality, proxies, structured clones. */
import assert from "node:assert";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp, random } from "../../src/index.ts";

/** Equality by own names alone, as many small libraries have it. */
function sameNames(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => sameNames((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]))
  );
}

function passes(check: () => void): boolean {
  try {
    check();
  } catch {
    return false;
  }
  return true;
}

const EQUALITIES: Record<string, (a: unknown, b: unknown) => boolean> = {
  "vitest's toEqual": (a, b) => passes(() => expect(a).toEqual(b)),
  "vitest's toStrictEqual": (a, b) => passes(() => expect(a).toStrictEqual(b)),
  "node's isDeepStrictEqual": isDeepStrictEqual,
  "node's assert.deepEqual": (a, b) => passes(() => assert.deepEqual(a, b)),
  "equality by own names": sameNames,
};

const linear = (seed: number): nnx.Linear => new nnx.Linear(2, 2, { rngs: new nnx.Rngs(seed) });

const DIFFERENT: Record<string, () => [unknown, unknown]> = {
  "arrays by an element": () => [jnp.array([1, 2]), jnp.array([1, 3])],
  "arrays by shape": () => [jnp.ones([2, 3]), jnp.ones([3, 2])],
  "empty arrays by shape": () => [jnp.ones([0, 3]), jnp.ones([0, 4])],
  "arrays by dtype": () => [jnp.ones([2]), jnp.ones([2], "int32")],
  "empty arrays by dtype": () => [jnp.ones([0]), jnp.ones([0], "int32")],
  "scalars by dtype": () => [jnp.array(1), jnp.array(1).astype("int32")],
  keys: () => [random.key(0), random.key(1)],
  "arrays of keys": () => [random.split(random.key(0)), random.split(random.key(1))],
  "a key and an array of one": () => [random.key(0), random.wrapKeyData([[0, 0]])],
  Params: () => [new nnx.Param([1]), new nnx.Param([2])],
  "Params by metadata": () => [new nnx.Param([1], { a: 1 }), new nnx.Param([1], { a: 2 })],
  "Params by class": () => [new nnx.Param([1]), new nnx.BatchStat([1])].map((x) => [x]) as never,
  States: () => [nnx.state(linear(0)), nnx.state(linear(1))],
  "States by path": () => [nnx.state(linear(0), nnx.PathContains("bias")), nnx.state(linear(0), nnx.Nothing())],
  models: () => [linear(0), linear(1)],
};

const EQUAL: Record<string, () => [unknown, unknown]> = {
  arrays: () => [jnp.array([1, 2]), jnp.array([1, 2])],
  "arrays, one of which handed out its data": () => {
    const x = jnp.array([1, 2]);
    void x.data;
    return [x, jnp.array([1, 2])];
  },
  scalars: () => [jnp.array(1), jnp.array(1)],
  keys: () => [random.key(7), random.key(7)],
  "arrays of keys": () => [random.split(random.key(0)), random.split(random.key(0))],
  Params: () => [new nnx.Param([1], { a: 1 }), new nnx.Param([1], { a: 1 })],
  "States, one of which was asked for a path": () => {
    const [a, b] = [nnx.state(linear(0)), nnx.state(linear(0))];
    a.get("kernel");
    return [a, b];
  },
};

describe.each(Object.keys(EQUALITIES))("%s", (name) => {
  const equal = EQUALITIES[name]!;
  // The others look at no class.
  const byName = !["vitest's toStrictEqual", "node's isDeepStrictEqual"].includes(name);

  it.each(Object.keys(DIFFERENT).filter((what) => !byName || what !== "Params by class"))("tells %s apart", (what) => {
    const [a, b] = DIFFERENT[what]!();
    expect(equal(a, b)).toBe(false);
  });

  it.each(Object.keys(EQUAL))("finds %s of the same contents equal", (what) => {
    const [a, b] = EQUAL[what]!();
    expect(equal(a, b)).toBe(true);
  });
});

describe("through a Proxy", () => {
  /** A proxy that gives proxies of what it holds, as Vue's reactive does. */
  const reactive = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name, receiver) {
        const value: unknown = Reflect.get(object, name, receiver);
        return typeof value === "object" && value !== null && !ArrayBuffer.isView(value) && Object.isExtensible(value)
          ? reactive(value)
          : value;
      },
    });

  it.each([
    ["shallow", <T extends object>(x: T) => new Proxy(x, {})],
    ["deep", reactive],
  ])("arrays, Params, keys, States and structures work: %s", (_, proxied) => {
    expect(
      proxied(jnp.array([1, 2]))
        .add(proxied(jnp.array([1])))
        .tolist(),
    ).toEqual([2, 3]);
    const param = proxied(new nnx.Param([1, 2], { a: 1 }));
    expect(param.get().tolist()).toEqual([1, 2]);
    param.set([3, 4]);
    param.setMetadata("b", 2);
    expect([jnp.add(param, 1).tolist(), param.metadata, param.shape]).toEqual([[4, 5], { a: 1, b: 2 }, [2]]);
    const key = proxied(random.key(3));
    expect(random.normal(key, [2]).tolist()).toEqual(random.normal(random.key(3), [2]).tolist());
    expect([...proxied(random.split(key))].map((one) => String(one))).toEqual(Array.from(random.split(key), String));
    const state = proxied(nnx.state(linear(0)));
    expect([state.get("kernel").shape, state.has("bias"), state.size]).toEqual([[2, 2], true, 2]);
    expect(proxied(linear(0))([1, 2]).tolist()).toEqual(linear(0)([1, 2]).tolist());
  });
});

it("a structure read through a Proxy is itself", () => {
  expect(new Proxy(nnx.graphdef(linear(0)), {}).equals(nnx.graphdef(linear(1)))).toBe(true);
});

describe("structuredClone", () => {
  it.each<[string, () => unknown]>([
    ["an array", () => jnp.array([1])],
    ["an array whose data was handed out", () => (jnp.array([1]).data, jnp.array([1]))],
    ["a Variable", () => new nnx.Param([1])],
    ["a Variable in a plain object", () => ({ kernel: new nnx.Param([1]) })],
    ["a key", () => random.key(0)],
    ["a State", () => nnx.state(linear(0))],
    ["an empty State", () => nnx.state(linear(0), nnx.Nothing())],
  ])("of %s fails and says what to send", (_, make) => {
    expect(() => structuredClone(make())).toThrow(/nnx\.toTransferable\(x\).* could not be cloned/);
  });
});

describe("structures differ where a static value does", () => {
  const values = [5, 5n, "5", [5], { 0: 5 }, {}, [], null, undefined, true, "true", 0, -0, NaN, "null"];
  class Model extends nnx.Module {
    readonly config: unknown;
    constructor(config: unknown) {
      super();
      this.config = config;
    }
  }

  it.each(values.map((value) => [typeof value === "bigint" ? "5n" : JSON.stringify({ value }), value] as const))(
    "%s",
    (_, value) => {
      const own = nnx.graphdef(new Model(value));
      for (const other of values)
        expect(own.equals(nnx.graphdef(new Model(other))), String(other)).toBe(Object.is(value, other));
    },
  );
});

const param = (): nnx.Param => new nnx.Param([1]);

it("structures differ where a container does: lists and objects of data, their keys and what they hold", () => {
  const containers = [
    () => nnx.data([param()]),
    () => nnx.data([param(), param()]),
    () => nnx.data({ 0: param() }),
    () => nnx.data({ a: param() }),
    () => nnx.data({ a: new nnx.BatchStat([1]) }),
    () => nnx.data({ a: [param()] }),
    () => nnx.data([]),
    () => new nnx.List([param()]),
    () => new nnx.Dict({ a: param() }),
    param,
  ];
  class Model extends nnx.Module {
    readonly held: unknown;
    constructor(held: unknown) {
      super();
      this.held = held;
    }
  }
  const structures = containers.map((make) => [0, 1].map(() => nnx.graphdef(new Model(make()))));
  for (const [i, [own]] of structures.entries())
    for (const [j, [, other]] of structures.entries()) expect(own!.equals(other!), `${i} and ${j}`).toBe(i === j);
});
