import { describe, expect, it } from "vitest";
import { lax, numpy as jnp, random } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

const x = random.normal(random.key(0), [3, 4]).add(0.5);

type Pair = (a: NDArray, b: NDArray) => NDArray;

/** Each with what it does to two elements. */
const CUMULATIVE: readonly (readonly [name: string, cumulative: typeof lax.cumsum, f: Pair])[] = [
  ["cumsum", lax.cumsum, (a, b) => a.add(b)],
  ["cumprod", lax.cumprod, (a, b) => a.mul(b)],
  ["cummax", lax.cummax, jnp.maximum],
  ["cummin", lax.cummin, jnp.minimum],
  ["cumlogsumexp", lax.cumlogsumexp, jnp.logaddexp],
];

/** The rows of an array, each with those before it. */
function folded(rows: NDArray, f: Pair): NDArray {
  const out: NDArray[] = [];
  for (const row of rows) out.push(out.length === 0 ? row : f(out.at(-1)!, row));
  return jnp.stack(out);
}

function expectClose(a: NDArray, b: NDArray): void {
  expect(a.shape).toEqual(b.shape);
  expect(jnp.allclose(a, b, { rtol: 1e-5 })).toBe(true);
}

describe.each(CUMULATIVE)("lax.%s", (_, cumulative, f) => {
  it("goes from the first to the last along axis 0, unless it is told otherwise", () => {
    expectClose(cumulative(x), folded(x, f));
    expectClose(cumulative(x, 0, { reverse: false }), folded(x, f));
  });

  it("goes along another axis, counted from the end too", () => {
    for (const axis of [1, -1]) expectClose(cumulative(x, axis), folded(x.T, f).T);
  });

  it("goes from the last with reverse", () => {
    const back = jnp.flip(folded(jnp.flip(x, 0), f), 0);
    for (const found of [cumulative(x, 0, true), cumulative(x, { reverse: true })]) expectClose(found, back);
  });
});
