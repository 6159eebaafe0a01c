/** Keys where arrays stand, as in JAX 0.10.2. */
import { describe, expect, it } from "vitest";
import { jax, nnx, numpy as jnp, random } from "../../src/index.ts";

describe("keys", () => {
  it("are copied with the arrays of a state", () => {
    const keys = random.split(random.key(0), 3);
    expect(jnp.copy(keys).equals(keys)).toBe(true);
    const state = nnx.state(new nnx.Dropout(0.5, { rngs: new nnx.Rngs(0) }));
    const copy = jax.tree.map(jnp.copy, state);
    expect(copy.toString()).toBe(state.toString());
    expect(String(copy)).toContain("key<fry>");
  });

  it("are no numbers, and the error says what gives these", () => {
    for (const call of [() => jnp.add(random.key(0) as never, 1), () => jnp.stack([random.key(0)] as never)])
      expect(call).toThrow("random.keyData(key) gives a key's words as an array");
  });
});

it("keys are their words in JSON", () => {
  for (const keys of [random.key(3), random.split(random.key(3)), random.split(random.key(3), [2, 3])])
    expect(JSON.parse(JSON.stringify({ keys }))).toEqual({ keys: random.keyData(keys).tolist() });
});
