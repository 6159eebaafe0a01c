import { describe, expect, it } from "vitest";
import { core, expectSame, inputs, LENGTHS } from "./backends.ts";

describe("sgdF32", () => {
  it("adds the rate times the gradient, two roundings, subnormals as zeros", () => {
    const out = new Float32Array(3);
    core.sgdF32(Float32Array.of(1, 1, 2 ** -127), Float32Array.of(2, 2 ** -127, 2 ** -100), out, 2 ** -30);
    expect([...out]).toEqual([Math.fround(1 + 2 ** -29), 1, 0]);
  });
});

describe("sgdF32, core against WebAssembly", () => {
  it("has 0 differing bits", () => {
    for (const n of LENGTHS)
      for (const rate of [-0.1, 2 ** -127, 3e38]) {
        const [p, g] = inputs(2, n) as [Float32Array, Float32Array];
        expectSame(`${n} elements, rate ${rate}`, (kernels) => {
          const out = new Float32Array(n).fill(NaN);
          kernels.sgdF32(p, g, out, rate);
          return [out];
        });
      }
  });
});
