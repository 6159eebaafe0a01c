import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { config, nnx, numpy as jnp, random } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

/** Shapes whose arrays stand on both sides of where copies change: 4 rows, runs of 16, 256 elements. */
const shape = fc.array(fc.integer({ min: 1, max: 21 }), { minLength: 1, maxLength: 3 });
const dtype = fc.constantFrom("float32", "int32", "uint16", "bfloat16", "int8", "bool");

/** The element of `x` at `place`, by the definition of row-major. */
function at(x: NDArray, place: readonly number[]): number {
  return x.data[place.reduce((sum, i, axis) => sum * x.shape[axis]! + i, 0)]!;
}

/** The words of float32 elements. */
function bits(x: NDArray): number[] {
  return [...new Uint32Array(x.data.buffer, x.data.byteOffset, x.size)];
}

/** Every place of `x`'s shape. */
function places(x: NDArray): number[][] {
  return Array.from(
    { length: x.size },
    (_, i) =>
      x.shape.reduceRight<[number[], number]>(
        ([place, rest], n) => [[rest % n, ...place], Math.floor(rest / n)],
        [[], i],
      )[0],
  );
}

/** Whether each element of `y` is the one of `x` that `source` names, or zero where that is undefined. */
function expectMoved(y: NDArray, x: NDArray, source: (place: number[]) => number[] | undefined): void {
  const wanted = places(y).map((place) => {
    const from = source(place);
    return from === undefined ? 0 : at(x, from);
  });
  expect([...y.data]).toEqual(wanted);
}

describe("elements are moved to where the definition puts them", () => {
  it("transpose, roll, flip, tile, repeat, pad, tril, triu, slices and places", () => {
    fc.assert(
      fc.property(shape, dtype, fc.nat(), fc.integer({ min: -30, max: 30 }), (sizes, kind, seed, shift) => {
        const x = random
          .bits(random.key(seed % 1000), sizes)
          .astype("int32")
          .mod(200)
          .astype(kind);
        const rank = sizes.length;
        const axis = seed % rank;
        const along = (place: number[], i: number): number[] => place.map((one, j) => (j === axis ? i : one));
        const n = sizes[axis]!;
        const order = random.permutation(random.key(seed % 7), rank).tolist() as number[];
        expectMoved(x.transpose(order), x, (place) => order.map((_, a) => place[order.indexOf(a)]!));
        expectMoved(jnp.roll(x, shift, axis), x, (place) => along(place, (((place[axis]! - shift) % n) + n) % n));
        expectMoved(jnp.flip(x, axis), x, (place) => along(place, n - 1 - place[axis]!));
        expectMoved(
          jnp.tile(
            x,
            sizes.map((_, i) => (i === axis ? 3 : 1)),
          ),
          x,
          (place) => along(place, place[axis]! % n),
        );
        expectMoved(x.repeat(2, axis), x, (place) => along(place, place[axis]! >> 1));
        expectMoved(
          jnp.pad(
            x,
            sizes.map((_, i) => [i, 2] as const),
          ),
          x,
          (place) => (place.every((p, i) => p >= i && p < i + sizes[i]!) ? place.map((p, i) => p - i) : undefined),
        );
        if (rank > 1) {
          expectMoved(jnp.tril(x, shift % 5), x, (place) =>
            place[rank - 1]! - place[rank - 2]! <= shift % 5 ? place : undefined,
          );
          expectMoved(jnp.triu(x, shift % 5), x, (place) =>
            place[rank - 1]! - place[rank - 2]! >= shift % 5 ? place : undefined,
          );
        }
        const chosen = [n - 1, 0, n >> 1];
        expectMoved(x.slice(...sizes.slice(0, axis).map(() => ":" as const), chosen), x, (place) =>
          along(place, chosen[place[axis]!]!),
        );
        expectMoved(x.slice("...", "::-2"), x, (place) =>
          place.map((p, i) => (i === rank - 1 ? sizes[i]! - 1 - 2 * p : p)),
        );
        expect(jnp.argwhere(x).tolist()).toEqual(places(x).filter((place) => at(x, place) !== 0));
      }),
    );
  });

  it("tile and flip of all axes, broadcasts that fill rows, and repeats", () => {
    fc.assert(
      fc.property(shape, dtype, fc.nat(300), (sizes, kind, count) => {
        const size = sizes.reduce((product, n) => product * n, 1);
        const x = jnp.arange(size).astype("int32").mod(200).astype(kind).reshape(sizes);
        const times = sizes.map((_, i) => 1 + ((count >> i) % 3));
        expectMoved(jnp.tile(x, [2, ...times]), x, ([, ...place]) => place.map((one, axis) => one % sizes[axis]!));
        expectMoved(jnp.flip(x), x, (place) => place.map((one, axis) => sizes[axis]! - 1 - one));
        const long = count % 150;
        const last = jnp.broadcastTo(x.reshape([...sizes, 1]), [...sizes, long]);
        expectMoved(last, x, (place) => place.slice(0, -1));
        expectMoved(jnp.broadcastTo(x, [long % 20, ...sizes]), x, (place) => place.slice(1));
        const axis = count % sizes.length;
        const repeated = jnp.repeat(x, long % 20, axis);
        expect(repeated.shape).toEqual(sizes.map((n, i) => (i === axis ? n * (long % 20) : n)));
        expectMoved(repeated, x, (place) => place.map((one, i) => (i === axis ? Math.floor(one / (long % 20)) : one)));
      }),
      { numRuns: 15 },
    );
  });

  it("flip, tile and broadcasts keep the bits of a NaN", () => {
    const words = Uint32Array.from({ length: 40 }, (_, i) => 0x7f800001 + i * 0x10001);
    const x = jnp.array(new Float32Array(words.buffer));
    expect(bits(jnp.flip(x))).toEqual([...words].toReversed());
    expect(bits(jnp.tile(x, 2))).toEqual([...words, ...words]);
    expect(bits(jnp.repeat(x, 9))).toEqual([...words].flatMap((word) => Array.from({ length: 9 }, () => word)));
  });
});

afterEach(() => {
  config.threefryPartitionable = true;
});

describe("draws that are compared, not computed", () => {
  it("bernoulli is uniform < p", () => {
    for (const p of [0, 2 ** -23, 0.1, 0.5, 1 - 2 ** -23, 1, 2, -1, NaN]) {
      const key = random.key(3);
      expect(random.bernoulli(key, p, [3000]).tolist()).toEqual(
        (random.uniform(key, [3000]).tolist() as number[]).map((u) => u < Math.fround(p)),
      );
    }
  });

  it("dropout keeps quotients or puts zeros, in every float dtype", () => {
    for (const kind of ["float32", "bfloat16", "float16"] as const) {
      const x = random.normal(random.key(1), [700]).astype(kind);
      const key = random.key(2);
      const y = new nnx.Dropout(0.3)(x, { rngs: key });
      const mask = random.bernoulli(key, 0.7, [700]);
      expect(y.dtype).toBe(kind);
      expect([...y.data]).toEqual([...x.div(0.7).data].map((v, i) => (mask.data[i] === 0 ? 0 : v)));
    }
  });

  it("sampleLogits draws what categorical draws where the others are -Infinity, ties and all", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.nat(1000),
        fc.boolean(),
        fc.boolean(),
        (k, seed, coarse, partitionable) => {
          config.threefryPartitionable = partitionable;
          const drawn = random.normal(random.key(seed), [3, 40]).mul(3);
          const logits = coarse ? jnp.round(drawn) : drawn;
          const [, kept] = jnp.topK(logits, k);
          const inside = jnp.stack((kept.tolist() as number[][]).map((row) => jnp.isin(jnp.arange(40), row)));
          const key = random.key(seed + 1);
          expect(random.sampleLogits(key, logits, { topK: k }).tolist()).toEqual(
            random.categorical(key, jnp.where(inside, logits, -Infinity)).tolist(),
          );
        },
      ),
    );
  });
});
