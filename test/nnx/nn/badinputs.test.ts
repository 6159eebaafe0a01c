import { describe, expect, it } from "vitest";
import { LimitError, nnx, numpy as jnp, random, ShapeError } from "../../../src/index.ts";

const rngs = new nnx.Rngs(0);

describe("109: sizes of a layer", () => {
  it.each([
    [-1, RangeError, '"inFeatures" expected a size of at least 0, got -1'],
    [NaN, RangeError, '"inFeatures" expected a finite number, got NaN'],
    ["4", TypeError, '"inFeatures" expected a number, got "4"'],
    [null, TypeError, '"inFeatures" expected a number, got null'],
  ] as const)("Linear(%s, 2) is an error that names the argument", (size, kind, message) => {
    expect(() => new nnx.Linear(size as never, 2, { rngs })).toThrow(kind);
    expect(() => new nnx.Linear(size as never, 2, { rngs })).toThrow(message);
    expect(() => new nnx.Linear(2, size as never, { rngs })).toThrow(kind);
    for (const make of [
      () => new nnx.Embed(size as never, 2, { rngs }),
      () => new nnx.Conv(size as never, 2, 3, { rngs }),
      () => new nnx.ConvTranspose(size as never, 2, 3, { rngs }),
    ])
      expect(make).toThrow(kind);
    for (const make of [
      () => new nnx.LinearGeneral(size as never, 2, { rngs }),
      () => new nnx.LoRA(2, size as never, 3, { rngs }),
    ])
      expect(make).toThrow(kind);
  });

  it("1.5 is 1, and 0 has no scale to draw with, as in JAX", () => {
    expect(new nnx.Linear(1.5, 2.9, { rngs }).kernel.shape).toEqual([1, 2]);
    expect(() => new nnx.Linear(0, 2, { rngs })).toThrow(ShapeError);
    expect(new nnx.Linear(0, 2, { rngs, kernelInit: nnx.initializers.zeros })(jnp.zeros([3, 0])).tolist()).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });
});

describe("a layer without its Rngs", () => {
  const makers: Record<string, (options: never) => unknown> = {
    Linear: (o) => new nnx.Linear(2, 3, o),
    LinearGeneral: (o) => new nnx.LinearGeneral(2, 3, o),
    Einsum: (o) => new nnx.Einsum("ab,bc->ac", [2, 3], null, o),
    Embed: (o) => new nnx.Embed(2, 3, o),
    Conv: (o) => new nnx.Conv(2, 3, 3, o),
    ConvTranspose: (o) => new nnx.ConvTranspose(2, 3, 3, o),
    LoRA: (o) => new nnx.LoRA(2, 3, 4, o),
    LoRALinear: (o) => new nnx.LoRALinear(2, 3, o),
  };

  it.each(Object.entries(makers))("%s says which call is right", (name, make) => {
    for (const options of [undefined, {}, { rngs: 0 }, rngs, { rngs: random.key(0) }]) {
      expect(() => make(options as never)).toThrow(TypeError);
      expect(() => make(options as never)).toThrow(`right: new nnx.${name}(..., { rngs: new nnx.Rngs(0) })`);
    }
  });
});

describe("110: an input that does not fit names both shapes", () => {
  it.each([
    ["Linear", () => new nnx.Linear(3, 4, { rngs })(jnp.ones([2, 5])), /\[2, 5\]/, /\[3, 4\]/],
    ["Linear of a scalar", () => new nnx.Linear(3, 4, { rngs })(1), /\[\]/, /\[3, 4\]/],
    ["LinearGeneral", () => new nnx.LinearGeneral(3, 4, { rngs })(jnp.ones([2, 5])), /\[2, 5\]/, /\[3, 4\]/],
    [
      "LinearGeneral, too few axes",
      () => new nnx.LinearGeneral([3, 2], 4, { rngs, axis: [-2, -1] })(jnp.ones([2])),
      /axis -2/,
      /\[2\]/,
    ],
    ["Einsum", () => new nnx.Einsum("ab,bc->ac", [3, 4], null, { rngs })(jnp.ones([2, 5])), /\[2, 5\]/, /\[3, 4\]/],
    ["Embed.attend", () => new nnx.Embed(3, 4, { rngs }).attend(jnp.ones([2, 5])), /\[2, 5\]/, /\[3, 4\]/],
    ["Conv", () => new nnx.Conv(3, 4, 2, { rngs })(jnp.ones([2, 6, 5])), /\[2, 6, 5\]/, /spatial axes, 3/],
    ["Conv, too few axes", () => new nnx.Conv(3, 4, [2, 2], { rngs })(jnp.ones([2, 3])), /\[2, 3\]/, /2 spatial axes/],
    [
      "ConvTranspose",
      () => new nnx.ConvTranspose(3, 4, 2, { rngs })(jnp.ones([2, 6, 5])),
      /\[2, 6, 5\]/,
      /spatial axes, 3/,
    ],
    ["LoRA", () => new nnx.LoRA(3, 2, 4, { rngs })(jnp.ones([2, 5])), /\[2, 5\]/, /\[3, 2\]/],
    ["maxPool", () => nnx.maxPool(jnp.ones([2, 3]), [2, 2]), /\[2, 3\]/, /\[2, 2\]/],
  ] as const)("%s", (_, call, ...messages) => {
    expect(call).toThrow(ShapeError);
    for (const message of messages) expect(call).toThrow(message);
  });
});

describe("111: a batch of none", () => {
  it("gives none", () => {
    expect(new nnx.Linear(3, 4, { rngs })(jnp.ones([0, 3])).shape).toEqual([0, 4]);
    expect(new nnx.Conv(3, 4, 3, { rngs })(jnp.ones([0, 5, 3])).shape).toEqual([0, 5, 4]);
    expect(new nnx.Embed(3, 4, { rngs })(new Int32Array(0)).shape).toEqual([0, 4]);
    expect(nnx.maxPool(jnp.ones([0, 5, 3]), [2]).shape).toEqual([0, 4, 3]);
  });
});

describe("119: convolutions that cannot be", () => {
  it.each([
    ["stride 0", () => new nnx.Conv(1, 1, 3, { rngs, strides: 0 })],
    ["dilation 0", () => new nnx.Conv(1, 1, 3, { rngs, kernelDilation: 0 })],
    ["input dilation 0", () => new nnx.Conv(1, 1, 3, { rngs, inputDilation: 0, padding: 1 })],
    ["a negative pad", () => new nnx.Conv(1, 1, 3, { rngs, padding: -1 })],
    ["a kernel of size 0", () => new nnx.Conv(1, 1, [0], { rngs })],
    ["too many strides", () => new nnx.Conv(1, 1, 3, { rngs, strides: [1, 1] })],
    ["too many pads", () => new nnx.Conv(1, 1, 3, { rngs, padding: [1, 1] })],
    ["groups that do not divide", () => new nnx.Conv(3, 4, 3, { rngs, featureGroupCount: 2 })],
    ["a mask of another shape", () => new nnx.Conv(3, 4, 3, { rngs, mask: jnp.ones([3, 4]) })],
    ["a transposed stride 0", () => new nnx.ConvTranspose(1, 1, 3, { rngs, strides: 0 })],
    ["a window of size 0", () => nnx.avgPool(jnp.ones([1, 3, 1]), [0])],
    ["a window's stride 0", () => nnx.avgPool(jnp.ones([1, 3, 1]), [2], { strides: [0] })],
  ])("%s is a ShapeError", (_, call) => expect(call).toThrow(ShapeError));

  it("a padding that does not exist is a RangeError that lists those that do", () => {
    expect(() => new nnx.Conv(1, 1, 3, { rngs, padding: "FULL" as never })).toThrow(
      /"padding" expected SAME, .*, got "FULL"/,
    );
    expect(() => new nnx.Conv(1, 1, [3, 3], { rngs, padding: "CAUSAL" })).toThrow(RangeError);
    expect(() => new nnx.Conv(1, 1, 3, { rngs, inputDilation: 2 })).toThrow(/nnx.ConvTranspose knows the words/);
    expect(() => new nnx.ConvTranspose(1, 1, 3, { rngs, padding: "CAUSAL" as never })).toThrow(RangeError);
    expect(() => nnx.maxPool(jnp.ones([1, 3, 1]), [2], { padding: "CIRCULAR" as never })).toThrow(RangeError);
  });
});

describe("120: indices of a table", () => {
  const embed = new nnx.Embed(4, 2, { rngs });
  const row = (i: number): unknown => (embed.embedding.get().tolist() as unknown[])[i];

  it("-1 is the last row; n, 2^31 - 1 and -n - 1 give NaN", () => {
    expect(embed(Int32Array.of(-1, 4, 2 ** 31 - 1, -5)).tolist()).toEqual([row(3), [NaN, NaN], [NaN, NaN], [NaN, NaN]]);
    expect(embed(Uint32Array.of(3, 2 ** 31)).tolist()).toEqual([row(3), [NaN, NaN]]);
  });

  it("floats are a TypeError that says how to make integers", () => {
    expect(() => embed([1, 2])).toThrow(TypeError);
    expect(() => embed([1, 2])).toThrow('jnp.array([1, 2], "int32")');
    expect(() => embed([true])).toThrow(TypeError);
  });
});

describe("124: results of more than 2^31 - 1 elements", () => {
  it("are a LimitError before anything is allocated", () => {
    const wide = jnp.ones([70_000, 1]);
    expect(() => wide.matmul(jnp.ones([1, 70_000]))).toThrow(LimitError);
    expect(() => jnp.einsum("i,j->ij", jnp.ones([70_000]), jnp.ones([70_000]))).toThrow(LimitError);
    expect(() => jnp.outer(wide, wide)).toThrow(LimitError);
    expect(() => new nnx.Linear(1, 70_000, { rngs, kernelInit: nnx.initializers.ones })(wide)).toThrow(LimitError);
  });
});

describe("Einsum's string", () => {
  it("has two operands and an output, and comes from somewhere", () => {
    expect(() => new nnx.Einsum("ab,bc", [2, 3], null, { rngs })).toThrow(RangeError);
    expect(() => new nnx.Einsum("ab->a", [2, 3], null, { rngs })).toThrow(RangeError);
    expect(() => new nnx.Einsum(null, [2, 3], null, { rngs })(jnp.ones([4, 2]))).toThrow(TypeError);
    expect(new nnx.Einsum(null, [2, 3], null, { rngs })(jnp.ones([4, 2]), "ab,bc->ac").shape).toEqual([4, 3]);
  });
});
