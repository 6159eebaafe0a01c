import { describe, expect, it } from "vitest";
import { core, expectSame, inputs, spread } from "./backends.ts";

const of = (...values: number[]): Float32Array => Float32Array.from(values);

describe("layerNormSumsF32", () => {
  it("sums both products of each row", () => {
    const out = new Float32Array(4);
    core.layerNormSumsF32(of(1, 2, 3, 4), of(5, 6, 7, 9), of(1, 10), of(4, 6), of(0.5, 2), out);
    expect([...out]).toEqual([1 + 40, 3 + 120, -0.5 - 10, -6 - 80]);
  });
});

describe("layerNormSumsF32, core against WebAssembly", () => {
  it.each([
    ["at the edges of arithmetic", inputs],
    ["of every size", spread],
  ])("has 0 differing bits %s", (_, draw) => {
    for (const [rows, n] of SIZES) {
      const [ct, x] = draw(2, rows * n) as [Float32Array, Float32Array];
      const [scale, mean, root] = [draw(3, n)[2]!, draw(4, rows)[3]!, draw(5, rows)[4]!];
      expectSame(`[${rows}, ${n}]`, (kernels) => {
        const out = new Float32Array(2 * rows).fill(NaN);
        kernels.layerNormSumsF32(ct, x, scale, mean, root, out);
        return [out];
      });
    }
  });
});

const SIZES: readonly (readonly [number, number])[] = [
  [1, 1],
  [3, 2],
  [5, 3],
  [9, 4],
  [7, 17],
  [300, 128],
  [2100, 5],
  [3, 1023],
  [2, 1025],
  [3, 16_384],
];
