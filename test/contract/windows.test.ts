import { describe, expect, it } from "vitest";
import type { Windows } from "../../src/base/index.ts";
import { firstDifference } from "../bits.ts";
import { BACKENDS, EDGES, floats, SIZES } from "./backends.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const { fround } = Math;

/** Lines `pitch` apart, windows of `height` runs, each of `run` elements, a line apart. */
function windowsOf(lines: number, pitch: number, places: number, step: number, height: number, run: number): Windows {
  return {
    lines: Int32Array.from({ length: lines }, (_, i) => i * pitch),
    places,
    step,
    runs: Int32Array.from({ length: height }, (_, i) => i * pitch),
    run,
  };
}

function elementsIn({ lines, places, step, runs, run }: Windows): number {
  return lines.at(-1)! + runs.at(-1)! + (places - 1) * step + run;
}

/** What the window sees at each place, a row each. */
function gathered(x: Float32Array, { lines, places, step, runs, run }: Windows): Float32Array {
  const rows: number[] = [];
  for (const line of lines) {
    for (let t = 0; t < places; t++)
      for (const from of runs) for (let i = 0; i < run; i++) rows.push(x[line + t * step + from + i]!);
  }
  return Float32Array.from(rows);
}

const GEOMETRIES: readonly Windows[] = [
  windowsOf(1, 0, 1, 1, 1, 1),
  windowsOf(3, 40, 9, 4, 3, 8),
  windowsOf(5, 33, 7, 3, 2, 12),
  windowsOf(2, 11, 11, 1, 4, 1),
  windowsOf(17, 100, 1, 5, 1, 100),
  windowsOf(4, 1000, 301, 3, 3, 9),
  windowsOf(90, 4096, 1000, 4, 1, 4),
  { lines: Int32Array.of(0, 7, 50), places: 3, step: 2, runs: Int32Array.of(1, 3, 17), run: 5 },
];

describe.each(BACKENDS)("windows on $name", (kernels) => {
  const extremes = (x: number[], least: boolean, run = 1): number[] => {
    const out = new Float32Array(run);
    kernels.extremesF32(
      least ? "minimum" : "maximum",
      Float32Array.from(x),
      out,
      windowsOf(1, run, 1, 1, x.length / run, run),
    );
    return [...out];
  };

  it("a convolution has the bits of the gathered rows times the kernel, the bias added after it", () => {
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

  it("the largest and the smallest are NaN where one is, order the zeros, and keep subnormals", () => {
    expect(extremes([1, 3, 2], false)).toEqual([3]);
    expect(extremes([1, 3, 2], true)).toEqual([1]);
    for (const least of [false, true]) {
      expect(extremes([1, NaN, 2], least)).toEqual([NaN]);
      expect(extremes([-0, 0], least)).toEqual([least ? -0 : 0]);
      expect(extremes([0, -0], least)).toEqual([least ? -0 : 0]);
      expect(extremes([2 ** -149], least)).toEqual([2 ** -149]);
    }
    expect(extremes([1, 2, 3, 4, 5, 9, 8, 7, 6, 0], false, 5)).toEqual([9, 8, 7, 6, 5]);
  });

  it("relu keeps NaN and what is normal and positive", () => {
    const out = new Float32Array(EDGES.length);
    kernels.reluF32(EDGES, out);
    expect([...out]).toEqual([...EDGES].map((x) => (x !== x || x >= 2 ** -126 ? x : 0)));
  });
});

describe("windows and activations, core against WebAssembly", () => {
  it("convolveF32 has 0 differing bits, kept or not", () => {
    for (const windows of GEOMETRIES) {
      const rows = windows.lines.length * windows.places;
      for (const m of rows > 2000 ? [6] : [1, 2, 4, 7, 16, 31, 32, 33, 60]) {
        for (const edges of [false, true]) {
          const x = floats(elementsIn(windows), m, edges);
          const w = floats(windows.runs.length * windows.run * m, m + 1, edges);
          const bias = floats(m, m + 2, edges);
          const [a, b] = [new Float32Array(rows * m), new Float32Array(rows * m)];
          core.convolveF32(x, w, bias, a, windows, false);
          // A kept matrix is packed at its second use.
          for (const immutable of [false, true, true, true, false]) {
            wasm.convolveF32(x, w, bias, b.fill(7), windows, immutable);
            expect(firstDifference(a, b), `${rows} places of ${m}`).toBe(-1);
          }
        }
      }
    }
  });

  it("extremesF32 has 0 differing bits", () => {
    for (const windows of GEOMETRIES) {
      for (const least of [false, true]) {
        for (const edges of [false, true]) {
          const x = floats(elementsIn(windows), 5, edges);
          const size = windows.lines.length * windows.places * windows.run;
          const [a, b] = [new Float32Array(size), new Float32Array(size)];
          core.extremesF32(least ? "minimum" : "maximum", x, a, windows);
          wasm.extremesF32(least ? "minimum" : "maximum", x, b, windows);
          expect(firstDifference(a, b), `${size} elements`).toBe(-1);
        }
      }
    }
  });

  it("reluF32 has 0 differing bits", () => {
    for (const n of [...SIZES, 70001]) {
      const x = floats(n, n, true);
      const [a, b] = [new Float32Array(n), new Float32Array(n)];
      core.reluF32(x, a);
      wasm.reluF32(x, b);
      expect(firstDifference(a, b), `${n} elements`).toBe(-1);
    }
  });

  it("what was a kept matrix counts no more once it is mutable", () => {
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
