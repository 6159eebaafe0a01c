import fc from "fast-check";
import { expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { config, nnx, numpy as jnp, random, useBackend } from "../../src/index.ts";
import { firstDifference } from "../bits.ts";

/** A call that must have the same result on both backends. */
type Call = () => NDArray;

/** Sizes at and between the edges of lanes and blocks. */
const size = fc.constantFrom(
  1,
  2,
  3,
  4,
  5,
  8,
  12,
  15,
  16,
  17,
  31,
  33,
  64,
  65,
  100,
  127,
  128,
  255,
  256,
  257,
  300,
  512,
  1000,
  1025,
);
const small = fc.integer({ min: 1, max: 20 });
const seed = fc.nat(999);

const normal = (key: number, shape: readonly number[]): NDArray => random.normal(random.key(key), shape);

const linear = fc
  .record({ n: size, m: size, rows: fc.constantFrom(1, 2, 3, 4, 7, 30), useBias: fc.boolean(), seed })
  .map(({ n, m, rows, useBias, seed: key }): Call => {
    const layer = new nnx.Linear(n, m, { useBias, rngs: new nnx.Rngs(key) });
    return () => layer(normal(key, [rows, n]));
  });
const activation = fc
  .record({
    f: fc.constantFrom(nnx.relu, nnx.gelu, nnx.tanh, nnx.sigmoid, nnx.softmax, nnx.silu, nnx.logSoftmax, nnx.softplus),
    n: size,
    rows: small,
    seed,
  })
  .map(
    ({ f, n, rows, seed: key }): Call =>
      () =>
        f(normal(key, [rows, n])),
  );
const norm = fc
  .record({ Layer: fc.constantFrom(nnx.LayerNorm, nnx.RMSNorm), n: size, rows: small, seed })
  .map(({ Layer, n, rows, seed: key }): Call => {
    const layer = new Layer(n, { rngs: new nnx.Rngs(key) });
    return () => layer(normal(key, [rows, n]));
  });
const imageNorm = fc
  .record({
    kind: fc.constantFrom("batch", "running", "instance", "group"),
    side: fc.integer({ min: 1, max: 20 }),
    groups: fc.integer({ min: 1, max: 8 }),
    of: small,
    seed,
  })
  .map(({ kind, side, groups, of, seed: key }): Call => {
    const features = groups * of;
    const rngs = new nnx.Rngs(key);
    const layer =
      kind === "group"
        ? new nnx.GroupNorm(features, { numGroups: groups, rngs })
        : kind === "instance"
          ? new nnx.InstanceNorm(features, { rngs })
          : new nnx.BatchNorm(features, { useRunningAverage: kind === "running", rngs });
    return () => layer(normal(key, [2, side, side, features]));
  });
const reduction = fc
  .record({
    f: fc.constantFrom(jnp.sum, jnp.var, jnp.std, jnp.max, jnp.prod, nnx.standardize),
    axis: fc.constantFrom(0, 1, 2, [0, 1], [0, 2], [1, 2], [0, 1, 2]),
    n: size,
    seed,
  })
  .map(
    ({ f, axis, n, seed: key }): Call =>
      () =>
        (f as (x: NDArray, axis: number | readonly number[]) => NDArray)(normal(key, [3, 7, n]), axis),
  );
const convolution = fc
  .record({
    side: fc.integer({ min: 4, max: 20 }),
    from: small,
    to: small,
    kernel: fc.integer({ min: 1, max: 4 }),
    strides: fc.integer({ min: 1, max: 2 }),
    padding: fc.constantFrom("SAME" as const, "VALID" as const),
    seed,
  })
  .map(({ side, from, to, kernel, strides, padding, seed: key }): Call => {
    const layer = new nnx.Conv(from, to, [kernel, kernel], { strides, padding, rngs: new nnx.Rngs(key) });
    return () => layer(normal(key, [2, side, side, from]));
  });
const pool = fc
  .record({
    f: fc.constantFrom(nnx.maxPool as typeof nnx.avgPool, nnx.avgPool),
    side: fc.integer({ min: 3, max: 20 }),
    features: small,
    seed,
  })
  .map(
    ({ f, side, features, seed: key }): Call =>
      () =>
        f(normal(key, [1, side, side, features]), [2, 3], { strides: [1, 2], padding: "SAME" }),
  );
const DRAWS: readonly ((key: number, n: number) => NDArray)[] = [
  (key, n) => random.normal(random.key(key), [n]),
  (key, n) => random.uniform(random.key(key), [n], { minval: -1.3, maxval: 2.9 }),
  (key, n) => random.exponential(random.key(key), [n]),
  (key, n) => random.gumbel(random.key(key), [n]),
];
const draw = fc.record({ draws: fc.constantFrom(...DRAWS), n: size, seed }).map(
  ({ draws, n, seed: key }): Call =>
    () =>
      draws(key, n),
);
const truncated = fc
  .record({
    low: fc.float({ min: -5, max: 2, noNaN: true }),
    span: fc.float({ min: Math.fround(0.1), max: 7, noNaN: true }),
    n: size,
    seed,
  })
  .map(
    ({ low, span, n, seed: key }): Call =>
      () =>
        random.truncatedNormal(random.key(key), low, low + span, [n]),
  );
const decoding = fc
  .record({
    heads: fc.integer({ min: 1, max: 4 }),
    width: fc.integer({ min: 1, max: 8 }),
    steps: fc.integer({ min: 1, max: 9 }),
    seed,
  })
  .map(({ heads, width, steps, seed: key }): Call => {
    const features = 4 * heads * width;
    const layer = new nnx.MultiHeadAttention(heads, features, { decode: true, rngs: new nnx.Rngs(key) });
    return () => {
      layer.initCache([1, steps, features]);
      return jnp.stack(
        normal(key, [steps, 1, 1, features])
          .unstack()
          .map((token) => layer(token)),
      );
    };
  });
const pair = fc
  .record({
    op: fc.constantFrom(jnp.add, jnp.subtract, jnp.multiply, jnp.divide),
    rows: small,
    n: size,
    other: fc.constantFrom("row", "column", "whole"),
    seed,
  })
  .map(
    ({ op, rows, n, other, seed: key }): Call =>
      () =>
        op(normal(key, [rows, n]), normal(key + 1, other === "row" ? [n] : [rows, other === "column" ? 1 : n])),
  );

it("calls in any order, each twice, give the bits of the core: no call disturbs the next", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(linear, activation, norm, imageNorm, reduction, convolution, pool, draw, truncated, decoding, pair),
        { minLength: 5, maxLength: 12 },
      ),
      fc.constantFrom("fma" as const, "nofma" as const),
      (calls, profile) => {
        const before = config.profile;
        config.profile = profile;
        try {
          const results = (["core", "wasm", "wasm"] as const).map((name) => {
            useBackend(name);
            return calls.map((call) => call().data);
          });
          const [expected, ...others] = results;
          for (const found of others)
            expect(found.map((data, i) => firstDifference(data, expected![i]!))).toEqual(calls.map(() => -1));
        } finally {
          config.profile = before;
          useBackend("auto");
        }
      },
    ),
    { numRuns: 200 },
  );
});
