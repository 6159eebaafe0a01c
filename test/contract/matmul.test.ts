import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats, wasmKernels } from "./backends.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];

/** Each row's product alone, on the core. */
function rowByRow(x: Float32Array, w: Float32Array, rows: number, m: number): Float32Array {
  const n = x.length / rows;
  const out = new Float32Array(rows * m);
  for (let i = 0; i < rows; i++)
    core.matvecF32(x.subarray(i * n, (i + 1) * n), w, out.subarray(i * m, (i + 1) * m), false);
  return out;
}

/**
 * Every way to the answer: the core, then WebAssembly with a matrix that is kept from the second call on, then without.
 */
function check(rows: number, n: number, m: number, edges = false): void {
  const x = floats(rows * n, rows + n, edges);
  const w = floats(n * m, m + 2, edges);
  const expected = rowByRow(x, w, rows, m);
  for (const [kernels, immutable] of [
    [core, false],
    [wasm, true],
    [wasm, true],
    [wasm, true],
    [wasm, false],
  ] as const) {
    const out = new Float32Array(rows * m).fill(NaN);
    kernels.matmulF32(x, w, undefined, out, rows, immutable);
    expect(
      firstDifference(expected, out),
      `[${rows}, ${n}] @ [${n}, ${m}] on ${kernels.name}, edges ${edges}, immutable ${immutable}`,
    ).toBe(-1);
  }
}

type Sizes = readonly [rows: number, n: number, m: number];

/** Sums of one term, which may be subnormal; more rows than a block holds; rows wider than the regions. */
const UNEVEN: readonly Sizes[] = [
  [5, 1, 67],
  [8, 1, 64],
  [3, 4, 0],
  [6, 0, 5],
  [70, 1024, 9],
  [33, 2100, 41],
  [9, 9, 20_001],
  [131, 600, 3],
  [5, 300, 701],
  [2, 1, 70_000],
  [6, 30_000, 2],
  [6, 70_000, 1],
];
/** Widths with and without columns that pad them, of rows enough to be packed on the way and of fewer. */
const NARROW: readonly Sizes[] = [2, 3, 4, 5, 7, 64].flatMap((rows) =>
  [1, 2, 3, 4, 15, 16, 33, 63, 257].map((m): Sizes => [rows, 7, m]),
);

describe("matmulF32 gives every row the bits of that row alone, on both backends", () => {
  it("at every number of rows and every width of panel", () => {
    for (const rows of [1, 2, 3, 4, 5, 7, 8, 9, 64])
      for (const m of [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 31, 32, 33, 36, 60, 63, 64, 67])
        check(rows, 13, m, m % 2 === 0);
  });

  it("at every depth about the edges of a block", () => {
    for (const n of [0, 1, 2, 3, 127, 128, 129, 255, 256, 257, 383, 511, 512, 513, 1021])
      for (const rows of [2, 4, 7]) check(rows, n, 37, n % 2 === 0);
  });

  it("where rows, columns and blocks do not fit the regions at once", () => {
    for (const [rows, n, m] of [
      [70, 1024, 9],
      [9, 9, 20_000],
      [3, 30_000, 2],
      [2, 70_000, 1],
      [2, 1, 70_000],
      [5, 300, 700],
      [33, 2100, 40],
      [2, 65_536, 1],
      [4, 1, 65_533],
      [2, 4097, 37],
      [7, 9000, 33],
      [5, 8192, 4],
    ] as const)
      check(rows, n, m);
  });

  it("with one column or one row", () => {
    for (const rows of [2, 3, 4, 7, 8, 9, 15, 16, 17, 24])
      for (const n of [1, 2, 3, 4, 5, 7, 8, 17, 300]) {
        check(rows, n, 1, n % 2 === 0);
        check(rows, 1, n, rows % 2 === 0);
      }
    for (const n of [4096, 4097, 9000]) check(40, n, 1);
    for (const m of [16_383, 16_384, 16_385]) check(9, 1, m);
    check(16_390, 3, 1);
    check(40_000, 1, 1);
    check(20_000, 1, 2);
  });

  it("with no columns", () => check(3, 4, 0));

  it("with a bias, which is added to every row as by binaryF32", () => {
    for (const [rows, n, m] of [
      [1, 1, 1],
      [1, 13, 67],
      [1, 300, 33],
      [1, 17_000, 5],
      [4, 5000, 5],
      [1, 5, 17_000],
      [1, 4, 0],
      [3, 13, 67],
      [8, 40, 4099],
      ...UNEVEN,
      ...NARROW,
    ] as const) {
      const x = floats(rows * n, rows + n, true);
      const w = floats(n * m, m + 2, true);
      const bias = floats(m, m + 3, true);
      const expected = rowByRow(x, w, rows, m);
      if (m > 0) core.binaryF32("add", expected, bias, expected);
      for (const [kernels, immutable] of [
        [core, false],
        [wasm, true],
        [wasm, true],
        [wasm, true],
        [wasm, false],
      ] as const) {
        const out = new Float32Array(rows * m).fill(NaN);
        kernels.matmulF32(x, w, bias, out, rows, immutable);
        expect(
          firstDifference(expected, out),
          `[${rows}, ${n}] @ [${n}, ${m}] on ${kernels.name}, immutable ${immutable}`,
        ).toBe(-1);
      }
    }
  });

  it("with a bias of one element for all", () => {
    for (const rows of [1, 3, 8]) {
      const x = floats(rows * 40);
      const w = floats(40 * 33);
      for (const immutable of [true, true, true, false]) {
        const [expected, out] = [new Float32Array(rows * 33), new Float32Array(rows * 33)];
        core.matmulF32(x, w, Float32Array.of(2), expected, rows, true);
        wasm.matmulF32(x, w, Float32Array.of(2), out, rows, immutable);
        expect(firstDifference(expected, out)).toBe(-1);
      }
    }
  });

  it("never answers from a stale copy", () => {
    const x = floats(4 * 40);
    const w = floats(40 * 33);
    const out = new Float32Array(4 * 33);
    for (let call = 0; call < 3; call++) wasm.matmulF32(x, w, undefined, out, 4, true);
    w[5] = 1000;
    for (const immutable of [false, false, true, true]) {
      wasm.matmulF32(x, w, undefined, out, 4, immutable);
      expect(firstDifference(rowByRow(x, w, 4, 33), out)).toBe(-1);
    }
  });

  it("with one kept copy for one row and for many", () => {
    const kernels = wasmKernels();
    const x = floats(8 * 64);
    const w = floats(64 * 64);
    const out = new Float32Array(8 * 64);
    for (let call = 0; call < 3; call++) {
      kernels.matmulF32(x, w, undefined, out, 8, true);
      kernels.matvecF32(x.subarray(0, 64), w, out.subarray(0, 64), true);
      expect(firstDifference(rowByRow(x, w, 8, 64), out)).toBe(-1);
    }
    expect(kernels.residentBytes).toBe(64 * 64 * 4);
  });
});
