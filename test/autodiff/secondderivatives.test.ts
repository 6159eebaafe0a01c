/** Second derivatives of operations whose gradient is an operation of its own, against the formula written out. */
import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { grad, hessian, nn, numpy as jnp, random } from "../../src/index.ts";

describe("prod", () => {
  it("of three and of four: the products of all but two", () => {
    expect(hessian((x: NDArray) => x.prod())(jnp.array([2, 3, 5])).tolist()).toEqual([
      [0, 5, 3],
      [5, 0, 2],
      [3, 2, 0],
    ]);
    expect(hessian((x: NDArray) => x.prod())(jnp.array([2, 0, 5, 7])).tolist()).toEqual([
      [0, 35, 0, 0],
      [35, 0, 14, 10],
      [0, 14, 0, 0],
      [0, 10, 0, 0],
    ]);
  });

  it.each([0, 1, [0, 1]])("along axis %j of a matrix", (axis) => {
    const x = random.normal(random.key(1), [3, 4]);
    const lines = (x: NDArray): NDArray[] =>
      axis === 0 ? x.unstack(0) : axis === 1 ? x.unstack(1) : x.flatten().unstack(0);
    const written = (x: NDArray): NDArray => lines(x).reduce((product, line) => product.mul(line));
    const own = hessian((x: NDArray) => x.prod(axis).pow(2).sum())(x);
    const expected = hessian((x: NDArray) => written(x).pow(2).sum())(x);
    expect(jnp.allclose(own, expected, 1e-4, 1e-5)).toBe(true);
  });
});

// jax.grad(jax.grad(jax.nn.hard_silu)) of these
it("hardSilu has corners where its slope does not count", () => {
  const second = hessian((x: NDArray) => nn.hardSilu(x).sum())(jnp.array([-4, -3, 0, 3, 4]));
  expect(jnp.diag(second).tolist()).toEqual([0, 0, Math.fround(1 / 3), 0, 0]);
});

describe("dotProductAttention", () => {
  const [q, k, v] = [2, 3, 4].map((seed) => random.normal(random.key(seed), [1, 3, 2, 4])) as [
    NDArray,
    NDArray,
    NDArray,
  ];
  const mask = jnp.array(
    [
      [
        [
          [true, false, true],
          [true, true, false],
          [false, true, true],
        ],
      ],
    ],
    "bool",
  );
  const bias = random.normal(random.key(5), [1, 2, 3, 3]);

  /** softmax(q k / sqrt(4) + bias, where the mask is set) v */
  function written(q: NDArray, seen?: NDArray, added?: NDArray): NDArray {
    const scores = jnp.einsum("bqhd,bkhd->bhqk", q.div(2), k);
    const all = added === undefined ? scores : scores.add(added);
    const kept = seen === undefined ? all : jnp.where(seen, all, -1e30);
    return jnp.einsum("bhqk,bkhd->bqhd", nn.softmax(kept, -1), v);
  }

  const causal = jnp.tril(jnp.ones([3, 3])).astype("bool");

  it.each<[name: string, own: (q: NDArray) => NDArray, formula: (q: NDArray) => NDArray]>([
    ["a mask", (q) => nn.dotProductAttention(q, k, v, { mask }), (q) => written(q, mask)],
    ["a bias", (q) => nn.dotProductAttention(q, k, v, { bias }), (q) => written(q, undefined, bias)],
    ["a causal mask", (q) => nn.dotProductAttention(q, k, v, { isCausal: true }), (q) => written(q, causal)],
    [
      "all of them",
      (q) => nn.dotProductAttention(q, k, v, { mask, bias, isCausal: true }),
      (q) => written(q, jnp.logicalAnd(mask, causal), bias),
    ],
  ])("with %s", (_, own, formula) => {
    const slope = (f: (q: NDArray) => NDArray): NDArray =>
      grad((q: NDArray) =>
        grad((q: NDArray) => f(q).pow(3).sum())(q)
          .pow(2)
          .sum(),
      )(q);
    const [a, b] = [slope(own), slope(formula)];
    expect(jnp.allclose(a, b, 1e-4, jnp.abs(b).max().item() * 1e-5)).toBe(true);
    expect(jnp.abs(b).max().item()).toBeGreaterThan(0);
  });
});
