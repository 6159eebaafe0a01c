import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, SIZES, words } from "./backends.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const KEY = [0, 42] as const;
const PROFILES = [
  ["fma", true],
  ["nofma", false],
] as const;

describe.each(BACKENDS)("normalF32 on $name", (kernels) => {
  it("of key(42) begins as JAX's", () => {
    const out = new Float32Array(4);
    kernels.normalF32(...KEY, 0, out, true);
    expect(Array.from(new Uint32Array(out.buffer))).toEqual([0xbce7df15, 0x3eef2be8, 0x3e976661, 0x3e1d3b24]);
  });

  it("a draw is the transform of its bits, whatever the start", () => {
    const n = 5000;
    for (const start of [0, 1, 4096, 2 ** 32 - 7]) {
      const bits = new Uint32Array(n);
      kernels.bits32(...KEY, start, bits);
      const direct = new Float32Array(n);
      const twoSteps = new Float32Array(n);
      for (const fused of [true, false]) {
        kernels.normalF32(...KEY, start, direct, fused);
        kernels.normalFromBitsF32(bits, twoSteps, fused);
        expect(firstDifference(direct, twoSteps)).toBe(-1);
      }
    }
  });

  it("lies between -5.419983 and 5.220113", () => {
    const out = new Float32Array(2);
    kernels.normalFromBitsF32(Uint32Array.of(0, 0xffffffff), out, true);
    expect(Array.from(new Uint32Array(out.buffer))).toEqual([0xc0ad7080, 0x40a70b2a]);
  });
});

describe("normalF32, core against WebAssembly", () => {
  it.each(PROFILES)("has 0 differing bits at every size, profile %s", (_, fused) => {
    for (const n of [...SIZES, 100_000]) {
      const bits = words(n, n + 1);
      const a = new Float32Array(n);
      const b = new Float32Array(n);
      core.normalFromBitsF32(bits, a, fused);
      wasm.normalFromBitsF32(bits, b, fused);
      expect(firstDifference(a, b), `${n}`).toBe(-1);
      core.normalF32(1, 2, n, a, fused);
      wasm.normalF32(1, 2, n, b, fused);
      expect(firstDifference(a, b), `${n}, drawn`).toBe(-1);
    }
  });
});
