import { describe, expect, it } from "vitest";
import { core as forward } from "../../../src/core/index.ts";
import { firstDifference } from "../../bits.ts";
import type { Descent } from "../../../src/base/index.ts";
import { floats } from "../backends.ts";
import { core, expectSame, inputs } from "./backends.ts";

function outer(kernels: typeof core, rows: number, n: number, m: number, edges = false): Float32Array {
  const out = new Float32Array(n * m).fill(NaN);
  kernels.outerF32(floats(rows * n, rows + n, edges), floats(rows * m, m + 2, edges), out, rows);
  return out;
}

const NUMBERS = { rate: -1e-3, b1: 0.9, rest1: 0.1, c1: 0.3, b2: 0.999, rest2: 1e-3, c2: 3e-3, eps: 1e-8, epsRoot: 0 };

/** The steps of `count` parameters, with the arrays that they write. */
function descents(count: number): [Descent, readonly Float32Array[]][] {
  const [p, m, squares] = inputs(3, count) as [Float32Array, Float32Array, Float32Array];
  const v = squares.map(Math.abs);
  const adam = (weightDecay: number): [Descent, readonly Float32Array[]] => {
    const [mOut, vOut] = [new Float32Array(count).fill(NaN), new Float32Array(count).fill(NaN)];
    return [{ kind: "adam", p, m, v, mOut, vOut, numbers: { ...NUMBERS, weightDecay } }, [mOut, vOut]];
  };
  return [[{ kind: "sgd", p, rate: -0.1 }, []], adam(0), adam(1e-2)];
}

/** What the step without its gradient makes of one. */
function stepped(kernels: typeof core, descent: Descent, g: Float32Array): Float32Array[] {
  const out = new Float32Array(g.length).fill(NaN);
  if (descent.kind === "sgd") {
    kernels.sgdF32(descent.p, g, out, descent.rate);
    return [out];
  }
  const [mOut, vOut] = [out.slice(), out.slice()];
  kernels.adamF32(descent.p, g, descent.m, descent.v, out, mOut, vOut, descent.numbers);
  return [out, mOut, vOut];
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

  it("makes the step of a descent with the sums", () => {
    const [rows, n, m] = [300, 3, 4];
    const [x, y] = [floats(rows * n, 1), floats(rows * m, 2)];
    const g = new Float32Array(n * m);
    core.outerF32(x, y, g, rows);
    for (const [descent, others] of descents(n * m)) {
      const out = new Float32Array(n * m).fill(NaN);
      core.outerF32(x, y, out, rows, descent);
      const expected = stepped(core, descent, g);
      [out, ...others].forEach((array, i) => expect(firstDifference(expected[i]!, array), descent.kind).toBe(-1));
    }
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

  it("has 0 differing bits with a descent", () => {
    for (const [rows, n, m] of [
      [1, 1, 1],
      [13, 5, 8],
      [13, 5, 7],
      [13, 4, 1],
      [257, 9, 4],
      [257, 9, 5],
      [40, 300, 256],
      [2, 70, 1024],
      [2, 65, 1028],
    ] as const)
      for (const i of [0, 1, 2])
        expectSame(`[${rows}, ${n}], [${rows}, ${m}], descent ${i}`, (kernels) => {
          const [descent, others] = descents(n * m)[i]!;
          const out = new Float32Array(n * m).fill(NaN);
          kernels.outerF32(floats(rows * n, rows + n), floats(rows * m, m + 2), out, rows, descent);
          return [out, ...others];
        });
  });
});
