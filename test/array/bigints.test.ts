/** A bigint stands for its number wherever a number does. */
import { expect, it } from "vitest";
import { lax, nn, numpy as jnp } from "../../src/index.ts";

const big = (n: number): number => BigInt(n) as never;

it.each<[name: string, call: (k: (n: number) => number) => unknown]>([
  ["isclose", (k) => jnp.isclose([1, 5], [2, 9], k(1), k(0)).tolist()],
  ["allclose", (k) => jnp.allclose([1], [2], { rtol: k(0), atol: k(1) })],
  ["cov", (k) => jnp.cov([1, 2, 6], { ddof: k(2) }).item()],
  ["triuIndices", (k) => jnp.triuIndices(3, k(1)).map((places) => places.tolist())],
  ["triuIndicesFrom", (k) => jnp.triuIndicesFrom(jnp.ones([3, 3]), k(-1)).map((places) => places.tolist())],
  ["unwrap", (k) => jnp.unwrap([0, 3, 7, 0], { period: k(4) }).tolist()],
  ["lax.collapse", (k) => lax.collapse(jnp.zeros([2, 3, 4]), k(1), k(-1)).shape],
  ["nn.standardize", (k) => nn.standardize([1, 3], { epsilon: k(1) }).tolist()],
])("%s", (_, call) => {
  expect(call(big)).toEqual(call(Number));
});
