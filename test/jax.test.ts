import { expect, it } from "vitest";
import { jax, numpy as jnp } from "../src/index.ts";

it("jax.blockUntilReady gives back what it is given", () => {
  const tree = { a: [jnp.ones([2])], b: 5 };
  expect(jax.blockUntilReady(tree)).toBe(tree);
});
