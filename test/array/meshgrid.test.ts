import { describe, expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";

const [a, b, c] = [jnp.array([1, 2]), jnp.array([3, 4, 5]), jnp.array([6])];
const lists = (grids: readonly { tolist(): unknown }[]): unknown => grids.map((grid) => grid.tolist());

describe("numpy.meshgrid", () => {
  it("takes arrays side by side, or in a list", () => {
    expect(lists(jnp.meshgrid(a, b))).toEqual(lists(jnp.meshgrid([a, b])));
    expect(lists(jnp.meshgrid(a, b, c, { indexing: "ij" }))).toEqual(
      lists(jnp.meshgrid([a, b, c], { indexing: "ij" })),
    );
  });

  it("reads one list of numbers as one array, and one list of lists as several", () => {
    expect(lists(jnp.meshgrid([1, 2]))).toEqual([[1, 2]]);
    expect(lists(jnp.meshgrid([[1, 2], [3]]))).toEqual([[[1, 2]], [[3, 3]]]);
    expect(lists(jnp.meshgrid(a))).toEqual([[1, 2]]);
  });

  it("of nothing is nothing, and of an empty array an empty one", () => {
    expect(jnp.meshgrid()).toEqual([]);
    expect(lists(jnp.meshgrid([]))).toEqual([[]]);
  });

  it.each(["xy", "ij"] as const)("sparse grids of %s broadcast to the whole ones", (indexing) => {
    const whole = jnp.meshgrid(a, b, c, { indexing });
    const sparse = jnp.meshgrid(a, b, c, { indexing, sparse: true });
    expect(sparse.map(({ size }) => size)).toEqual([2, 3, 1]);
    expect(lists(jnp.broadcastArrays(...sparse))).toEqual(lists(whole));
  });
});
