import { describe, expect, it } from "vitest";
import { core, expectSame, inputs, spread } from "./backends.ts";

describe("crossEntropyBackF32", () => {
  it("is softmax times the cotangent, minus it in the column of the label", () => {
    const out = new Float32Array(6);
    const x = Float32Array.of(0, 0, 5, 5, 1, 1);
    core.crossEntropyBackF32(Float32Array.of(1, 4, 2), x, Int32Array.of(1, 0, -1), out, true);
    expect([...out]).toEqual([0.5, -0.5, -2, 2, 1, 1]);
  });

  it("is +0 where the cotangent is a zero or a subnormal", () => {
    const out = new Float32Array(6).fill(NaN);
    core.crossEntropyBackF32(Float32Array.of(0, -0, -1e-40), new Float32Array(6), Int32Array.of(1, 0, 1), out, true);
    expect([...out].map((x) => Object.is(x, 0))).toEqual(Array.from({ length: 6 }, () => true));
  });

  it("is NaN in a row with a NaN or an infinity, where there is something to share", () => {
    const out = new Float32Array(6);
    const x = Float32Array.of(NaN, 0, 0, Infinity, -Infinity, -Infinity);
    core.crossEntropyBackF32(Float32Array.of(1, 1, 1), x, Int32Array.of(1, 0, 1), out, true);
    expect([...out]).toEqual([NaN, NaN, -1, NaN, NaN, NaN]);
  });
});

describe("crossEntropyBackF32, core against WebAssembly", () => {
  it.each([
    ["at the edges of arithmetic, fused", inputs, true],
    ["of every size, fused", spread, true],
    ["at the edges of arithmetic", inputs, false],
    ["of every size", spread, false],
  ])("has 0 differing bits %s", (_, draw, fused) => {
    for (const [rows, n] of [
      [0, 5],
      [1, 1],
      [3, 2],
      [5, 3],
      [9, 4],
      [7, 17],
      [300, 128],
      [5000, 3],
      [3, 1025],
      [3, 16_384],
    ] as const) {
      const [x] = draw(1, rows * n) as [Float32Array];
      const [ct] = draw(1, rows) as [Float32Array];
      const labels = Int32Array.from({ length: rows }, (_, i) => [i % n, n - 1, 0, -1, n, 2 ** 31 - 1][i % 6]!);
      expectSame(`[${rows}, ${n}]`, (kernels) => {
        const out = new Float32Array(rows * n).fill(NaN);
        kernels.crossEntropyBackF32(ct, x, labels, out, fused);
        const inPlace = x.slice();
        kernels.crossEntropyBackF32(ct, inPlace, labels, inPlace, fused);
        return [out, inPlace];
      });
    }
  });
});
