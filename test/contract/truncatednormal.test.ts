import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, EDGES, SIZES, words } from "./backends.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const KEY = [0, 42] as const;
/** minval, maxval, clipMin and clipMax of the truncated normal in (-2, 2). */
const BETWEEN = [-0.9544997215270996, 0.9544997215270996, -1.9999998807907104, 1.9999998807907104] as const;
const PROFILES = [
  ["fma", true],
  ["nofma", false],
] as const;

describe.each(BACKENDS)("truncatedNormalF32 on $name", (kernels) => {
  it("a draw is the transform of its bits, whatever the start", () => {
    const n = 5000;
    for (const start of [0, 1, 4096, 2 ** 32 - 7]) {
      const bits = new Uint32Array(n);
      kernels.bits32(...KEY, start, bits);
      const direct = new Float32Array(n);
      const twoSteps = new Float32Array(n);
      for (const fused of [true, false]) {
        kernels.truncatedNormalF32(...KEY, start, ...BETWEEN, direct, fused);
        kernels.truncatedNormalFromBitsF32(bits, ...BETWEEN, twoSteps, fused);
        expect(firstDifference(direct, twoSteps)).toBe(-1);
      }
    }
  });

  it("is its uniform's erfInv times sqrt(2), clipped", () => {
    const bits = Uint32Array.of(0, 0xffffffff, 0x80000000, ...words(3000));
    for (const fused of [true, false]) {
      for (const [minval, maxval] of [
        [-1, 1],
        [0, 1],
        [0.25, 0.75],
        [-1e-30, 1e-30],
        [0.99, 1],
        [-1.5, 1.5],
      ] as const) {
        const expected = new Float32Array(bits.length);
        kernels.uniformFromBitsF32(bits, minval, maxval, expected, fused);
        kernels.unaryF32("erfInv", expected, expected, fused);
        const sqrt2 = Math.fround(Math.SQRT2);
        for (let i = 0; i < expected.length; i++) {
          const x = Math.fround(sqrt2 * expected[i]!);
          expected[i] = x !== x ? x : Math.min(Math.max(x, -1), 2.5);
        }
        const out = new Float32Array(bits.length);
        kernels.truncatedNormalFromBitsF32(bits, minval, maxval, -1, 2.5, out, fused);
        expect(firstDifference(out, expected), `[${minval}, ${maxval})`).toBe(-1);
      }
    }
  });
});

describe("truncatedNormalF32, core against WebAssembly", () => {
  it.each(PROFILES)("has 0 differing bits at every size, profile %s", (_, fused) => {
    for (const n of [...SIZES, 100_000]) {
      const bits = words(n, n + 1);
      const a = new Float32Array(n);
      const b = new Float32Array(n);
      core.truncatedNormalFromBitsF32(bits, ...BETWEEN, a, fused);
      wasm.truncatedNormalFromBitsF32(bits, ...BETWEEN, b, fused);
      expect(firstDifference(a, b), `${n}`).toBe(-1);
      core.truncatedNormalF32(1, 2, n, ...BETWEEN, a, fused);
      wasm.truncatedNormalF32(1, 2, n, ...BETWEEN, b, fused);
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
          core.truncatedNormalFromBitsF32(bits, low, high, -1, 1, a, fused);
          wasm.truncatedNormalFromBitsF32(bits, low, high, -1, 1, b, fused);
          expect(firstDifference(a, b), `of [${low}, ${high})`).toBe(-1);
          core.truncatedNormalFromBitsF32(bits, -1, 1, low, high, a, fused);
          wasm.truncatedNormalFromBitsF32(bits, -1, 1, low, high, b, fused);
          expect(firstDifference(a, b), `clipped to [${low}, ${high}]`).toBe(-1);
        }
      }
    }
  });

  it("has 0 differing bits with any bounds", () => {
    const bits = words(257, 9);
    const unit = fc.float({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, fc.float(), fc.float(), fc.boolean(), (minval, maxval, clipMin, clipMax, fused) => {
        const a = new Float32Array(bits.length);
        const b = new Float32Array(bits.length);
        core.truncatedNormalFromBitsF32(bits, minval, maxval, clipMin, clipMax, a, fused);
        wasm.truncatedNormalFromBitsF32(bits, minval, maxval, clipMin, clipMax, b, fused);
        expect(firstDifference(a, b)).toBe(-1);
      }),
    );
  });
});
