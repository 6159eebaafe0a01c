import { describe, expect, it } from "vitest";
import type { HalfDType, Kernels } from "../../src/base/index.ts";
import { widen } from "../../src/base/index.ts";
import { createWasmKernels } from "../../src/wasm/index.ts";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats, words } from "./backends.ts";

const FORMATS = ["bfloat16", "float16"] as const;

/** Depths and widths at which a lane, a panel, a region or a block of a product may begin or end. */
const SHAPES: readonly (readonly [rows: number, n: number, m: number])[] = [
  ...Array.from({ length: 70 }, (_, i) => [1, 7, i + 1] as const),
  ...Array.from({ length: 42 }, (_, i) => [6, 5, i + 1] as const),
  ...[1, 2, 3, 15, 16, 17, 255, 256, 257].map((n) => [1, n, 40] as const),
  ...[2, 3, 4, 5, 7, 8, 9, 64].map((rows) => [rows, 33, 49] as const),
  [1, 3, 16384],
  [1, 2, 16385],
  [1, 5, 33000],
  [5, 2, 16400],
  [1, 4096, 9],
  [9, 4096, 41],
  [1, 4097, 8],
  [6, 9000, 17],
  [20, 300, 300],
];

/** Words of a format: any, so that there are subnormals, infinities and NaN, or numbers about 1. */
function weights(n: number, format: HalfDType, any: boolean): Uint16Array {
  const one = format === "bfloat16" ? 0x3f80 : 0x3c00;
  return Uint16Array.from(words(n, n + 3), (word, i) => (any && i % 5 === 0 ? word : one ^ (word & 0x807f)));
}

function product(
  kernels: Kernels,
  format: HalfDType,
  x: Float32Array,
  w: Uint16Array,
  m: number,
  rows: number,
  bias?: Float32Array,
): Float32Array {
  const out = new Float32Array(rows * m).fill(NaN);
  kernels.matmulHalfF32(format, x, w, bias, out, rows, true);
  return out;
}

/** The product with the float32 numbers that the words stand for. */
function wideProduct(
  kernels: Kernels,
  format: HalfDType,
  x: Float32Array,
  w: Uint16Array,
  m: number,
  rows: number,
  bias?: Float32Array,
): Float32Array {
  const wide = new Float32Array(w.length);
  widen(format, w, wide);
  const out = new Float32Array(rows * m);
  kernels.matmulF32(x, wide, bias, out, rows, false);
  return out;
}

describe.each(BACKENDS)("matmulHalfF32 on $name", (kernels) => {
  it.each(FORMATS)("of %s has the bits of the product with float32(W), on each of its first uses", (format) => {
    for (const [rows, n, m] of SHAPES) {
      for (const any of n * m < 4000 ? [false, true] : [false]) {
        const [x, w, bias] = [floats(rows * n, m + 1, any), weights(n * m, format, any), floats(m, 5)];
        const expected = wideProduct(BACKENDS[0]!, format, x, w, m, rows, bias);
        for (let use = 0; use < (kernels.name === "core" ? 1 : 3); use++) {
          const i = firstDifference(product(kernels, format, x, w, m, rows, bias), expected);
          expect(i, `use ${use} of [${rows}, ${n}] @ [${n}, ${m}]`).toBe(-1);
        }
        expect(
          firstDifference(product(kernels, format, x, w, m, rows), wideProduct(kernels, format, x, w, m, rows)),
        ).toBe(-1);
      }
    }
  });

  it("a bias may be shorter than a row, and there may be no terms", () => {
    const x = floats(6);
    const w = weights(3 * 8, "bfloat16", false);
    const bias = floats(4, 9);
    expect(
      firstDifference(
        product(kernels, "bfloat16", x, w, 8, 2, bias),
        wideProduct(kernels, "bfloat16", x, w, 8, 2, bias),
      ),
    ).toBe(-1);
    expect([...product(kernels, "bfloat16", new Float32Array(0), new Uint16Array(0), 3, 2)]).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
  });

  it("sees what was written once nobody vouches for the matrix", () => {
    for (const format of FORMATS) {
      const [x, w] = [floats(40), weights(40 * 24, format, false)];
      for (let use = 0; use < 3; use++) product(kernels, format, x, w, 24, 1);
      w[5]! ^= 0x8000;
      const out = new Float32Array(24);
      kernels.matmulHalfF32(format, x, w, undefined, out, 1, false);
      expect(firstDifference(out, wideProduct(kernels, format, x, w, 24, 1))).toBe(-1);
      expect(firstDifference(product(kernels, format, x, w, 24, 1), out)).toBe(-1);
    }
  });

  it("the same words as another format are another matrix", () => {
    const [x, w] = [floats(40), weights(40 * 24, "bfloat16", false)];
    for (const format of ["bfloat16", "bfloat16", "float16", "float16", "bfloat16"] as const)
      expect(firstDifference(product(kernels, format, x, w, 24, 1), wideProduct(kernels, format, x, w, 24, 1))).toBe(
        -1,
      );
  });
});

/** Bytes of linear memory that a matrix takes which is used twice. */
function bytesOf(run: (kernels: ReturnType<typeof createWasmKernels>) => void): number {
  const kernels = createWasmKernels();
  for (let use = 0; use < 2; use++) run(kernels);
  expect(kernels.residents).toBe(1);
  return kernels.residentBytes;
}

describe("copies of matrices in 16 bits", () => {
  it("bfloat16 keeps half the bytes of float32, float16 as many", () => {
    const [x, w, out] = [floats(64), weights(64 * 128, "bfloat16", false), new Float32Array(128)];
    const wide = floats(64 * 128);
    const bytes = bytesOf((kernels) => kernels.matvecF32(x, wide, out, true));
    const half = (format: HalfDType) =>
      bytesOf((kernels) => kernels.matmulHalfF32(format, x, w, undefined, out, 1, true));
    expect([half("bfloat16"), half("float16")]).toEqual([bytes / 2, bytes]);
  });
});
