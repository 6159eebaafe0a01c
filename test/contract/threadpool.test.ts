import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HalfDType } from "../../src/base/index.ts";
import { createWasmKernels, startThreadPool } from "../../src/wasm/index.ts";
import type { WasmKernels } from "../../src/wasm/index.ts";
import { firstDifference } from "../bits.ts";
import { floats, words } from "./backends.ts";

const one = createWasmKernels();
const pools: WasmKernels[] = [];

beforeAll(async () => {
  for (const threads of [2, 3, 4]) {
    const kernels = createWasmKernels();
    kernels.attachPool(await startThreadPool(threads));
    pools.push(kernels);
  }
});

afterAll(() => {
  for (const kernels of pools) kernels.attachPool(undefined);
});

/**
 * One thread's answer, and that of several: with a matrix that is kept from the second call on, then without.
 */
function check(rows: number, n: number, m: number, edges = false): void {
  const x = floats(rows * n, rows + n, edges);
  const w = floats(n * m, m + 2, edges);
  const expected = new Float32Array(rows * m);
  one.matmulF32(x, w, undefined, expected, rows, false);
  for (const kernels of pools) {
    for (const immutable of [true, true, true, false]) {
      const out = new Float32Array(rows * m).fill(NaN);
      kernels.matmulF32(x, w, undefined, out, rows, immutable);
      expect(
        firstDifference(expected, out),
        `[${rows}, ${n}] @ [${n}, ${m}] on ${kernels.threads} threads, immutable ${immutable}`,
      ).toBe(-1);
    }
  }
}

/** Like `check`, for a matrix in 16 bits, with a bias. */
function checkHalf(format: HalfDType, rows: number, n: number, m: number, edges = false): void {
  const x = floats(rows * n, rows + n, edges);
  const one16 = format === "bfloat16" ? 0x3f80 : 0x3c00;
  const w = Uint16Array.from(words(n * m, m + 2), (word) => (edges ? word : one16 ^ (word & 0x807f)));
  const bias = floats(m, 7);
  const expected = new Float32Array(rows * m);
  one.matmulHalfF32(format, x, w, bias, expected, rows, false);
  for (const kernels of pools) {
    for (const immutable of [true, true, true, false]) {
      const out = new Float32Array(rows * m).fill(NaN);
      kernels.matmulHalfF32(format, x, w, bias, out, rows, immutable);
      expect(
        firstDifference(expected, out),
        `${format} [${rows}, ${n}] @ [${n}, ${m}] on ${kernels.threads} threads, immutable ${immutable}`,
      ).toBe(-1);
    }
  }
}

describe("two, three and four threads give the bits of one", () => {
  it("for one row, at every width of the last panel", () => {
    for (const m of [64, 65, 95, 96, 97, 128, 511, 512, 513, 1009]) check(1, Math.ceil(2 ** 18 / m) + 1, m);
  });

  it("for many rows, split by columns", () => {
    for (const [rows, n, m] of [
      [2, 401, 700],
      [9, 513, 129],
      [33, 300, 331],
      [128, 257, 1009],
    ] as const)
      check(rows, n, m);
  });

  it("for very many rows of few columns, split by rows", () => {
    for (const [rows, n, m] of [
      [4001, 9, 31],
      [1021, 64, 5],
      [60_000, 4, 4],
    ] as const)
      check(rows, n, m);
  });

  // Few terms each, because an infinity or a NaN in every sum would hide everything else.
  it("with infinities, NaN, zeros and subnormals among the terms", () => {
    for (const [rows, n, m] of [
      [70_000, 2, 3],
      [2000, 3, 200],
      [9, 2, 16_000],
      [4, 1, 65_530],
    ] as const)
      check(rows, n, m, true);
  });

  it("where rows and columns do not fit the regions at once", () => {
    for (const [rows, n, m] of [
      [9, 9, 20_000],
      [3, 30_000, 67],
      [2, 70_000, 64],
      [2, 4, 70_000],
      [9, 9000, 128],
    ] as const)
      check(rows, n, m);
  });

  it("with a bias for every row", () => {
    for (const [rows, n, m] of [
      [9, 513, 129],
      [4001, 9, 31],
      [128, 257, 1009],
      [2, 4, 70_000],
    ] as const) {
      const [x, w, bias] = [floats(rows * n), floats(n * m), floats(m, 7, true)];
      const expected = new Float32Array(rows * m);
      one.matmulF32(x, w, undefined, expected, rows, false);
      one.binaryF32("add", expected, bias, expected);
      for (const kernels of pools) {
        for (const immutable of [true, true, false]) {
          const out = new Float32Array(rows * m).fill(NaN);
          kernels.matmulF32(x, w, bias, out, rows, immutable);
          expect(
            firstDifference(expected, out),
            `[${rows}, ${n}] @ [${n}, ${m}] on ${kernels.threads} threads, immutable ${immutable}`,
          ).toBe(-1);
        }
      }
    }
  });

  it("for matrices in 16 bits, split by columns and by rows", () => {
    for (const format of ["bfloat16", "float16"] as const)
      for (const [rows, n, m] of [
        ...[64, 65, 95, 96, 104, 127, 513, 1009].map((m) => [1, Math.ceil(2 ** 18 / m) + 1, m] as const),
        [1, 17, 20_000],
        [1, 9000, 130],
        [4, 401, 700],
        [5, 400, 401],
        [9, 4096, 129],
        [20, 4096, 257],
        [33, 300, 331],
        [300, 300, 90],
        [6, 5, 16_401],
        [6, 9000, 67],
        [4001, 9, 31],
      ] as const)
        checkHalf(format, rows, n, m);
  });

  it("for words in 16 bits that are infinities, NaN and subnormals", () => {
    for (const [rows, n, m] of [
      [9, 2, 16_000],
      [4, 2, 65_530],
      [70_000, 2, 3],
    ] as const)
      checkHalf("bfloat16", rows, n, m, true);
  });

  it("in a thousand calls one after another, of changing sizes", () => {
    const cases = [
      [1, 600, 500],
      [16, 200, 128],
      [700, 20, 33],
    ].map(([rows, n, m]) => ({
      rows: rows!,
      x: floats(rows! * n!, 5),
      w: floats(n! * m!, 6),
      expected: new Float32Array(rows! * m!),
    }));
    for (const { rows, x, w, expected } of cases) one.matmulF32(x, w, undefined, expected, rows, true);
    for (let call = 0; call < 1000; call++) {
      const { rows, x, w, expected } = cases[call % 3]!;
      const out = new Float32Array(expected.length);
      pools[call % pools.length]!.matmulF32(x, w, undefined, out, rows, true);
      if (firstDifference(expected, out) !== -1) expect.fail(`call ${call} differs`);
    }
  });
});

it("a matrix that comes without the promise, or was written to, is never answered from a stale copy", () => {
  const [n, m] = [512, 600];
  const x = floats(n);
  const w = floats(n * m);
  const out = new Float32Array(m);
  const expected = new Float32Array(m);
  for (const kernels of pools) {
    for (let call = 0; call < 3; call++) kernels.matvecF32(x, w, out, true);
    w[5] = 1000 + w[5]!;
    for (const immutable of [false, true, true]) {
      one.matvecF32(x, w, expected, false);
      kernels.matvecF32(x, w, out, immutable);
      expect(firstDifference(expected, out)).toBe(-1);
    }
  }
});

it("a matrix in 16 bits that was written to is never answered from a stale copy", () => {
  for (const n of [512, 9000]) {
    const m = 600;
    const x = floats(n);
    const w = Uint16Array.from(words(n * m), (word) => 0x3f80 ^ (word & 0x807f));
    const [out, expected] = [new Float32Array(m), new Float32Array(m)];
    for (const kernels of pools) {
      for (let call = 0; call < 3; call++) kernels.matmulHalfF32("bfloat16", x, w, undefined, out, 1, true);
      w[5]! ^= 0x8000;
      for (const immutable of [false, true, true]) {
        one.matmulHalfF32("bfloat16", x, w, undefined, expected, 1, false);
        kernels.matmulHalfF32("bfloat16", x, w, undefined, out, 1, immutable);
        expect(firstDifference(expected, out)).toBe(-1);
      }
    }
  }
});

it("a matrix in 16 bits is kept by the threads, not here as well", () => {
  const [x, out] = [floats(640), new Float32Array(512)];
  const w = Uint16Array.from(words(640 * 512), (word) => 0x3f80 ^ (word & 0x807f));
  for (const kernels of pools) {
    const before = kernels.residentBytes;
    for (let call = 0; call < 3; call++) kernels.matmulHalfF32("bfloat16", x, w, undefined, out, 1, true);
    expect(kernels.residentBytes - before).toBe(2 * w.length);
  }
});
