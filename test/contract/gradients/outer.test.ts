import { describe, expect, it } from "vitest";
import { firstDifference } from "../../bits.ts";
import { BACKENDS, floats } from "../backends.ts";
import { core, expectSame } from "./backends.ts";

const [forward] = BACKENDS as [(typeof BACKENDS)[0]];

function outer(kernels: typeof core, rows: number, n: number, m: number, edges = false): Float32Array {
  const out = new Float32Array(n * m).fill(NaN);
  kernels.outerF32(floats(rows * n, rows + n, edges), floats(rows * m, m + 2, edges), out, rows);
  return out;
}

describe("outerF32", () => {
  it("has the bits of the product with the transpose for up to 256 rows", () => {
    for (const [rows, n, m] of [
      [1, 3, 4],
      [7, 5, 3],
      [256, 4, 9],
    ] as const) {
      const x = floats(rows * n, rows + n);
      const columns = Float32Array.from(x, (_, i) => x[(i % rows) * n + Math.floor(i / rows)]!);
      const expected = new Float32Array(n * m);
      forward.matmulF32(columns, floats(rows * m, m + 2), undefined, expected, n, false);
      expect(firstDifference(expected, outer(core, rows, n, m)), `${rows} rows`).toBe(-1);
    }
  });

  it("adds the sums of blocks of 256 rows, ascending", () => {
    const [rows, n, m] = [600, 2, 3];
    const [x, y] = [floats(rows * n, rows + n), floats(rows * m, m + 2)];
    const expected = new Float32Array(n * m);
    for (let from = 0; from < rows; from += 256) {
      const end = Math.min(rows, from + 256);
      const part = new Float32Array(n * m);
      core.outerF32(x.subarray(from * n, end * n), y.subarray(from * m, end * m), part, end - from);
      part.forEach((sum, i) => (expected[i] = Math.fround(expected[i]! + sum)));
    }
    expect(firstDifference(expected, outer(core, rows, n, m))).toBe(-1);
  });
});

describe("outerF32, core against WebAssembly", () => {
  it("has 0 differing bits at every width of panel and tile", () => {
    for (const n of [1, 2, 3, 4, 5, 8, 11])
      for (const m of [1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 31, 32, 33, 63, 67])
        expectSame(`[13, ${n}], [13, ${m}]`, (kernels) => [outer(kernels, 13, n, m, m % 2 === 0)]);
  });

  it("has 0 differing bits where rows, columns and sums do not fit at once", () => {
    for (const [rows, n, m] of [
      [1, 1, 1],
      [255, 9, 5],
      [256, 9, 5],
      [257, 9, 5],
      [600, 3, 7],
      [2, 70, 1024],
      [2, 65, 1025],
      [3, 2, 3001],
      [3, 70_000, 1],
      [300, 150, 600],
      [513, 37, 1030],
    ] as const)
      expectSame(`[${rows}, ${n}], [${rows}, ${m}]`, (kernels) => [outer(kernels, rows, n, m)]);
  });
});
