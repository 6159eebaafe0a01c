import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grad, nnx, numpy as jnp } from "../../../src/index.ts";
import { firstDifference } from "../../bits.ts";
import { floats } from "../../contract/backends.ts";

const cases = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
  features: fc.integer({ min: 1, max: 20 }),
  window: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 3 }),
  low: fc.integer({ min: 0, max: 4 }),
  high: fc.integer({ min: 0, max: 4 }),
  edges: fc.boolean(),
});

function same(a: { readonly data: unknown }, b: { readonly data: unknown }): void {
  expect(firstDifference(a.data as Float32Array, b.data as Float32Array)).toBe(-1);
}

describe("pooling by kernel", () => {
  it("has the bits of folding each window with a function, whatever its sizes, strides and pads", () => {
    fc.assert(
      fc.property(cases, ({ batch, sizes, features, window, stride, low, high, edges }) => {
        const shape = [batch, ...sizes, features];
        const x = jnp.array(floats(shape.reduce((a, b) => a * b))).reshape(shape);
        const given = edges ? jnp.array(floats(x.size, 3, true)).reshape(shape) : x;
        const windows = sizes.map(() => window);
        const options = { strides: sizes.map(() => stride), padding: sizes.map(() => [low, high] as const) };
        same(
          nnx.maxPool(given, windows, options),
          nnx.pool(given, -Infinity, (a, b) => Math.max(a, b), windows, options),
        );
        same(
          nnx.minPool(given, windows, options),
          nnx.pool(given, Infinity, (a, b) => Math.min(a, b), windows, options),
        );
        const sums = nnx.pool(given, 0, (a, b) => a + b, windows, options);
        same(nnx.avgPool(given, windows, options), jnp.divide(sums, window ** sizes.length));
        const counts = nnx.pool(jnp.ones([1, ...sizes, 1]), 0, (a, b) => a + b, windows, options);
        same(nnx.avgPool(given, windows, { ...options, countIncludePad: false }), jnp.divide(sums, counts));
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it("an average's gradient is the cotangent over the count, added place by place", () => {
    const x = jnp.array(floats(5)).reshape([1, 5, 1]);
    const w = jnp.array([1, 2, 3]).reshape([1, 3, 1]);
    const gradient = grad((given: typeof x) => jnp.sum(nnx.avgPool(given, [3]).mul(w)))(x);
    const third = Math.fround(1 / 3);
    const [a, b, c] = [third, Math.fround(2 * third), Math.fround(3 * third)];
    const sum = Math.fround(Math.fround(a + b) + c);
    expect([...(gradient as typeof x).data]).toEqual([a, Math.fround(a + b), sum, Math.fround(b + c), c]);
    const options = { padding: "SAME", countIncludePad: false } as const;
    const two = jnp.array([1, 2, 3, 4, 5, 6]).reshape([1, 3, 2]);
    const seen = grad((given: typeof x) => jnp.sum(nnx.avgPool(given, [3], options).mul(two)))(two);
    const [first, second] = [
      [0.5, Math.fround(3 * third), 2.5],
      [1, Math.fround(4 * third), 3],
    ].map(([p, q, r]) => [p! + q!, p! + q! + r!, q! + r!].map(Math.fround)) as [number[], number[]];
    expect((seen as typeof x).tolist()).toEqual([first.map((value, i) => [value, second[i]])]);
  });
});

describe("pool reduces by the function that it is given, whatever it begins with", () => {
  const values = [3, -1, 2, 5];
  const x = jnp.array(values).reshape([4, 1]);
  const reduce = {
    max: Math.max,
    min: Math.min,
    "another function": (a: number, b: number): number => Math.min(a, 10) + Math.max(b, 0),
  };
  it.each(Object.entries(reduce))("%s", (_, f) => {
    for (const init of [Infinity, -Infinity, 0, 1]) {
      const want = [0, 1, 2].map((place) => [values.slice(place, place + 2).reduce((a, b) => f(a, b), init)]);
      expect(nnx.pool(x, init, f, [2]).tolist()).toEqual(want);
    }
  });
});
