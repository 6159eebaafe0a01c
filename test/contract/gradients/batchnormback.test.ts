import { describe, expect, it } from "vitest";
import { core, expectSame, inputs, spread } from "./backends.ts";
import { COLUMN_SIZES } from "./columnsizes.ts";

const of = (...values: number[]): Float32Array => Float32Array.from(values);

describe("batchNormBackF32", () => {
  it("takes a factor, a slope and a shift of each column", () => {
    const out = new Float32Array(4);
    core.batchNormBackF32(of(1, 2, 3, 4), of(5, 6, 7, 9), of(10, 100), of(1, 2), of(0.5, 0.25), out);
    expect([...out]).toEqual([20.5, 224.25, 44.5, 436.25]);
  });
});

describe("batchNormBackF32, core against WebAssembly", () => {
  it.each([
    ["at the edges of arithmetic", inputs],
    ["of every size", spread],
  ])("has 0 differing bits %s", (_, draw) => {
    for (const [rows, n] of COLUMN_SIZES) {
      const [ct, x] = draw(2, rows * n) as [Float32Array, Float32Array];
      const [factor, slope, shift] = [draw(3, n)[2]!, draw(4, n)[3]!, draw(5, n)[4]!];
      expectSame(`[${rows}, ${n}]`, (kernels) => {
        const out = new Float32Array(rows * n).fill(NaN);
        kernels.batchNormBackF32(ct, x, factor, slope, shift, out);
        return [out];
      });
    }
  });
});
