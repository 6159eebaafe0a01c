import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, EDGES, SIZES, words } from "./backends.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const KEY = [0, 42] as const;
const PROFILES = [
  ["fma", true],
  ["nofma", false],
] as const;

describe.each(BACKENDS)("uniformF32 on $name", (kernels) => {
  it("a draw is the transform of its bits, whatever the start", () => {
    const n = 5000;
    for (const start of [0, 1, 4096, 2 ** 32 - 7]) {
      const bits = new Uint32Array(n);
      kernels.bits32(...KEY, start, bits);
      const direct = new Float32Array(n);
      const twoSteps = new Float32Array(n);
      for (const fused of [true, false]) {
        kernels.uniformF32(...KEY, start, -3, 3, direct, fused);
        kernels.uniformFromBitsF32(bits, -3, 3, twoSteps, fused);
        expect(firstDifference(direct, twoSteps)).toBe(-1);
      }
    }
  });

  it("never leaves its bounds", () => {
    const bits = Uint32Array.of(0, 0xffffffff, ...words(500));
    const bound = fc.float({ noNaN: true, noDefaultInfinity: true, min: Math.fround(-1e30), max: Math.fround(1e30) });
    fc.assert(
      fc.property(bound, bound, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const out = new Float32Array(bits.length);
        kernels.uniformFromBitsF32(bits, low, high, out, true);
        expect(out.every((x) => x >= low - 2 ** -126 && x <= high + 2 ** -126)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("uniformF32, core against WebAssembly", () => {
  it.each(PROFILES)("has 0 differing bits at every size, profile %s", (_, fused) => {
    for (const n of [...SIZES, 100_000]) {
      const bits = words(n, n + 1);
      const a = new Float32Array(n);
      const b = new Float32Array(n);
      core.uniformFromBitsF32(bits, -1.25, 3e-39, a, fused);
      wasm.uniformFromBitsF32(bits, -1.25, 3e-39, b, fused);
      expect(firstDifference(a, b), `${n}`).toBe(-1);
      core.uniformF32(1, 2, n, -1.5, 2.3125, a, fused);
      wasm.uniformF32(1, 2, n, -1.5, 2.3125, b, fused);
      expect(firstDifference(a, b), `${n}, drawn`).toBe(-1);
    }
  });

  it("has 0 differing bits with bounds at the edges of arithmetic", () => {
    const bits = Uint32Array.of(0, 0xffffffff, 0x1ff, 0x200, ...words(60));
    for (const low of EDGES) {
      for (const high of EDGES) {
        const a = new Float32Array(bits.length);
        const b = new Float32Array(bits.length);
        for (const fused of [true, false]) {
          core.uniformFromBitsF32(bits, low, high, a, fused);
          wasm.uniformFromBitsF32(bits, low, high, b, fused);
          expect(firstDifference(a, b), `[${low}, ${high})`).toBe(-1);
        }
      }
    }
  });

  it("has 0 differing bits with any bounds", () => {
    const bits = words(257, 9);
    fc.assert(
      fc.property(fc.float(), fc.float(), (low, high) => {
        const a = new Float32Array(bits.length);
        const b = new Float32Array(bits.length);
        core.uniformFromBitsF32(bits, low, high, a, true);
        wasm.uniformFromBitsF32(bits, low, high, b, true);
        expect(firstDifference(a, b)).toBe(-1);
      }),
    );
  });
});
