import { describe, expect, it } from "vitest";
import { firstDifference } from "../../bits.ts";
import { BACKENDS, floats } from "../backends.ts";
import { core, expectSame } from "./backends.ts";

const [forward] = BACKENDS as [(typeof BACKENDS)[0]];

function multiply(kernels: typeof core, rows: number, n: number, m: number, edges = false): Float32Array {
  const out = new Float32Array(rows * m).fill(NaN);
  kernels.matmulTransposedF32(floats(rows * n, rows + n, edges), floats(m * n, m + 2, edges), out, rows);
  return out;
}

describe("matmulTransposedF32", () => {
  it("has the bits of the product with the transpose", () => {
    const [rows, n, m] = [5, 300, 7];
    const w = floats(m * n, m + 2);
    const transposed = Float32Array.from(w, (_, i) => w[(i % m) * n + Math.floor(i / m)]!);
    const expected = new Float32Array(rows * m);
    forward.matmulF32(floats(rows * n, rows + n), transposed, undefined, expected, rows, false);
    expect(firstDifference(expected, multiply(core, rows, n, m))).toBe(-1);
  });
});

describe("matmulTransposedF32, core against WebAssembly", () => {
  it("has 0 differing bits at every width of panel and tile", () => {
    for (const rows of [1, 3, 4, 5, 8])
      for (const n of [1, 2, 3, 4, 5, 13])
        for (const m of [1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 31, 33, 63])
          expectSame(`[${rows}, ${n}], [${m}, ${n}]`, (kernels) => [multiply(kernels, rows, n, m, m % 2 === 0)]);
  });

  it("has 0 differing bits where rows, columns and sums do not fit at once", () => {
    for (const [rows, n, m] of [
      [3, 4096, 70],
      [130, 512, 5],
      [70_000, 1, 2],
      [2, 3, 70_000],
      [9, 1000, 300],
      [200, 700, 33],
    ] as const)
      expectSame(`[${rows}, ${n}], [${m}, ${n}]`, (kernels) => [multiply(kernels, rows, n, m)]);
  });
});
