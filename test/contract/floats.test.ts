import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, EDGES, SIZES, words } from "./backends.ts";

const KEY = [0, 42] as const;
/** minval, maxval, least and most of the truncated normal in (-2, 2). */
const BETWEEN = [-0.9544997215270996, 0.9544997215270996, -1.9999998807907104, 1.9999998807907104] as const;
const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];

describe.each(BACKENDS)("uniform and normal on $name", (kernels) => {
  it("the first normals of key(42) are JAX's", () => {
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
      kernels.normalF32(...KEY, start, direct, true);
      kernels.normalFromBitsF32(bits, twoSteps, true);
      expect(firstDifference(direct, twoSteps)).toBe(-1);
      kernels.uniformF32(...KEY, start, -3, 3, direct, true);
      kernels.uniformFromBitsF32(bits, -3, 3, twoSteps, true);
      expect(firstDifference(direct, twoSteps)).toBe(-1);
      for (const fused of [true, false]) {
        kernels.truncatedNormalF32(...KEY, start, ...BETWEEN, direct, fused);
        kernels.truncatedNormalFromBitsF32(bits, ...BETWEEN, twoSteps, fused);
        expect(firstDifference(direct, twoSteps)).toBe(-1);
      }
    }
  });

  it("normals lie between -5.419983 and 5.220113", () => {
    const out = new Float32Array(2);
    kernels.normalFromBitsF32(Uint32Array.of(0, 0xffffffff), out, true);
    expect(Array.from(new Uint32Array(out.buffer))).toEqual([0xc0ad7080, 0x40a70b2a]);
  });

  it("a truncated normal is its uniform's erfInv times sqrt(2), clipped", () => {
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

  it("erfInv of an element does not hang on its neighbours", () => {
    const calm = Float32Array.from({ length: 1030 }, (_, i) => (i + 0.5) / 515.5 - 1);
    const expected = new Float32Array(calm.length);
    kernels.unaryF32("erfInv", calm, expected, true);
    for (const odd of [0, -0, 1, -1, 2, NaN, -Infinity, 2 ** -126, 2 ** -130]) {
      const x = calm.slice();
      x[500] = x[1025] = odd;
      const out = new Float32Array(x.length);
      kernels.unaryF32("erfInv", x, out, true);
      out[500] = expected[500]!;
      out[1025] = expected[1025]!;
      expect(firstDifference(out, expected), `beside ${odd}`).toBe(-1);
    }
  });

  it("a uniform never leaves its bounds", () => {
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

describe("uniform and normal, core against WebAssembly", () => {
  it("have 0 differing bits at every size", () => {
    for (const n of SIZES) {
      const a = new Float32Array(n);
      const b = new Float32Array(n);
      core.normalF32(...KEY, n, a, true);
      wasm.normalF32(...KEY, n, b, true);
      expect(firstDifference(a, b), `normalF32 of ${n}`).toBe(-1);
      core.uniformF32(...KEY, n, -1.5, 2.25, a, true);
      wasm.uniformF32(...KEY, n, -1.5, 2.25, b, true);
      expect(firstDifference(a, b), `uniformF32 of ${n}`).toBe(-1);
      for (const fused of [true, false]) {
        core.truncatedNormalF32(...KEY, n, ...BETWEEN, a, fused);
        wasm.truncatedNormalF32(...KEY, n, ...BETWEEN, b, fused);
        expect(firstDifference(a, b), `truncatedNormalF32 of ${n}`).toBe(-1);
      }
    }
  });

  it("uniform has 0 differing bits with bounds at the edges of arithmetic", () => {
    const bits = Uint32Array.of(0, 0xffffffff, 0x1ff, 0x200, ...words(60));
    for (const low of EDGES) {
      for (const high of EDGES) {
        const a = new Float32Array(bits.length);
        const b = new Float32Array(bits.length);
        core.uniformFromBitsF32(bits, low, high, a, true);
        wasm.uniformFromBitsF32(bits, low, high, b, true);
        expect(firstDifference(a, b), `[${low}, ${high})`).toBe(-1);
        for (const fused of [true, false]) {
          core.truncatedNormalFromBitsF32(bits, low, high, -1, 1, a, fused);
          wasm.truncatedNormalFromBitsF32(bits, low, high, -1, 1, b, fused);
          expect(firstDifference(a, b), `truncated normal of [${low}, ${high})`).toBe(-1);
          core.truncatedNormalFromBitsF32(bits, -1, 1, low, high, a, fused);
          wasm.truncatedNormalFromBitsF32(bits, -1, 1, low, high, b, fused);
          expect(firstDifference(a, b), `truncated normal clipped to [${low}, ${high}]`).toBe(-1);
        }
      }
    }
  });

  it("truncated normal has 0 differing bits with any bounds", () => {
    const bits = words(257, 9);
    const unit = fc.float({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, fc.float(), fc.float(), fc.boolean(), (minval, maxval, least, most, fused) => {
        const a = new Float32Array(bits.length);
        const b = new Float32Array(bits.length);
        core.truncatedNormalFromBitsF32(bits, minval, maxval, least, most, a, fused);
        wasm.truncatedNormalFromBitsF32(bits, minval, maxval, least, most, b, fused);
        expect(firstDifference(a, b)).toBe(-1);
      }),
    );
  });

  it("uniform has 0 differing bits with any bounds", () => {
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
