import { describe, expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";

// jnp.linalg.diagonal and trace of jnp.arange(24.).reshape(2, 3, 4): along the last two axes, unlike numpy's
describe("linalg.diagonal and linalg.trace", () => {
  const x = jnp.arange(24).astype("float32").reshape([2, 3, 4]);

  it("are of each matrix of a stack", () => {
    expect(jnp.linalg.diagonal(x).tolist()).toEqual([
      [0, 5, 10],
      [12, 17, 22],
    ]);
    expect(jnp.linalg.diagonal(x, { offset: 1 }).tolist()).toEqual([
      [1, 6, 11],
      [13, 18, 23],
    ]);
    expect(jnp.linalg.trace(x).tolist()).toEqual([15, 51]);
    expect(jnp.linalg.trace(x, { offset: -1 }).tolist()).toEqual([13, 37]);
    expect(jnp.linalg.trace(x, { dtype: "bfloat16" }).dtype).toBe("bfloat16");
    expect(jnp.linalg.diagonal(jnp.zeros([2, 0, 4])).shape).toEqual([2, 0]);
  });

  it("take the offset by name, as in JAX", () => {
    expect(() => jnp.linalg.diagonal(x, 1 as never)).toThrow(/^linalg\.diagonal: /);
    expect(() => jnp.linalg.trace(x, 1 as never)).toThrow(/^linalg\.trace: /);
  });
});
