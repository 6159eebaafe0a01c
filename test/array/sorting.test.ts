import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numpy as jnp, random } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import type { DType } from "../../src/numpy.ts";

/** Float32 words that are special to sorts: zeros, subnormals, infinities and NaN of both signs, and neighbours. */
const WORDS = [
  0, 0x80000000, 1, 0x80000001, 0x007fffff, 0x807fffff, 0x00800000, 0x80800000, 0x3f800000, 0x3f800001, 0xbf800000,
  0x7f7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00000, 0x7fc00001,
];
const word = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }).filter((w) => (w & 0x7fffffff) <= 0x7f800000),
);

/** Sizes on both sides of where one sort takes over from another: 128 and 4096. */
const size = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(127, 128, 129, 300, 4095, 4096, 5000));

const DTYPES: readonly DType[] = [
  "float32",
  "bfloat16",
  "float16",
  "int32",
  "uint32",
  "uint16",
  "uint8",
  "int16",
  "int8",
  "bool",
];

/** A line of `n` elements, of few or many different ones. */
const line = fc
  .record({
    n: size,
    dtype: fc.constantFrom(...DTYPES),
    words: fc.array(word, { minLength: 1, maxLength: 60 }),
    step: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ n, dtype, words, step }) => {
    const own = Uint32Array.from(
      { length: n },
      (_, i) => words[(i * step) % words.length]! ^ (words.length > 30 && i % 3 === 0 ? i : 0),
    );
    if (dtype === "float32") return jnp.array(new Float32Array(own.buffer));
    if (dtype.startsWith("uint")) return jnp.array(own).astype(dtype);
    return dtype === "int32"
      ? jnp.array(new Int32Array(own.buffer))
      : jnp.array(new Float32Array(own.buffer)).astype(dtype);
  });

function order(x: NDArray, compare: (a: number, b: number) => number): number[] {
  const values = [...x.astype(x.dtype === "uint32" ? "uint32" : x.dtype.includes("float") ? "float32" : "int32").data];
  return values.map((_, i) => i).sort((a, b) => compare(values[a]!, values[b]!) || a - b);
}

const flush = (v: number): number => (Math.abs(v) < 2 ** -126 ? 0 : v);
const last = (v: number): number => (Number.isNaN(v) ? 1 : 0);

/** Ascending, NaN last; subnormals are zeros and zeros equal. */
function ascending(a: number, b: number): number {
  return last(a) - last(b) || (flush(a) < flush(b) ? -1 : flush(a) > flush(b) ? 1 : 0);
}

/** The bytes of the elements of `x` at `places`. */
function bytes(x: NDArray, places: readonly number[]): Uint8Array {
  const data = x.data.slice();
  places.forEach((place, i) => (data[i] = x.data[place]!));
  return new Uint8Array(data.buffer, 0, places.length * x.itemsize);
}

const bytesOf = (x: NDArray): Uint8Array => bytes(x, [...x.data.keys()]);

describe("sorts order as a comparing sort does", () => {
  it("argsort and sort, in both directions", () => {
    fc.assert(
      fc.property(line, (x) => {
        const up = order(x, ascending);
        expect([...x.argsort().data]).toEqual(up);
        expect([...x.argsort({ descending: true }).data]).toEqual(order(x, (a, b) => ascending(b, a)));
        expect(bytesOf(x.sort())).toEqual(bytes(x, up));
        expect(bytesOf(x.sort({ descending: true }))).toEqual(bytes(x, up.toReversed()));
      }),
      { numRuns: 150 },
    );
  });

  it("along any axis, each line as it would be sorted alone", () => {
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 24, maxLength: 24 }),
        fc.integer({ min: 0, max: 2 }),
        fc.boolean(),
        (words, axis, descending) => {
          const x = jnp.array(new Float32Array(Uint32Array.from(words).buffer)).reshape([2, 3, 4]);
          const lines = (y: NDArray): NDArray => jnp.moveaxis(y, axis, -1).reshape([-1, x.shape[axis]!]);
          expect(bytesOf(lines(x.sort({ axis, descending })))).toEqual(bytesOf(lines(x).sort({ descending })));
          expect(lines(x.argsort({ axis, descending })).tolist()).toEqual(lines(x).argsort({ descending }).tolist());
        },
      ),
    );
  });

  it("topK takes the greatest by their bits, a NaN of any sign before all, the first of equal ones", () => {
    fc.assert(
      fc.property(line, fc.nat(), (x, seed) => {
        const k = seed % (Math.min(x.size, 200) + 1);
        const wide = x.dtype.includes("float")
          ? new Int32Array(new Float32Array(x.astype("float32").data).buffer)
          : undefined;
        const keys =
          wide === undefined
            ? [...x.data]
            : [...wide].map((w) => ((w & 0x7fffffff) > 0x7f800000 ? 0x7fffffff : w < 0 ? w ^ 0x7fffffff : w));
        const places = keys
          .map((_, i) => i)
          .sort((a, b) => keys[b]! - keys[a]! || a - b)
          .slice(0, k);
        const [values, indices] = jnp.topK(x, k);
        expect([...indices.data]).toEqual(places);
        expect(bytesOf(values)).toEqual(bytes(x, places));
      }),
      { numRuns: 200 },
    );
  });

  it("topK of rising and falling rows, of which all or none displace the first", () => {
    for (const n of [33, 500, 5000]) {
      const rising = jnp.arange(n);
      const both = jnp.stack([rising, rising.mul(-1)]);
      const [, indices] = jnp.topK(both, 5);
      expect(indices.tolist()).toEqual([Array.from({ length: 5 }, (_, i) => n - 1 - i), [0, 1, 2, 3, 4]]);
    }
  });

  it("a permutation is the stable order of its bits, whatever the dtype", () => {
    const key = random.key(5);
    const places = random.permutation(key, 300).tolist() as number[];
    for (const dtype of DTYPES) {
      const x = random.bits(random.key(1), [300]).astype("float32").astype(dtype);
      expect(bytesOf(random.permutation(key, x))).toEqual(bytes(x, places));
    }
  });
});
