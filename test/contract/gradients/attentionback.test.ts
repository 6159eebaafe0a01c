import { describe, expect, it } from "vitest";
import type { AttentionCotangents, AttentionOptions, AttentionSizes } from "../../../src/base/index.ts";
import { firstDifference } from "../../bits.ts";
import { floats, words } from "../backends.ts";
import { createWasmGradients } from "../../../src/wasm/index.ts";
import { POOLS } from "../pools.ts";
import { core, expectSame, inputs, spread, wasm } from "./backends.ts";

/** On the memory of several threads, which share work of any size. */
const THREADED = POOLS.map((kernels) => createWasmGradients(kernels));
const MASKED = -3.4028234663852886e38;
const of = (...values: number[]): Float32Array => Float32Array.from(values);

function sizesOf(queries: number, keys: number, more: Partial<AttentionSizes> = {}): AttentionSizes {
  return { batch: 1, queries, keys, capacity: keys, heads: 1, kvHeads: 1, width: 1, valueWidth: 1, ...more };
}

/** What the kernel writes, with NaN where it writes nothing. */
function outputsOf(sizes: AttentionSizes, withScores: boolean): AttentionCotangents {
  const { batch, queries, keys, capacity, heads, kvHeads, width, valueWidth } = sizes;
  return {
    query: unwritten(batch * queries * heads * width),
    key: unwritten(batch * capacity * kvHeads * width),
    value: unwritten(batch * capacity * kvHeads * valueWidth),
    scores: withScores ? unwritten(batch * heads * queries * keys) : undefined,
  };
}

function unwritten(n: number): Float32Array {
  return new Float32Array(n).fill(NaN);
}

describe.each([core, wasm])("attentionBackF32 on $name", (kernels) => {
  const back = (
    ct: number[],
    query: number[],
    key: number[],
    value: number[],
    sizes: AttentionSizes,
    options: Partial<AttentionOptions> = {},
  ): Record<keyof AttentionCotangents, number[]> => {
    const out = outputsOf(sizes, true);
    const all = { scale: 1, masked: MASKED, ...options };
    kernels.attentionBackF32(of(...ct), of(...query), of(...key), of(...value), out, sizes, all, true);
    const entries = Object.entries(out).map(([name, array]) => [name, Array.from(array as Float32Array)]);
    return Object.fromEntries(entries) as Record<keyof AttentionCotangents, number[]>;
  };

  it("gives each value its weight, and each score its share of what its value would change", () => {
    // Two equal weights; the result moves by a quarter of the difference of the values for each score.
    expect(back([8], [0], [1, 1], [1, 3], sizesOf(1, 2))).toEqual({
      value: [4, 4],
      scores: [-4, 4],
      query: [0],
      key: [0, 0],
    });
  });

  it("scales what goes to queries and keys, and not what goes to the scores", () => {
    expect(back([8], [2], [3, 3], [1, 3], sizesOf(1, 2), { scale: 0.5 })).toEqual({
      value: [4, 4],
      scores: [-4, 4],
      query: [0],
      key: [-4, 4],
    });
  });

  it("gives nothing to masked scores, though their weights are not 0", () => {
    const mask = { data: new Uint8Array(2), batchStride: 0, headStride: 0 };
    expect(back([8], [2], [3, 5], [1, 3], sizesOf(1, 2), { mask })).toEqual({
      value: [4, 4],
      scores: [0, 0],
      query: [0],
      key: [0, 0],
    });
  });

  it("adds up heads that share a key, and leaves keys behind the first ones 0", () => {
    const sizes = sizesOf(1, 1, { heads: 2, capacity: 2 });
    expect(back([8, 16], [1, 1], [1, NaN], [1, NaN], sizes).value).toEqual([24, 0]);
  });

  it("carries a NaN to all that it touches, masked or not", () => {
    const mask = { data: Uint8Array.of(1, 0), batchStride: 0, headStride: 0 };
    const { query, key, value } = back([1], [1], [1, 1], [1, NaN], sizesOf(1, 2), { mask });
    expect([query, key, value]).toEqual([[NaN], [NaN, 0], [1, 0]]);
    expect(back([1], [1], [1, Infinity], [1, 1], sizesOf(1, 2), { mask }).query).toEqual([NaN]);
  });

  it("leaves out keys without a weight only where they add nothing", () => {
    const sizes = sizesOf(4, 8);
    const mask = {
      data: Uint8Array.from({ length: 32 }, (_, i) => (i % 8 < 4 ? 1 : 0)),
      batchStride: 0,
      headStride: 0,
    };
    const [small, ends] = [
      [1, 2, 3, 4],
      [1, 1, 1, 1, 1, 1, 1, Infinity],
    ];
    const ones = ends.map(() => 1);
    const none = [NaN, NaN, NaN, NaN];
    expect(back(small, small, ones, ones, sizes, { mask }).query).toEqual([0, 0, 0, 0]);
    expect(back(small, small, ones, ends, sizes, { mask }).query).toEqual(none);
    expect(back(small, small, ends, ones, sizes, { mask }).query).toEqual(none);
    expect(back([1, 2, 3, Infinity], small, ones, ones, sizes, { mask }).value.slice(4)).toEqual(none);
    expect(back(small, [1, 2, 3, Infinity], ones, ones, sizes, { mask }).key.slice(4)).toEqual(none);
    const multiplier = { ...mask, data: Float32Array.from({ length: 32 }, (_, i) => (i === 31 ? Infinity : 1)) };
    expect(back(small, small, ones, ones, sizes, { mask, multiplier }).value[7]).toBe(NaN);
  });

  it("gives a query the same bits whatever queries stand beside it", () => {
    const sizes = sizesOf(11, 37, { width: 9, valueWidth: 5 });
    const [ct, query, key, value] = [floats(55, 1), floats(99, 2), floats(333, 3), floats(185, 4)];
    const run = (first: number, queries: number): Float32Array => {
      const out = outputsOf(sizes, false);
      const rows = (x: Float32Array, n: number): Float32Array => x.slice(first * n, (first + queries) * n);
      const own = { ...sizes, queries };
      kernels.attentionBackF32(rows(ct, 5), rows(query, 9), key, value, out, own, { scale: 1, masked: MASKED }, true);
      return out.query.slice(0, queries * 9);
    };
    const whole = run(0, 11);
    for (let t = 0; t < 11; t++) expect(firstDifference(run(t, 1), whole.slice(t * 9, (t + 1) * 9))).toBe(-1);
  });
});

describe("attentionBackF32, core against WebAssembly", () => {
  it.each([
    ["at the edges of arithmetic", (count: number, n: number) => inputs(count, n)],
    ["of every size", (count: number, n: number) => spread(count, n)],
    ["that are ordinary", (count: number, n: number) => Array.from({ length: count }, (_, i) => floats(n, 3 * i + n))],
  ] as const)("has 0 differing bits %s", (_, draw) => {
    for (const sizes of SIZES)
      for (const parts of ["", "b", "m", "c", "d", "bmd", "cd", "bmds"]) {
        const { batch, queries, keys, capacity, heads, kvHeads, width, valueWidth } = sizes;
        const shared = parts.includes("s");
        const plane = queries * keys;
        const strides = shared ? { batchStride: 0, headStride: 0 } : { batchStride: heads * plane, headStride: plane };
        const n = shared ? plane : batch * heads * plane;
        const arrays = [
          batch * queries * heads * valueWidth,
          batch * queries * heads * width,
          batch * capacity * kvHeads * width,
          batch * capacity * kvHeads * valueWidth,
        ].map((length, i) => draw(i + 1, length)[i]!) as [Float32Array, Float32Array, Float32Array, Float32Array];
        const causal = Uint8Array.from({ length: plane }, (__, i) => (i % keys <= Math.floor(i / keys) ? 1 : 0));
        const options: AttentionOptions = {
          scale: Math.fround(0.35),
          masked: MASKED,
          bias: parts.includes("b") ? { data: draw(5, n)[4]!, ...strides } : undefined,
          mask: parts.includes("c")
            ? { data: causal, batchStride: 0, headStride: 0 }
            : parts.includes("m")
              ? { data: Uint8Array.from(words(n, 5), (word) => (word >> 7) & 1), ...strides }
              : undefined,
          multiplier: parts.includes("d")
            ? { data: Float32Array.from(words(n, 6), (word) => (word & 4 ? 1.25 : 0)), ...strides }
            : undefined,
        };
        for (const fused of [true, false])
          for (const scores of [parts !== "", false])
            expectSame(
              `${JSON.stringify(sizes)} ${parts} ${fused}`,
              (kernels) => {
                const out = outputsOf(sizes, scores);
                kernels.attentionBackF32(...arrays, out, sizes, options, fused);
                return [out.query, out.key, out.value, ...(out.scores ? [out.scores] : [])];
              },
              THREADED,
            );
      }
  });

  it("has 0 differing bits where queries come in blocks that threads share", () => {
    for (const [queries, keys] of [
      [70, 530],
      [37, 1100],
      [9, 3000],
    ] as const) {
      const [heads, kvHeads, width] = [6, 3, 5];
      const sizes = sizesOf(queries, keys, { heads, kvHeads, width, valueWidth: width });
      const [q, k] = [queries * heads * width, keys * kvHeads * width];
      const [ct, query, key, value] = [floats(q, 1), floats(q, 2), floats(k, 3), floats(k, 4)];
      for (const fused of [true, false])
        expectSame(
          `${queries}, ${keys}`,
          (kernels) => {
            const out = outputsOf(sizes, false);
            kernels.attentionBackF32(ct, query, key, value, out, sizes, { scale: 1, masked: MASKED }, fused);
            return [out.query, out.key, out.value];
          },
          THREADED,
        );
    }
  });

  it("has 0 differing bits where queries come in blocks", () => {
    for (const [queries, keys] of [
      [70, 530],
      [9, 9000],
    ] as const) {
      const sizes = sizesOf(queries, keys, { heads: 2, width: 3, valueWidth: 2 });
      const [ct, query, key, value] = [4, 6, 3, 2].map((n, i) => floats(n * (i < 2 ? queries : keys), i + 1)) as [
        Float32Array,
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      expectSame(`${queries}, ${keys}`, (kernels) => {
        const out = outputsOf({ ...sizes, kvHeads: 1 }, true);
        kernels.attentionBackF32(ct, query, key, value, out, sizes, { scale: 1, masked: MASKED }, true);
        return [out.query, out.key, out.value, out.scores!];
      });
    }
  });
});

const SIZES: readonly AttentionSizes[] = [
  sizesOf(1, 1),
  sizesOf(3, 2, { width: 2, valueWidth: 3 }),
  sizesOf(4, 7, { width: 7, valueWidth: 8 }),
  sizesOf(5, 8, { width: 8, valueWidth: 9, batch: 2 }),
  sizesOf(9, 17, { width: 5, valueWidth: 4, heads: 4, kvHeads: 2, batch: 2, capacity: 20 }),
  sizesOf(33, 33, { width: 16, valueWidth: 16, heads: 2, kvHeads: 2 }),
  sizesOf(6, 40, { width: 12, valueWidth: 20, heads: 3, kvHeads: 1 }),
];
