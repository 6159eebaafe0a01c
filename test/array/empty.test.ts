/** Arrays without elements: their results, and that they take no time whatever the other axes are. */
import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { grad, lax, linalg, nnx, numpy as jnp, random } from "../../src/index.ts";

const LONG = 2 ** 30;
const rows = jnp.zeros([LONG, 0]);
const deep = jnp.zeros([LONG, 1, 0]);
const one = jnp.array([0], "int32");

const FUNCTIONS: readonly (readonly [name: string, run: () => NDArray, shape: readonly number[]])[] = [
  ["add", () => rows.add(rows), [LONG, 0]],
  ["add of a number", () => rows.add(1), [LONG, 0]],
  ["add of a row", () => rows.add(jnp.zeros([0])), [LONG, 0]],
  ["exp", () => jnp.exp(rows), [LONG, 0]],
  ["where", () => jnp.where(rows.astype("bool"), rows, 1), [LONG, 0]],
  ["astype", () => rows.astype("int8"), [LONG, 0]],
  ["transpose", () => deep.transpose([2, 0, 1]), [0, LONG, 1]],
  ["swapaxes", () => jnp.swapaxes(rows, 0, 1), [0, LONG]],
  ["flip", () => jnp.flip(rows), [LONG, 0]],
  ["roll", () => jnp.roll(rows, 1, 0), [LONG, 0]],
  ["tile", () => jnp.tile(rows, [1, 3]), [LONG, 0]],
  ["repeat", () => jnp.repeat(rows, 2, { axis: 1 }), [LONG, 0]],
  ["broadcastTo", () => jnp.broadcastTo(jnp.zeros([0]), [LONG, 0]), [LONG, 0]],
  ["concatenate", () => jnp.concatenate([rows, rows], 1), [LONG, 0]],
  ["stack", () => jnp.stack([rows, rows], 1), [LONG, 2, 0]],
  ["a slice", () => rows.slice("::-1"), [LONG, 0]],
  ["an index of an array", () => deep.slice(":", one), [LONG, 1, 0]],
  ["an index of two arrays", () => jnp.zeros([1, LONG, 1, 0]).slice(one, ":", one), [1, LONG, 0]],
  ["at().set", () => deep.at(":", one).set(1), [LONG, 1, 0]],
  ["at().add", () => deep.at(":", one).add(1), [LONG, 1, 0]],
  ["take", () => jnp.take(deep, one, { axis: 1 }), [LONG, 1, 0]],
  ["takeAlongAxis", () => jnp.takeAlongAxis(deep, jnp.zeros([1, 1, 1], "int32"), 1), [LONG, 1, 0]],
  ["sum of an axis", () => jnp.zeros([LONG, 3, 0]).sum(1), [LONG, 0]],
  ["max of an axis", () => jnp.zeros([LONG, 3, 0]).max(1), [LONG, 0]],
  ["argmax", () => jnp.argmax(jnp.zeros([LONG, 3, 0]), 1), [LONG, 0]],
  ["mean", () => jnp.mean(jnp.zeros([LONG, 3, 0]), 1), [LONG, 0]],
  ["var", () => jnp.var(jnp.zeros([LONG, 3, 0]), 1), [LONG, 0]],
  ["cumsum", () => jnp.cumsum(rows, 0), [LONG, 0]],
  ["sort", () => jnp.sort(jnp.zeros([0, LONG]), { axis: 0 }), [0, LONG]],
  ["argsort", () => jnp.argsort(jnp.zeros([0, LONG]), { axis: 0 }), [0, LONG]],
  ["matmul", () => rows.matmul(jnp.zeros([0, 0])), [LONG, 0]],
  ["einsum", () => jnp.einsum("ij,jk->ik", rows, jnp.zeros([0, 0])), [LONG, 0]],
  ["vecdot", () => jnp.vecdot(jnp.zeros([0, LONG]), jnp.zeros([0, LONG])), [0]],
  ["softmax", () => nnx.softmax(jnp.zeros([0, LONG])), [0, LONG]],
  ["softmax of columns", () => nnx.softmax(jnp.zeros([LONG, 0]), { axis: 0 }), [LONG, 0]],
  ["logsumexp", () => nnx.logsumexp(jnp.zeros([0, LONG]), { axis: 1 }), [0]],
  ["gelu", () => nnx.gelu(rows), [LONG, 0]],
  [
    "pad",
    () =>
      jnp.pad(rows, [
        [1, 0],
        [0, 0],
      ]),
    [LONG + 1, 0],
  ],
  [
    "lax.pad",
    () =>
      lax.pad(rows, 0, [
        [1, 0, 0],
        [0, 0, 0],
      ]),
    [LONG + 1, 0],
  ],
  ["clip", () => jnp.clip(rows, 0, 1), [LONG, 0]],
  ["diff", () => jnp.diff(rows, { axis: 0 }), [LONG - 1, 0]],
  ["uniform", () => random.uniform(random.key(0), [LONG, 0]), [LONG, 0]],
  ["normal", () => random.normal(random.key(0), [LONG, 0]), [LONG, 0]],
  ["bits", () => random.bits(random.key(0), [LONG, 0]), [LONG, 0]],
  ["ones", () => jnp.ones([LONG, 0]), [LONG, 0]],
  ["a gradient", () => grad((x: NDArray) => x.mul(x).sum())(rows), [LONG, 0]],
  ["a norm", () => nnx.standardize(jnp.zeros([0, LONG])), [0, LONG]],
  ["linalg.norm", () => linalg.norm(jnp.zeros([0, LONG]), { axis: 1 }), [0]],
  ["tril", () => jnp.tril(rows), [LONG, 0]],
];

describe("an array without elements, with an axis of 2^30", () => {
  it.each(FUNCTIONS)("%s takes no time", (_, run, shape) => {
    const start = performance.now();
    expect(run().shape).toEqual(shape);
    // 2^30 rounds of the shortest loop take as long.
    expect(performance.now() - start).toBeLessThan(400);
  });
});

describe("statistics of nothing", () => {
  it("cov and corrcoef of no observations are NaN, and of no variables nothing", () => {
    expect(jnp.cov(jnp.zeros([1, 0])).tolist()).toBe(NaN);
    expect(jnp.cov(jnp.zeros([2, 0])).tolist()).toEqual([
      [NaN, NaN],
      [NaN, NaN],
    ]);
    expect(jnp.cov(jnp.zeros([0, 3])).shape).toEqual([0, 0]);
    expect(jnp.corrcoef(jnp.zeros([1, 0])).tolist()).toBe(NaN);
  });

  it("lax.pad puts the value alone where there is nothing to pad", () => {
    expect(lax.pad(jnp.zeros([0]), 5, [[1, 2, 3]]).tolist()).toEqual([5, 5, 5]);
    expect(lax.pad(jnp.zeros([0]), 5, [[3, -1, 3]]).tolist()).toEqual([5, 5]);
    expect(
      lax
        .pad(jnp.zeros([0, 2]), 5, [
          [1, 1, 1],
          [-1, 0, 2],
        ])
        .tolist(),
    ).toEqual([
      [5, 5, 5],
      [5, 5, 5],
    ]);
  });
});
