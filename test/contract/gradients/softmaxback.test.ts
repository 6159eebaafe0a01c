import { describe, expect, it } from "vitest";
import { core, expectSame, inputs, spread } from "./backends.ts";

describe("softmaxBackF32", () => {
  it("is the weight times the distance from the mean", () => {
    const out = new Float32Array(4);
    core.softmaxBackF32(Float32Array.of(1, 3, 5, 5), Float32Array.of(0.25, 0.75, 0.5, 0.5), out, 2);
    expect([...out]).toEqual([-0.375, 0.375, 0, 0]);
  });
});

describe("softmaxBackF32, core against WebAssembly", () => {
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
      [3, 1023],
      [2, 1025],
      [3, 16_384],
    ] as const) {
      const [ct, y] = draw(2, rows * n) as [Float32Array, Float32Array];
      expectSame(`[${rows}, ${n}]`, (kernels) => {
        const out = new Float32Array(rows * n).fill(NaN);
        kernels.softmaxBackF32(ct, y, out, n);
        return [out];
      });
    }
  });
});
