import { describe, expect, it } from "vitest";
import type { Windows } from "../../../src/base/index.ts";
import { firstDifference } from "../../bits.ts";
import { BACKENDS, floats, FUSED_PRODUCTS } from "../backends.ts";
import { elementsIn, GEOMETRIES, windowsOf } from "../inputs.ts";
import { POOLS } from "../pools.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const { fround } = Math;

/** What the window sees at each place, as rows. */
function gathered(x: Float32Array, { lines, places, step, runs, run }: Windows): Float32Array {
  const rows: number[] = [];
  for (const line of lines) {
    for (let t = 0; t < places; t++)
      for (const from of runs) for (let i = 0; i < run; i++) rows.push(x[line + t * step + from + i]!);
  }
  return Float32Array.from(rows);
}

describe.each(BACKENDS)("convolveF32 on $name", (kernels) => {
  it("has the bits of the gathered rows times the kernel, the bias added after it", () => {
    for (const windows of GEOMETRIES.slice(0, 6)) {
      const x = floats(elementsIn(windows), 1, true);
      const n = windows.runs.length * windows.run;
      const rows = windows.lines.length * windows.places;
      for (const m of [1, 3, 4, 5, 9, 33]) {
        const w = floats(n * m, 2);
        const product = new Float32Array(rows * m);
        core.matmulF32(gathered(x, windows), w, undefined, product, rows, false);
        const out = new Float32Array(rows * m).fill(7);
        kernels.convolveF32(x, w, undefined, out, windows, false);
        expect(firstDifference(out, product), `${rows} x ${n} x ${m}`).toBe(-1);
        const bias = floats(m, 3);
        kernels.convolveF32(x, w, bias, out, windows, false);
        const biased = product.map((y, i) => fround(fround(y) + bias[i % m]!));
        const differing = out.filter(
          (y, i) => !Object.is(y, biased[i]) && Math.abs(biased[i]!) >= 2 ** -126 && Math.abs(product[i]!) >= 2 ** -126,
        );
        expect(differing, `${rows} x ${n} x ${m} plus bias`).toHaveLength(0);
      }
    }
  });

  it("keeps subnormals in the sum and flushes them where the bias is added", () => {
    const windows = windowsOf(1, 0, 1, 1, 1, 1);
    const out = new Float32Array(1);
    kernels.convolveF32(Float32Array.of(2 ** -140), Float32Array.of(1), undefined, out, windows, false);
    expect(out[0]).toBe(2 ** -140);
    kernels.convolveF32(
      Float32Array.of(2 ** -140),
      Float32Array.of(1),
      Float32Array.of(2 ** -140),
      out,
      windows,
      false,
    );
    expect(out[0]).toBe(0);
    kernels.convolveF32(
      Float32Array.of(-(2 ** -140)),
      Float32Array.of(1),
      Float32Array.of(-(2 ** -130)),
      out,
      windows,
      false,
    );
    expect(out[0]).toBe(-0);
  });
});

describe("convolveF32, core against WebAssembly", () => {
  it("has 0 differing bits, kept or not", () => {
    for (const windows of GEOMETRIES) {
      const rows = windows.lines.length * windows.places;
      for (const m of rows > 2000 ? [6] : [1, 2, 4, 7, 16, 31, 32, 33, 60]) {
        for (const edges of [false, true]) {
          const x = floats(elementsIn(windows), m, edges);
          const w = floats(windows.runs.length * windows.run * m, m + 1, edges);
          const bias = floats(m, m + 2, edges);
          const [a, b] = [new Float32Array(rows * m), new Float32Array(rows * m)];
          core.convolveF32(x, w, bias, a, windows, false);
          // An immutable matrix is packed at its second use.
          for (const kernels of [wasm, ...POOLS])
            for (const immutable of [false, true, true, true, false]) {
              kernels.convolveF32(x, w, bias, b.fill(7), windows, immutable);
              expect(firstDifference(a, b), `${rows} places of ${m}`).toBe(-1);
            }
        }
      }
    }
  });

  it("has 0 differing bits where places follow one another and the array goes on behind the last", () => {
    for (const left of [0, 1, 5, 40]) {
      const windows = windowsOf(1, 0, 5, 8, 1, 8);
      const [x, w] = [floats(40 + left, 1), floats(8 * 6, 2)];
      const [a, b] = [new Float32Array(5 * 6), new Float32Array(5 * 6)];
      core.convolveF32(x, w, undefined, a, windows, false);
      for (const immutable of [false, true, true]) {
        wasm.convolveF32(x, w, undefined, b.fill(7), windows, immutable);
        expect(firstDifference(a, b), `${left} elements behind`).toBe(-1);
      }
    }
  });

  it("has the bits of the gathered rows where there are more terms than a block of a product has", () => {
    // Blocks end between runs, within one, and within the only one.
    for (const [height, run] of [
      [9, 512],
      [3, 1536],
      [5, 1001],
      [1, 9000],
    ] as const) {
      const windows = windowsOf(2, 3 * run, 2, run, height, run);
      const x = floats(elementsIn(windows), run);
      const w = floats(height * run * 5, 3);
      const bias = floats(5, 4);
      const expected = new Float32Array(4 * 5);
      core.matmulF32(gathered(x, windows), w, bias, expected, 4, false);
      for (const [kernels, immutable] of [
        [core, false],
        [wasm, false],
        [wasm, true],
        [wasm, true],
        [wasm, true],
        [wasm, false],
        ...POOLS.flatMap((kernels) => [true, true, true, false].map((kept) => [kernels, kept] as const)),
      ] as const) {
        const out = new Float32Array(4 * 5).fill(7);
        kernels.convolveF32(x, w, bias, out, windows, immutable);
        expect(firstDifference(expected, out), `${height} runs of ${run}`).toBe(-1);
      }
    }
  });

  it("reads a matrix afresh that is no longer immutable", () => {
    const windows = windowsOf(2, 10, 3, 2, 2, 2);
    const x = floats(elementsIn(windows), 1);
    const w = floats(4 * 5, 2);
    const [a, b] = [new Float32Array(6 * 5), new Float32Array(6 * 5)];
    for (let i = 0; i < 3; i++) wasm.convolveF32(x, w, undefined, a, windows, true);
    w.fill(2);
    wasm.convolveF32(x, w, undefined, a, windows, false);
    core.convolveF32(x, w, undefined, b, windows, false);
    expect(firstDifference(a, b)).toBe(-1);
  });

  it("reads a matrix afresh whose columns are cut into other groups", () => {
    const windows = windowsOf(2, 40, 3, 8, 2, 2);
    const [x, w] = [floats(elementsIn({ ...windows, run: 8 }), 1), floats(4 * 12, 2)];
    const [a, b] = [new Float32Array(6 * 12), new Float32Array(6 * 12)];
    for (const groups of [1, 3, 3, 4, 4, 1, 1]) {
      core.convolveF32(x, w, undefined, a, windows, false, groups);
      wasm.convolveF32(x, w, undefined, b, windows, true, groups);
      expect(firstDifference(a, b)).toBe(-1);
    }
  });
});

/** Columns `from` to `from + count` - 1 of a matrix with `m`. */
function columns(x: Float32Array, m: number, from: number, count: number): Float32Array {
  return Float32Array.from(
    { length: (x.length / m) * count },
    (_, i) => x[Math.floor(i / count) * m + from + (i % count)]!,
  );
}

// The emulation takes minutes, to compare itself with itself.
describe.each(FUSED_PRODUCTS ? [wasm, ...POOLS] : [...BACKENDS, ...POOLS])(
  "groups of convolveF32 on $name",
  (kernels) => {
    it("have the bits of convolutions of their own, whatever their number and width", () => {
      for (const [places, run, height] of [
        [5, 1, 2],
        [7, 3, 3],
        [16, 4, 1],
        [33, 8, 3],
        [6, 1500, 3],
        [3, 70, 40],
      ] as const) {
        for (const groups of run > 50 ? [3] : [2, 3, 8]) {
          for (const width of [1, 2, 3, 4, 5, 8, 9, 13, 16, 35]) {
            const all = groups * run;
            const m = groups * width;
            const windows = { ...windowsOf(2, (places + 1) * all, places, all, height, run) };
            const n = height * run;
            const x = floats(elementsIn({ ...windows, run: all }), m, width === 5);
            const [w, bias] = [floats(n * m, 2), floats(m, 3, width === 9)];
            for (const given of [undefined, bias]) {
              const out = new Float32Array(2 * places * m).fill(7);
              for (let call = 0; call < (given ? 1 : 3); call++)
                kernels.convolveF32(x, w, given, out, windows, call > 0 || given !== undefined, groups);
              for (let g = 0; g < groups; g++) {
                const expected = new Float32Array(2 * places * width);
                const [own, of] = [columns(w, m, g * width, width), given?.subarray(g * width, (g + 1) * width)];
                core.convolveF32(x.subarray(g * run), own, of, expected, windows, false);
                const difference = firstDifference(columns(out, m, g * width, width), expected);
                expect(difference, `${places} places, ${n} x ${width}, group ${g} of ${groups}`).toBe(-1);
              }
            }
          }
        }
      }
    });

    it("may be so wide that no row fits the region of weights", () => {
      const windows = windowsOf(1, 4, 2, 2, 1, 1);
      const m = 66_000;
      const [x, w] = [floats(4, 1), floats(m, 2)];
      const out = new Float32Array(2 * m);
      kernels.convolveF32(x, w, undefined, out, windows, false, 2);
      expect(out[0]).toBe(fround(x[0]! * w[0]!));
      expect(out[m - 1]).toBe(fround(x[1]! * w[m - 1]!));
      expect(out[m]).toBe(fround(x[2]! * w[0]!));
      expect(out[2 * m - 1]).toBe(fround(x[3]! * w[m - 1]!));
    });
  },
);
