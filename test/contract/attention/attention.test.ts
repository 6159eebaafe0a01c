import { describe, expect, it } from "vitest";
import type { AttentionOptions, AttentionSizes } from "../../../src/base/index.ts";
import { LimitError } from "../../../src/base/index.ts";
import { createWasmKernels } from "../../../src/wasm/index.ts";
import { instantiate } from "../../../src/wasm/loader.ts";
import type { KernelExports, WasmMemory } from "../../../src/wasm/index.ts";
import { firstDifference } from "../../bits.ts";
import { BACKENDS, floats, FUSED_PRODUCTS, wasmKernels, words } from "../backends.ts";
import { withFamilies } from "../families.ts";
import { POOLS } from "../pools.ts";

/** Node 22 and later fuse multiply-adds; elsewhere these are the same kernels once more. */
const fusing = withFamilies(wasmKernels({ emulated: 0 }));
const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const MASKED = -3.4028234663852886e38;

interface Case {
  readonly sizes: AttentionSizes;
  readonly query: Float32Array;
  readonly key: Float32Array;
  readonly value: Float32Array;
  readonly options: AttentionOptions;
}

function sizesOf(queries: number, keys: number, more: Partial<AttentionSizes> = {}): AttentionSizes {
  return { batch: 1, queries, keys, capacity: keys, heads: 1, kvHeads: 1, width: 4, valueWidth: 4, ...more };
}

/**
 * A case with what `parts` names laid over the scores: shared by all, or a different one for each batch element and
 * head.
 */
function makeCase(sizes: AttentionSizes, parts: string, edges: boolean, shared = false): Case {
  const { batch, queries, keys, capacity, heads, kvHeads, width, valueWidth } = sizes;
  const plane = queries * keys;
  const strides = shared ? { batchStride: 0, headStride: 0 } : { batchStride: heads * plane, headStride: plane };
  const n = shared ? plane : batch * heads * plane;
  return {
    sizes,
    query: floats(batch * queries * heads * width, 1, edges),
    key: floats(batch * capacity * kvHeads * width, 2, edges),
    value: floats(batch * capacity * kvHeads * valueWidth, 3, edges),
    options: {
      scale: Math.fround(0.35),
      masked: MASKED,
      bias: parts.includes("b") ? { data: floats(n, 4, edges), ...strides } : undefined,
      mask: parts.includes("m")
        ? { data: Uint8Array.from(words(n, 5), (word) => (word >> 7) & 1), ...strides }
        : undefined,
      multiplier: parts.includes("d")
        ? { data: Float32Array.from(words(n, 6), (word) => (word & 4 ? 1.25 : 0)), ...strides }
        : undefined,
    },
  };
}

function run(
  kernels: typeof core,
  { sizes, query, key, value, options }: Case,
  fused: boolean,
): [out: Float32Array, weights: Float32Array] {
  const { batch, queries, keys, heads, valueWidth } = sizes;
  const out = new Float32Array(batch * queries * heads * valueWidth).fill(NaN);
  const weights = new Float32Array(batch * heads * queries * keys).fill(NaN);
  kernels.attentionF32(query, key, value, out, sizes, { ...options, weights }, fused);
  const alone = new Float32Array(out.length).fill(NaN);
  kernels.attentionF32(query, key, value, alone, sizes, options, fused);
  expect(firstDifference(out, alone), "asking for the weights changes the output").toBe(-1);
  return [out, weights];
}

function compare(what: Case): void {
  for (const fused of [true, false]) {
    const [expected, expectedWeights] = run(core, what, fused);
    const name = JSON.stringify(what.sizes);
    for (const kernels of fused ? [wasm, fusing, ...POOLS] : [wasm, ...POOLS]) {
      const [out, weights] = run(kernels, what, fused);
      expect(firstDifference(expectedWeights, weights), `weights of ${name}, fused ${fused}`).toBe(-1);
      expect(firstDifference(expected, out), `outputs of ${name}, fused ${fused}`).toBe(-1);
    }
  }
}

describe.each(BACKENDS)("attentionF32 on $name", (kernels) => {
  const attend = (
    query: number[],
    key: number[],
    value: number[],
    sizes: AttentionSizes,
    options: Partial<AttentionOptions> = {},
  ): Float32Array => {
    const out = new Float32Array(sizes.batch * sizes.queries * sizes.heads * sizes.valueWidth).fill(NaN);
    kernels.attentionF32(
      Float32Array.from(query),
      Float32Array.from(key),
      Float32Array.from(value),
      out,
      sizes,
      { scale: 1, masked: MASKED, ...options },
      true,
    );
    return out;
  };
  const one = { width: 1, valueWidth: 1 };

  it("weighs values by e^score over the sum of all", () => {
    expect(Array.from(attend([0], [1, 2, 3, 4], [1, 2, 3, 6], sizesOf(1, 4, one)))).toEqual([3]);
    expect(Array.from(attend([100], [0, 5, 0], [1, 2, 3], sizesOf(1, 3, one)))).toEqual([2]);
  });

  it("scales first, then adds the bias, then masks", () => {
    const overlay = { batchStride: 0, headStride: 0 };
    const bias = { data: Float32Array.of(0, 500, 500), ...overlay };
    const mask = { data: Uint8Array.of(1, 1, 0), ...overlay };
    expect(
      Array.from(attend([1], [1000, 1, 1000], [1, 2, 3], sizesOf(1, 3, one), { scale: 0.25, bias, mask })),
    ).toEqual([2]);
  });

  it("spreads a fully masked row evenly, and gives zeros where there are no keys", () => {
    const mask = { data: new Uint8Array(4), batchStride: 0, headStride: 0 };
    expect(Array.from(attend([1], [9, 1, 2, 3], [1, 2, 3, 6], sizesOf(1, 4, one), { mask }))).toEqual([3]);
    expect(Array.from(attend([1, 2], [], [], sizesOf(2, 0, one)))).toEqual([0, 0]);
  });

  it("carries NaN and infinities as arithmetic has them, to their own row only", () => {
    const out = attend([NaN, 1, Infinity], [1, 1], [3, 5], sizesOf(3, 2, one));
    expect(Array.from(out)).toEqual([NaN, 4, NaN]);
    expect(Array.from(attend([1], [1, 1], [Infinity, 5], sizesOf(1, 2, one)))).toEqual([Infinity]);
    const mask = { data: Uint8Array.of(1, 0), batchStride: 0, headStride: 0 };
    expect(Array.from(attend([1], [1, 1], [1, Infinity], sizesOf(1, 2, one), { mask }))).toEqual([NaN]);
  });

  it("reads the first keys of a longer store", () => {
    const sizes = sizesOf(1, 2, { ...one, batch: 2, capacity: 4 });
    expect(Array.from(attend([0, 0], [0, 0, 9, 9, 0, 0, 9, 9], [1, 3, NaN, NaN, 5, 7, NaN, NaN], sizes))).toEqual([
      2, 6,
    ]);
  });

  it("gives a row the same bits whatever rows stand beside it", () => {
    const sizes = sizesOf(11, 37, { heads: 2, kvHeads: 1, width: 9, valueWidth: 37 });
    const whole = makeCase(sizes, "bm", false);
    const [expected] = run(kernels, whole, true);
    for (let t = 0; t < 11; t++) {
      const row = 2 * 9;
      const one = { ...sizes, queries: 1 };
      const overlay = <Data extends Float32Array | Uint8Array>(data: Data): Data => {
        const rows = [0, 1].map((h) => data.subarray((h * 11 + t) * 37, (h * 11 + t + 1) * 37));
        const both = data.slice(0, 74) as Data;
        rows.forEach((part, h) => both.set(part, h * 37));
        return both;
      };
      const options = {
        ...whole.options,
        bias: { data: overlay(whole.options.bias!.data), batchStride: 0, headStride: 37 },
        mask: { data: overlay(whole.options.mask!.data), batchStride: 0, headStride: 37 },
      };
      const [out] = run(
        kernels,
        { ...whole, sizes: one, query: whole.query.subarray(t * row, (t + 1) * row), options },
        true,
      );
      expect(firstDifference(expected.subarray(t * 74, (t + 1) * 74), out), `row ${t}`).toBe(-1);
    }
  });
});

describe("attentionF32, core against WebAssembly", () => {
  const EDGE_SIZES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65];

  it("has 0 differing bits at every number of keys and queries", () => {
    for (const keys of [...EDGE_SIZES, 127, 128, 129, 251]) {
      for (const queries of [1, 3, 4, 6])
        compare(makeCase(sizesOf(queries, keys, { width: 5, valueWidth: 7 }), "bm", keys % 2 === 0));
    }
    for (const queries of EDGE_SIZES) compare(makeCase(sizesOf(queries, 9), "", queries % 2 === 0));
  });

  it("has 0 differing bits at every width of a head", () => {
    for (const width of EDGE_SIZES) {
      for (const queries of [1, 5])
        compare(
          makeCase(sizesOf(queries, 11, { width, valueWidth: width, heads: 4, kvHeads: 2 }), "m", width % 2 === 0),
        );
    }
    compare(makeCase(sizesOf(3, 5, { width: 3, valueWidth: 40 }), "", false));
    compare(makeCase(sizesOf(3, 5, { width: 40, valueWidth: 3 }), "", false));
  });

  it("has 0 differing bits with grouped heads, batches, longer stores and every overlay, shared or not", () => {
    for (const parts of ["", "b", "m", "d", "bmd"]) {
      for (const shared of [false, true]) {
        for (const edges of [false, true]) {
          compare(
            makeCase(
              sizesOf(6, 13, { batch: 3, capacity: 17, heads: 6, kvHeads: 2, width: 6, valueWidth: 10 }),
              parts,
              edges,
              shared,
            ),
          );
        }
      }
    }
  });

  it("has 0 differing bits where a mask hides the keys to come, all keys, or the first, with any values", () => {
    for (const [queries, keys] of [
      [8, 8],
      [13, 13],
      [32, 32],
      [35, 67],
      [67, 35],
    ] as const) {
      for (const edges of [false, true]) {
        const what = makeCase(sizesOf(queries, keys, { batch: 2, heads: 2, width: 4, valueWidth: 11 }), "", edges);
        const visible = [
          (t: number, s: number) => s <= t,
          () => false,
          (t: number, s: number) => s >= t,
          (t: number, s: number) => s === 9 && t !== 5,
        ];
        for (const sees of visible) {
          const data = Uint8Array.from({ length: queries * keys }, (_, i) =>
            sees(Math.floor(i / keys), i % keys) ? 1 : 0,
          );
          compare({ ...what, options: { ...what.options, mask: { data, batchStride: 0, headStride: 0 } } });
        }
      }
    }
  });

  it("has 0 differing bits where products of values underflow below 0, and hidden keys add zeros", () => {
    const [keys, valueWidth] = [13, 19];
    const what = makeCase(sizesOf(8, keys, { valueWidth }), "", false);
    what.query.fill(0);
    for (const hiddenValues of [[1], [-1], [0], [-0], [-1, -1, 2 ** -149], [-1, -1, -1, -1, -1, 1], [-1, Infinity]]) {
      for (let row = 0; row < 8; row++) {
        // One column of one row is -0 before the hidden keys: three keys weigh a third each, a fourth one is masked.
        for (let column = row % 4; column < valueWidth; column += 3) {
          const value = Float32Array.from({ length: keys * valueWidth }, (_, i) => {
            const s = Math.floor(i / valueWidth);
            if (s >= 4) return hiddenValues[s % hiddenValues.length]!;
            return s > 0 && i % valueWidth === column ? -(2 ** -149) : 1;
          });
          const data = Uint8Array.from({ length: 8 * keys }, (_, i) => (i % keys < (i === row * keys ? 0 : 4) ? 1 : 0));
          const mask = { data, batchStride: 0, headStride: 0 };
          compare({ ...what, value, options: { ...what.options, mask } });
        }
      }
    }
  });

  it("has 0 differing bits from the greatest score down to where e^x is 0", () => {
    const keys = 65_537;
    const what = makeCase(sizesOf(1, keys, { width: 1, valueWidth: 1 }), "", false);
    const key = Float32Array.from({ length: keys }, (_, i) => (i * -100) / keys);
    compare({ ...what, query: Float32Array.of(1), key, options: { ...what.options, scale: 1 } });
  });

  it("has 0 differing bits for scales of every size, a subnormal one among them", () => {
    for (const scale of [0, -0.5, 1e-40, 1e-30, 1e30, Infinity, NaN]) {
      const what = makeCase(sizesOf(5, 19, { width: 5 }), "bm", true);
      compare({ ...what, options: { ...what.options, scale: Math.fround(scale) } });
    }
  });

  it("has 0 differing bits where a score is NaN and a mask hides the first or the last keys", () => {
    for (const sees of [(s: number) => s < 9, (s: number) => s >= 40]) {
      const what = makeCase(sizesOf(9, 53, { width: 4 }), "", false);
      const data = Uint8Array.from({ length: 9 * 53 }, (_, i) => (sees(i % 53) ? 1 : 0));
      what.query[8] = NaN;
      compare({ ...what, options: { ...what.options, mask: { data, batchStride: 0, headStride: 0 } } });
    }
  });

  it("has 0 differing bits for several heads at a time, with few rows and many", () => {
    for (const parts of ["", "bmd"]) {
      for (const [queries, keys] of [
        [3, 33],
        [9, 1100],
        [33, 700],
      ] as const)
        compare(makeCase(sizesOf(queries, keys, { heads: 6, kvHeads: 2, width: 3, valueWidth: 9 }), parts, false));
    }
  });

  it("has 0 differing bits where the query rows are taken in several blocks", () => {
    compare(makeCase(sizesOf(301, 1031, { batch: 2, heads: 2, width: 3, valueWidth: 2 }), "bmd", false, true));
  });
});

// Twins of modules are not linked with a memory that is none.
describe.skipIf(FUSED_PRODUCTS)("attention on WebAssembly whose memory does not grow", () => {
  it("is a LimitError where the keys do not fit, and the next call works", () => {
    let real: WasmMemory;
    const limited = createWasmKernels(undefined, (module) => {
      const { memory, ...exports } = instantiate(module) as KernelExports;
      real = memory;
      const refuse = (pages: number): number => {
        if (pages > 16) throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
        return memory.grow(pages);
      };
      return {
        ...exports,
        memory: {
          get buffer() {
            return memory.buffer;
          },
          grow: refuse,
        },
      } as KernelExports;
    });
    const kernels = withFamilies(limited, (module) => instantiate(module, real));
    const run = (keys: number): Float32Array => {
      const { sizes, query, key, value, options } = makeCase(
        sizesOf(1, keys, { width: 64, valueWidth: 64 }),
        "",
        false,
      );
      const out = new Float32Array(64);
      kernels.attentionF32(query, key, value, out, sizes, options, true);
      return out;
    };
    expect(() => run(65_536)).toThrow(LimitError);
    const what = makeCase(sizesOf(1, 8, { width: 64, valueWidth: 64 }), "", false);
    expect(firstDifference(run(8), answer(what))).toBe(-1);
  });
});

function answer({ sizes, query, key, value, options }: Case): Float32Array {
  const out = new Float32Array(64);
  core.attentionF32(query, key, value, out, sizes, options, true);
  return out;
}
