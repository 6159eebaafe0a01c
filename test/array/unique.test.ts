import { describe, expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

const x = [
  [3, 1, 3],
  [2, 1, 3],
];
const PARTS = {
  returnIndex: [1, 3, 0],
  returnInverse: [
    [2, 0, 2],
    [1, 0, 2],
  ],
  returnCounts: [2, 1, 3],
} as const;

const tolist = (parts: readonly NDArray[]): unknown[] => parts.map((part) => part.tolist());

describe("numpy.unique", () => {
  it("gives the values ascending, as an array by itself", () => {
    expect(jnp.unique(x).tolist()).toEqual([1, 2, 3]);
    expect(jnp.unique([]).tolist()).toEqual([]);
  });

  it("gives what is asked for behind the values, in NumPy's order: index, inverse, counts", () => {
    const names = Object.keys(PARTS) as (keyof typeof PARTS)[];
    for (let bits = 0; bits < 8; bits++) {
      const asked = names.filter((_, i) => (bits >> i) & 1);
      for (const options of [
        Object.fromEntries(asked.map((name) => [name, true])),
        Object.fromEntries(names.map((name) => [name, asked.includes(name)])),
      ]) {
        const parts = jnp.unique(x, options);
        expect(tolist(parts), JSON.stringify(options)).toEqual([[1, 2, 3], ...asked.map((name) => PARTS[name])]);
        expect(parts.slice(1).map(({ dtype }) => dtype)).toEqual(asked.map(() => "int32"));
      }
    }
  });

  it("the index is where a value stands first; NaN are one value, the last", () => {
    const [values, index, counts] = jnp.unique([NaN, 2, NaN, -0, 0, 2], { returnIndex: true, returnCounts: true });
    expect([values!.tolist(), index!.tolist(), counts!.tolist()]).toEqual([
      [-0, 2, NaN],
      [3, 1, 0],
      [2, 2, 2],
    ]);
  });
});
