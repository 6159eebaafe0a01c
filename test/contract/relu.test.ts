import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, EDGES, floats, SIZES } from "./backends.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];

describe.each(BACKENDS)("reluF32 on $name", (kernels) => {
  it("keeps NaN and what is normal and positive", () => {
    const out = new Float32Array(EDGES.length);
    kernels.reluF32(EDGES, out);
    expect([...out]).toEqual([...EDGES].map((x) => (x !== x || x >= 2 ** -126 ? x : 0)));
  });
});

describe("reluF32, core against WebAssembly", () => {
  it("has 0 differing bits", () => {
    for (const n of [...SIZES, 70001]) {
      const x = floats(n, n, true);
      const [a, b] = [new Float32Array(n), new Float32Array(n)];
      core.reluF32(x, a);
      wasm.reluF32(x, b);
      expect(firstDifference(a, b), `${n} elements`).toBe(-1);
    }
  });
});
