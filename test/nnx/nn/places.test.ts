/** Optional arguments of functions: each by place is the same as by name, and changes what comes out. */
import { describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp, random } from "../../../src/index.ts";
import { hexWords } from "../../bits.ts";

type Call = (...args: readonly unknown[]) => NDArray;

const x = random.normal(random.key(0), [2, 6, 3]);
const [q, k, v] = [1, 2, 3].map((seed) => random.normal(random.key(seed), [4, 2, 3])) as [NDArray, NDArray, NDArray];
const WINDOW = { strides: [2], padding: "SAME" };

/** A function, what it needs, and what it may get, in the order of the places. */
const CASES: readonly (readonly [string, unknown, readonly unknown[], Readonly<Record<string, unknown>>])[] = [
  ["leakyRelu", nnx.leakyRelu, [x], { negativeSlope: 0.5 }],
  ["elu", nnx.elu, [x], { alpha: 0.5 }],
  ["celu", nnx.celu, [x], { alpha: 0.5 }],
  ["gelu", nnx.gelu, [x], { approximate: false }],
  ["standardize", nnx.standardize, [x, -1], { mean: jnp.array(0.25), variance: jnp.array(4), epsilon: 0.5 }],
  [
    "makeAttentionMask",
    nnx.makeAttentionMask,
    [
      [1, 2],
      [2, 2, 1],
    ],
    { pairwiseFn: (a: NDArray, b: NDArray) => a.sub(b), extraBatchDims: 1, dtype: "int32" },
  ],
  ["makeCausalMask", nnx.makeCausalMask, [[1, 1, 1]], { extraBatchDims: 1, dtype: "int32" }],
  ["pool", nnx.pool, [x, 0, (a: number, b: number) => a + b, [4]], WINDOW],
  ["avgPool", nnx.avgPool, [x, [4]], { ...WINDOW, countIncludePad: false }],
  ["maxPool", nnx.maxPool, [x, [4]], WINDOW],
  ["minPool", nnx.minPool, [x, [4]], WINDOW],
  [
    "dotProductAttention",
    nnx.dotProductAttention,
    [q, k, v],
    { bias: jnp.arange(4), mask: jnp.array([true, true, false, true]) },
  ],
];

const resultOf = (y: NDArray): unknown => [y.shape, y.dtype, hexWords(y.data)];

describe.each(CASES)("nnx.%s", (_, f, required, options) => {
  const call = f as Call;
  const names = Object.keys(options);

  it.each(names)("%s by place and by name", (name) => {
    const places = names.slice(0, names.indexOf(name) + 1);
    const values = places.map((place) => options[place]);
    const byPlace = resultOf(call(...required, ...values));
    const byName = Object.fromEntries(places.map((place) => [place, options[place]]));
    expect(resultOf(call(...required, byName))).toEqual(byPlace);
    expect(resultOf(call(...required, ...values.slice(0, -1)))).not.toEqual(byPlace);
  });
});

it("standardize subtracts the mean and divides by the root of variance and epsilon that it is given", () => {
  const y = nnx.standardize(x, -1, { mean: 0.25, variance: 4, epsilon: 0 });
  expect(resultOf(y)).toEqual(resultOf(x.sub(0.25).mul(0.5)));
});

it("standardize takes mean and variance of what is seen, by place and by name", () => {
  const where = jnp.array([true, false, true]);
  const y = resultOf(nnx.standardize(x, -1, { where }));
  expect(resultOf((nnx.standardize as Call)(x, -1, undefined, undefined, 1e-5, where))).toEqual(y);
  expect(resultOf(nnx.standardize(x, -1))).not.toEqual(y);
});
