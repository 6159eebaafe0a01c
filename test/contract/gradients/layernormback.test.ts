import { describe, expect, it } from "vitest";
import { core, expectSame, inputs, spread } from "./backends.ts";

const of = (...values: number[]): Float32Array => Float32Array.from(values);

describe("layerNormBackF32", () => {
  it("adds up the three ways back to the input", () => {
    const out = new Float32Array(4);
    core.layerNormBackF32(of(1, 2, 3, 4), of(5, 6, 7, 9), of(1, 10), of(0.5, 2), of(1, -1), of(100, 0), out);
    expect([...out]).toEqual([0.5 + 10 + 100, 10 + 12 + 100, 6 - 14, 80 - 18]);
  });
});

describe("layerNormBackF32, core against WebAssembly", () => {
  it.each([
    ["at the edges of arithmetic", inputs],
    ["of every size", spread],
  ])("has 0 differing bits %s", (_, draw) => {
    for (const [rows, n] of [
      [1, 1],
      [3, 2],
      [5, 3],
      [9, 4],
      [7, 17],
      [300, 128],
      [2100, 5],
      [3, 1023],
      [3, 16_384],
    ] as const) {
      const [ct, x] = draw(2, rows * n) as [Float32Array, Float32Array];
      const scale = draw(3, n)[2]!;
      const [root, slope, shift] = draw(3, rows) as [Float32Array, Float32Array, Float32Array];
      expectSame(`[${rows}, ${n}]`, (kernels) => {
        const out = new Float32Array(rows * n).fill(NaN);
        kernels.layerNormBackF32(ct, x, scale, root, slope, shift, out);
        return [out];
      });
    }
  });
});
