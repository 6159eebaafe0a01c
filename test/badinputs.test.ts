import { describe, expect, it } from "vitest";
import {
  config,
  KeyError,
  LimitError,
  ModuleBasics,
  moduleBasicsForward,
  nnx,
  numpy as jnp,
  random,
  ShapeError,
} from "../src/index.ts";
import { onEachBackend } from "./backends.ts";

const key0 = random.key(0);
const build = (inFeatures: unknown, features: unknown): unknown =>
  new ModuleBasics(inFeatures as number, features as number, new nnx.Rngs(0));

describe("arrays and layers", () => {
  it.each([
    [-1, RangeError, "-1"],
    [NaN, RangeError, "NaN"],
    [Infinity, RangeError, "Infinity"],
    ["4", TypeError, '"4"'],
    [null, TypeError, "null"],
    [true, TypeError, "true"],
  ])("109: a size of %s is an error that names the argument", (size, kind, got) => {
    for (const [name, make] of [
      ["inFeatures", () => build(size, 4)],
      ["features", () => build(4, size)],
    ] as const) {
      expect(make).toThrow(kind);
      expect(make).toThrow(`ModuleBasics: "${name}" expected`);
      expect(make).toThrow(`got ${got}`);
    }
  });

  it("109: a size of 0 is empty, and 1.5 is 1", () => {
    expect((build(0, 3) as ModuleBasics).kernel.shape).toEqual([0, 3]);
    expect((build(1.5, 2.9) as ModuleBasics).kernel.shape).toEqual([1, 2]);
  });

  it("110: a wrong rank or width names both shapes", () => {
    const model = build(3, 4) as ModuleBasics;
    for (const x of [[1, 2], [[1, 2]], []])
      expect(() => model(x)).toThrow(/matmul: "a" \[.*\] and "b" \[3, 4\] do not fit/);
    expect(() => model(5)).toThrow(ShapeError);
    expect(() => moduleBasicsForward(0, [[1, 2]] as never, 3)).toThrow(
      /moduleBasicsForward: "x" expected one axis \[inFeatures\], got shape \[1, 2\]/,
    );
  });

  it("111: a batch of 0 gives shape [0, n]", () => {
    expect((build(3, 4) as ModuleBasics)(jnp.zeros([0, 3])).shape).toEqual([0, 4]);
  });

  it("112: a view at an odd byte offset is copied", () => {
    const bytes = new Uint8Array(13);
    bytes.set(new Uint8Array(Float32Array.of(1, 2, 3).buffer), 1);
    const view = bytes.subarray(1);
    expect(jnp.array(new Float32Array(view.slice().buffer)).tolist()).toEqual([1, 2, 3]);
    expect(jnp.array(view).dtype).toBe("uint8");
    const half = new Float32Array(Float32Array.of(0, 1, 2, 3).buffer, 4, 2);
    expect(jnp.array(half).tolist()).toEqual([1, 2]);
  });

  it("113: typed and nested arrays convert as jnp.asarray does with x64 off", () => {
    const cases = [
      [new Float64Array([0.1]), "float32", [Math.fround(0.1)]],
      [new Int32Array([-1]), "int32", [-1]],
      [new BigInt64Array([-1n, 2n ** 40n + 7n]), "int32", [-1, 7]],
      [new BigUint64Array([2n ** 32n - 1n]), "uint32", [4294967295]],
      [new Int8Array([-3]), "int8", [-3]],
      [new Int16Array([-300]), "int16", [-300]],
      [
        [
          [1, 2],
          [3, 4],
        ],
        "float32",
        [
          [1, 2],
          [3, 4],
        ],
      ],
      [[true, false], "bool", [true, false]],
      [[1n], "int32", [1]],
      [[[], []], "float32", [[], []]],
    ] as const;
    for (const [x, dtype, list] of cases) {
      const a = jnp.array(x);
      expect([a.dtype, a.tolist()]).toEqual([dtype, list]);
    }
  });

  it.each([
    ["a ragged list", [[1, 2], [3]]],
    ["a list ragged in depth", [1, [2]]],
    ["a string inside", [1, "2"]],
    ["null inside", [null]],
    ["an object", { length: 2 }],
    ["a DataView", new DataView(new ArrayBuffer(8))],
    ["a symbol", Symbol("x")],
    ["a function", () => 1],
  ])("113: %s is a TypeError that names the argument", (_, x) => {
    expect(() => jnp.array(x as never)).toThrow(TypeError);
    expect(() => jnp.array(x as never)).toThrow(/^array: "x" expected /);
  });

  it("113: a key is copied as it is, and has no dtype but its own", () => {
    expect(jnp.array(key0)).toBe(key0);
    expect(() => jnp.array(key0 as never, "float32")).toThrow(/^array: "x" expected /);
  });

  it("114: shared and resizable buffers are copied, a detached one is a TypeError", () => {
    const shared = new Float32Array(new SharedArrayBuffer(8));
    shared.set([1, 2]);
    expect(jnp.array(shared).tolist()).toEqual([1, 2]);
    const detached = Float32Array.of(1, 2);
    structuredClone(detached, { transfer: [detached.buffer] });
    expect(() => jnp.array(detached)).toThrow(/usable typed array, got one whose buffer is detached/);
    expect(jnp.array(new Float32Array(0)).shape).toEqual([0]);
  });

  it("115: an input is never written to, even by a product of an array with itself", () => {
    const square = jnp.array([
      [1, 2],
      [3, 4],
    ]);
    expect(square.matmul(square).tolist()).toEqual([
      [7, 10],
      [15, 22],
    ]);
    expect(square.tolist()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});

describe("keys and seeds", () => {
  it.each([
    [-1, [0, 0xffffffff]],
    [2 ** 31, [0, 2 ** 31]],
    [2 ** 32 - 1, [0, 2 ** 32 - 1]],
    [2 ** 32, [0, 0]],
    [2 ** 53, [0, 0]],
    [-(2 ** 31) - 1, [0, 0x7fffffff]],
    [2n ** 32n + 5n, [0, 5]],
    [-(2n ** 63n), [0, 0]],
    [2n ** 63n - 1n, [0, 0xffffffff]],
    [true, [0, 1]],
    [1.5, [0, 1]],
    [-1.5, [0, 0xffffffff]],
  ])("128, 129: seed %s has JAX's words", (seed, words) => {
    expect(Array.from(random.key(seed).words)).toEqual(words);
    expect(Array.from(new nnx.Rngs(seed).default!.key.get().words)).toEqual(words);
  });

  it.each([
    [NaN, RangeError],
    [Infinity, RangeError],
    ["0", TypeError],
    [null, TypeError],
    [undefined, TypeError],
    [new Map(), TypeError],
    [2n ** 63n, RangeError],
    [2 ** 63, RangeError],
    [key0, TypeError],
  ])("129: seed %s is an error that names the seed", (seed, kind) => {
    expect(() => random.key(seed as never)).toThrow(kind);
    expect(() => random.key(seed as never)).toThrow(/random\.key: "seed" expected/);
  });

  it.each([
    ["one word", [1]],
    ["three words", [1, 2, 3]],
    ["a fraction", [0.5, 1]],
    ["a word of 2^32", [0, 2 ** 32]],
    ["a negative word", [0, -1]],
    ["floats", Float32Array.of(0, 1)],
    ["no words", []],
  ])("130: %s make no key", (_, words) => {
    expect(() => random.wrapKeyData(words as never)).toThrow(KeyError);
  });

  it.each([
    ["a number", 0],
    ["undefined", undefined],
    ["a float array", jnp.zeros([2])],
    ["words of length 3", jnp.array(new Uint32Array(3))],
    ["an array of keys", random.split(key0)],
    ["a typed array", new Uint32Array(2)],
  ])("130: %s is no key for a sampler", (_, notKey) => {
    for (const draw of [random.normal, random.uniform, random.bits, random.split]) {
      expect(() => draw(notKey as never)).toThrow(KeyError);
      expect(() => draw(notKey as never)).toThrow(/"key" expected/);
    }
  });

  it("130: bare words of the right form are taken, as jax.random takes them", () => {
    const words = random.keyData(random.key(42));
    expect(random.normal(words, [3]).tolist()).toEqual(random.normal(random.key(42), [3]).tolist());
  });

  it.each([
    [[-1], ShapeError],
    [[NaN], RangeError],
    [["3"], TypeError],
    [[2 ** 33], LimitError],
    [[2 ** 20, 2 ** 20], LimitError],
    [[Infinity], RangeError],
    ["3", TypeError],
    [null, TypeError],
    [new Map(), TypeError],
  ])("131: shape %j is an error before anything is allocated", (shape, kind) => {
    for (const draw of [random.normal, random.uniform, random.bits] as const) {
      expect(() => draw(key0, shape as never)).toThrow(kind);
      expect(() => draw(key0, shape as never)).toThrow(/"shape"/);
    }
    expect(() => jnp.zeros(shape as never)).toThrow(kind);
  });

  it("131: shape [1.5] is [1]", () => {
    expect(random.normal(key0, [1.5]).shape).toEqual([1]);
  });

  it("133: a key may be used again, and gives the same bits", () => {
    expect(random.normal(key0, [5]).tolist()).toEqual(random.normal(key0, [5]).tolist());
  });

  it("136: split 0 is empty, -1 a RangeError, 2^31 a LimitError, '2' a TypeError", () => {
    expect(random.split(key0, 0).shape).toEqual([0]);
    expect(Array.from(random.split(key0, 0))).toEqual([]);
    expect(() => random.split(key0, -1)).toThrow(RangeError);
    expect(() => random.split(key0, 2 ** 31)).toThrow(LimitError);
    expect(() => random.split(key0, "2" as never)).toThrow(TypeError);
    expect(random.split(key0, 2.9).shape).toEqual([2]);
  });

  it("138: foldIn takes 0 to 2^32 - 1; -1, 2^32 and NaN are RangeErrors that name the data", () => {
    for (const data of [-1, 2 ** 32, NaN]) {
      expect(() => random.foldIn(key0, data)).toThrow(RangeError);
      expect(() => random.foldIn(key0, data)).toThrow(/random\.foldIn: "data" expected/);
    }
    expect(() => random.foldIn(key0, "1" as never)).toThrow(TypeError);
    expect(random.foldIn(key0, 1.9).equals(random.foldIn(key0, 1))).toBe(true);
  });

  it("a dtype that is not drawn is a TypeError", () => {
    expect(() => random.normal(key0, [1], "float64" as never)).toThrow(
      /random\.normal: "dtype" expected "float32", "bfloat16" or "float16", got "float64"/,
    );
    expect(() => random.bits(key0, [1], "int32" as never)).toThrow(TypeError);
    expect(() => random.uniform(key0, [1], { minval: "0" as never })).toThrow(
      /random\.uniform: "minval" expected an array, a typed array, a number/,
    );
    expect(() => jnp.zeros([1], "toString" as never)).toThrow(TypeError);
  });
});

onEachBackend("edges that are no errors", (backend) => {
  it("116: all-NaN, infinite, -0 and subnormal inputs go through", () => {
    const w = jnp.array([
      [1, 2 ** -149],
      [-0, 1],
    ]);
    expect(jnp.matmul([NaN, 1], w).tolist()).toEqual([NaN, NaN]);
    expect(jnp.matmul([Infinity, 0], w).tolist()).toEqual([Infinity, Infinity]);
    expect(jnp.matmul([0, Infinity], w).tolist()).toEqual([NaN, Infinity]);
    expect(jnp.matmul([-0, -0], w).tolist()).toEqual([0, 0]);
    expect(jnp.matmul([1, 0], w).tolist()).toEqual([1, 2 ** -149]);
  });

  it("132: shapes [0] and [] are right", () => {
    expect([random.normal(key0, [0]).shape, random.normal(key0).shape, random.normal(key0, [3, 0]).size]).toEqual([
      [0],
      [],
      0,
    ]);
    expect(random.bits(key0, []).item()).toBe(random.bits(key0, [1]).item());
  });

  it(`works in both layouts on ${backend}`, () => {
    config.threefryPartitionable = false;
    try {
      expect(Array.from(random.bits(random.key(42), [5]).data)).toEqual([
        3134548294, 3733159049, 843694964, 894150801, 801545058,
      ]);
    } finally {
      config.threefryPartitionable = true;
    }
  });
});
