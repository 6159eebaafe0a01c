import { describe, expect, it } from "vitest";
import { core, expectSame, inputs, spread } from "./backends.ts";
import { COLUMN_SIZES } from "./columnsizes.ts";

const of = (...values: number[]): Float32Array => Float32Array.from(values);

describe("batchNormTermsF32", () => {
  it("multiplies each cotangent by the distance from its column's mean", () => {
    const out = new Float32Array(4);
    core.batchNormTermsF32(of(1, 2, 3, 4), of(5, 6, 7, 9), of(4, 10), out);
    expect([...out]).toEqual([1, -8, 9, -4]);
  });
});

describe("batchNormTermsF32, core against WebAssembly", () => {
  it.each([
    ["at the edges of arithmetic", inputs],
    ["of every size", spread],
  ])("has 0 differing bits %s", (_, draw) => {
    for (const [rows, n] of COLUMN_SIZES) {
      const [ct, x] = draw(2, rows * n) as [Float32Array, Float32Array];
      const mean = draw(3, n)[2]!;
      expectSame(`[${rows}, ${n}]`, (kernels) => {
        const out = new Float32Array(rows * n).fill(NaN);
        kernels.batchNormTermsF32(ct, x, mean, out);
        return [out];
      });
    }
  });
});
