import { describe, expect, it } from "vitest";
import { core, expectSame, inputs, LENGTHS, spread } from "./backends.ts";

describe("geluBackF32", () => {
  it("is half of the cotangent at 0, all of it far above and none far below", () => {
    const out = new Float32Array(3);
    core.geluBackF32(Float32Array.of(3, 3, 3), Float32Array.of(0, 30, -30), out, true);
    expect([...out]).toEqual([1.5, 3, 0]);
  });
});

describe("geluBackF32, core against WebAssembly", () => {
  it.each([
    ["at the edges of arithmetic", inputs],
    ["of every size", spread],
  ])("has 0 differing bits %s", (_, draw) => {
    for (const n of LENGTHS)
      for (const fused of [true, false]) {
        const [ct, x] = draw(2, n) as [Float32Array, Float32Array];
        expectSame(`${n} elements, fused ${fused}`, (kernels) => {
          const out = new Float32Array(n).fill(NaN);
          kernels.geluBackF32(ct, x, out, fused);
          return [out];
        });
      }
  });
});
