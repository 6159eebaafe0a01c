import { describe, expect, it } from "vitest";
import type { Windows } from "../../src/base/index.ts";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats } from "./backends.ts";
import { elementsIn, GEOMETRIES, windowsOf } from "./inputs.ts";

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
          for (const immutable of [false, true, true, true, false]) {
            wasm.convolveF32(x, w, bias, b.fill(7), windows, immutable);
            expect(firstDifference(a, b), `${rows} places of ${m}`).toBe(-1);
          }
        }
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
});
