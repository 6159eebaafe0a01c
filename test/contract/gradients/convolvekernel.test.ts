import { describe, expect, it } from "vitest";
import type { Windows } from "../../../src/base/index.ts";
import { createWasmGradients } from "../../../src/wasm/index.ts";
import { firstDifference } from "../../bits.ts";
import { floats } from "../backends.ts";
import { elementsIn, GEOMETRIES, windowsOf } from "../inputs.ts";
import { POOLS } from "../pools.ts";
import { core, expectSame } from "./backends.ts";

const THREADED = POOLS.map((kernels) => createWasmGradients(kernels));

/** The gradient for `m` outputs. */
function gradient(kernels: typeof core, windows: Windows, m: number, edges = false): Float32Array {
  const rows = windows.lines.length * windows.places;
  const out = new Float32Array(windows.runs.length * windows.run * m).fill(NaN);
  kernels.convolveKernelF32(floats(elementsIn(windows), 3, edges), floats(rows * m, m + 1, edges), out, windows);
  return out;
}

describe("convolveKernelF32", () => {
  it("is the outer product of the windows, written out, and the cotangents", () => {
    for (const windows of [GEOMETRIES[1]!, GEOMETRIES[5]!, GEOMETRIES[7]!]) {
      const { lines, places, step, runs, run } = windows;
      const [rows, n, m] = [lines.length * places, runs.length * run, 5];
      const x = floats(elementsIn(windows), 3);
      const seen = Float32Array.from({ length: rows * n }, (_, i) => {
        const [row, column] = [Math.floor(i / n), i % n];
        const start = lines[Math.floor(row / places)]! + (row % places) * step;
        return x[start + runs[Math.floor(column / run)]! + (column % run)]!;
      });
      const expected = new Float32Array(n * m);
      core.outerF32(seen, floats(rows * m, m + 1), expected, rows);
      expect(firstDifference(expected, gradient(core, windows, m)), `${rows} rows`).toBe(-1);
    }
  });
});

describe("convolveKernelF32, core against WebAssembly", () => {
  it("has 0 differing bits for every geometry and width", () => {
    for (const windows of GEOMETRIES)
      for (const m of windows.lines.length * windows.places > 10_000 ? [3] : [1, 2, 3, 4, 5, 16, 17, 33])
        expectSame(
          `${windows.lines.length} lines, ${m} outputs`,
          (kernels) => [gradient(kernels, windows, m, m % 2 === 0)],
          THREADED,
        );
  });

  it("has 0 differing bits where rows, columns and sums do not fit at once", () => {
    for (const [windows, m] of [
      [windowsOf(1, 600, 255, 1, 1, 2), 3],
      [windowsOf(1, 600, 256, 1, 1, 2), 3],
      [windowsOf(1, 600, 257, 1, 1, 2), 3],
      [windowsOf(20, 40, 30, 1, 3, 3), 1025],
      [windowsOf(3, 900, 3, 100, 3, 640), 70],
      [windowsOf(2, 9000, 2, 9, 1, 1), 3001],
    ] as const)
      expectSame(
        `${windows.lines.length} lines of ${windows.places}, ${m} outputs`,
        (kernels) => [gradient(kernels, windows, m)],
        THREADED,
      );
  });
});
