import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats } from "./backends.ts";
import { COLUMNS } from "./inputs.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const { fround } = Math;

describe.each(BACKENDS)("logSumExpF32 on $name", (kernels) => {
  const of = (x: number[], inner = 1): number[] => {
    const out = new Float32Array(inner).fill(7);
    kernels.logSumExpF32(Float32Array.from(x), out, x.length / inner, inner, true);
    return [...out];
  };

  it("is exact where nothing is rounded, whatever the infinities", () => {
    expect(of([3])).toEqual([3]);
    expect(of([-Infinity, 2])).toEqual([2]);
    expect(of([-Infinity, -Infinity])).toEqual([-Infinity]);
    expect(of([Infinity, 1])).toEqual([Infinity]);
    expect(of([NaN, 1])).toEqual([NaN]);
    expect(of([2 ** -149])).toEqual([0]);
    expect(of([3, -Infinity, Infinity, NaN], 4)).toEqual([3, -Infinity, Infinity, NaN]);
    expect(of([100, 100])).toEqual([fround(100 + fround(Math.LN2))]);
  });
});

describe("logSumExpF32, core against WebAssembly", () => {
  it("has 0 differing bits along any axis", () => {
    for (const [outer, n, inner] of [...COLUMNS, [3, 16384, 1], [70, 1025, 1], [5000, 2, 1]] as const) {
      for (const edges of [false, true]) {
        const x = floats(outer * n * inner, n, edges);
        const [a, b] = [new Float32Array(outer * inner), new Float32Array(outer * inner)];
        for (const fused of n < 100 ? [false, true] : [true]) {
          core.logSumExpF32(x, a, n, inner, fused);
          wasm.logSumExpF32(x, b, n, inner, fused);
          expect(firstDifference(a, b), `${outer}, ${n}, ${inner}`).toBe(-1);
        }
      }
    }
  });
});
