import { describe, expect, it } from "vitest";
import { core, expectSame, inputs, LENGTHS } from "./backends.ts";

describe("momentumF32", () => {
  it.each([
    [false, 1.75],
    [true, 1.125],
  ])("with nesterov %s moves by the trace", (nesterov, expected) => {
    const [out, trace] = [new Float32Array(1), new Float32Array(1)];
    core.momentumF32(Float32Array.of(3), Float32Array.of(2), Float32Array.of(1), out, trace, -0.5, 0.5, nesterov);
    expect([trace[0], out[0]]).toEqual([2.5, nesterov ? 3 - 0.5 * (2 + 0.5 * 2.5) : expected]);
  });
});

describe("momentumF32, core against WebAssembly", () => {
  it("has 0 differing bits", () => {
    for (const n of LENGTHS)
      for (const nesterov of [false, true]) {
        const [p, g, t] = inputs(3, n) as [Float32Array, Float32Array, Float32Array];
        expectSame(`${n} elements, nesterov ${nesterov}`, (kernels) => {
          const [out, trace] = [new Float32Array(n).fill(NaN), new Float32Array(n).fill(NaN)];
          kernels.momentumF32(p, g, t, out, trace, -0.05, 0.9, nesterov);
          return [out, trace];
        });
      }
  });
});
