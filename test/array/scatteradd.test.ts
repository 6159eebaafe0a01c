import { expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";
import { EDGES } from "../contract/backends.ts";
import { firstDifference } from "../bits.ts";

it("at().add adds every pair of the edges of arithmetic as add does", () => {
  const n = EDGES.length;
  const base = jnp.array(Float32Array.from({ length: n * n }, (_, i) => EDGES[i % n]!));
  const values = jnp.array(Float32Array.from({ length: n * n }, (_, i) => EDGES[Math.floor(i / n)]!));
  const got = base.at(jnp.arange(n * n)).add(values);
  expect(firstDifference(base.add(values).data as Float32Array, got.data as Float32Array)).toBe(-1);
});

it("at().add adds duplicates in the order in which they come", () => {
  const got = jnp
    .zeros([2])
    .at(new Int32Array([1, 1, 1]))
    .add(Float32Array.of(2 ** 24, 1, 1));
  expect(got.tolist()).toEqual([0, 2 ** 24]);
});
