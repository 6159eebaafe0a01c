import { describe, expect, it } from "vitest";
import { data, numpy as jnp, random } from "../src/index.ts";
import * as fc from "fast-check";
import { onEachBackend } from "./backends.ts";

const X = jnp.arange(20).reshape([10, 2]);
const Y = jnp.arange(10);

function labels(options: data.BatchOptions): unknown[] {
  return Array.from(data.batches([X, Y], options), ([, y]) => y.tolist());
}

describe("data.batches", () => {
  it("cuts arrays in order, the rows of each together", () => {
    const all = [...data.batches([X, Y], { batchSize: 4 })];
    expect(all.map(([x, y]) => [x.shape, y.tolist()])).toEqual([
      [
        [4, 2],
        [0, 1, 2, 3],
      ],
      [
        [4, 2],
        [4, 5, 6, 7],
      ],
    ]);
    expect(all[1]![0].slice(0).tolist()).toEqual([8, 9]);
  });

  it("keeps what makes no full batch where it is told to", () => {
    expect(labels({ batchSize: 4, dropRemainder: false })).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
    expect(labels({ batchSize: 40, dropRemainder: false })).toEqual([Y.tolist()]);
  });

  it("gives objects for an object, and keeps dtypes", () => {
    const pixels = Uint8Array.of(1, 2, 3, 4);
    const [first] = data.batches({ pixels, y: Y.slice(":4") }, { batchSize: 2 });
    expect(first!.pixels.dtype).toBe("uint8");
    expect([first!.pixels.tolist(), first!.y.tolist()]).toEqual([
      [1, 2],
      [0, 1],
    ]);
  });

  it("has no end with epochs: Infinity", () => {
    let count = 0;
    for (const _ of data.batches([Y], { batchSize: 5, epochs: Infinity })) if (++count === 7) break;
    expect(count).toBe(7);
  });

  it("does not change the arrays, nor the key", () => {
    const key = random.key(3);
    const run = (): unknown[] => labels({ batchSize: 5, shuffle: key, epochs: 2 });
    expect(run()).toEqual(run());
    expect(Y.tolist()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("every example once an epoch, each epoch in another order, whatever the sizes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }), fc.nat(), (n, batchSize, seed) => {
        const rows = jnp.arange(n);
        const options = { batchSize, shuffle: random.key(seed), dropRemainder: false, epochs: 2 };
        const seen = Array.from(data.batches([rows], options), ([row]) => row.tolist() as number[]);
        const perEpoch = Math.ceil(n / batchSize);
        expect(seen).toHaveLength(2 * perEpoch);
        for (const epoch of [0, 1]) {
          const order = seen.slice(epoch * perEpoch, (epoch + 1) * perEpoch).flat();
          expect(order).toEqual(random.permutation(random.foldIn(random.key(seed), epoch), n).tolist());
        }
      }),
      { numRuns: 50 },
    );
  });

  it("goes on where it stopped: the batches after epoch e and step s are those of a run from the start", () => {
    const options = { batchSize: 3, shuffle: random.key(1), epochs: 3 };
    const all = labels(options);
    for (const [startEpoch, startStep, done] of [
      [0, 2, 2],
      [1, 0, 3],
      [2, 1, 7],
      [2, 3, 9],
      [3, 0, 9],
    ] as const)
      expect(labels({ ...options, startEpoch, startStep })).toEqual(all.slice(done));
  });

  it.each([
    [
      "one array alone",
      () => data.batches(X as never, { batchSize: 2 }),
      TypeError,
      /"arrays" expected a list or an object of arrays/,
    ],
    ["no array", () => data.batches([], { batchSize: 2 }), TypeError, /at least one array/],
    [
      "sizes that differ",
      () => data.batches([X, Y.slice(":5")], { batchSize: 2 }),
      RangeError,
      /one first size, got \[10, 2\] and \[5\] at 1/,
    ],
    ["a scalar", () => data.batches([5], { batchSize: 1 }), RangeError, /one first size/],
    ["no options", () => data.batches([X], undefined as never), TypeError, /"options" expected an object/],
    ["no batch size", () => data.batches([X], {} as never), TypeError, /"batchSize" expected a number, got undefined/],
    [
      "batches of nothing",
      () => data.batches([X], { batchSize: 0 }),
      RangeError,
      /"batchSize" expected a whole number from 1, got 0/,
    ],
    [
      "batches that are never full",
      () => data.batches([X], { batchSize: 11 }),
      RangeError,
      /at most the 10 examples.*dropRemainder: false/,
    ],
    ["a seed for a key", () => data.batches([X], { batchSize: 2, shuffle: 0 as never }), TypeError, /key/],
    [
      "half an epoch",
      () => data.batches([X], { batchSize: 2, epochs: 0.5 }),
      RangeError,
      /"epochs" expected a whole number from 0/,
    ],
    [
      "a step before the start",
      () => data.batches([X], { batchSize: 2, startStep: -1 }),
      RangeError,
      /"startStep" expected/,
    ],
  ] as const)("%s: an error at the call", (_, run, type, message) => {
    expect(run).toThrow(type);
    expect(run).toThrow(message);
  });
});

onEachBackend("data.batches", () => {
  // [jax.random.permutation(jax.random.fold_in(jax.random.key(42), e), 10) for e in (0, 1)]
  it("has the order of JAX's permutation by the key and the epoch", () => {
    expect(labels({ batchSize: 10, shuffle: random.key(42), epochs: 2 })).toEqual([
      [1, 3, 9, 5, 0, 2, 6, 7, 4, 8],
      [2, 0, 4, 5, 7, 9, 6, 3, 1, 8],
    ]);
  });
});
