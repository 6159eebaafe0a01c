import { describe, expect, it } from "vitest";
import { EDGES } from "../backends.ts";
import { core, expectSame, inputs, LENGTHS, wasm } from "./backends.ts";

describe.each([core, wasm])("reluBackF32 on $name", (kernels) => {
  it("passes the cotangent where x is positive and not subnormal", () => {
    const ct = new Float32Array(EDGES.length).fill(2 ** -149);
    const out = new Float32Array(EDGES.length);
    kernels.reluBackF32(ct, EDGES, out);
    expect([...out]).toEqual([...EDGES].map((x) => (x >= 2 ** -126 ? 2 ** -149 : 0)));
  });
});

describe("reluBackF32, core against WebAssembly", () => {
  it("has 0 differing bits", () => {
    for (const n of LENGTHS) {
      const [ct, x] = inputs(2, n) as [Float32Array, Float32Array];
      expectSame(`${n} elements`, (kernels) => {
        const out = new Float32Array(n).fill(NaN);
        kernels.reluBackF32(ct, x, out);
        return [out];
      });
    }
  });
});
