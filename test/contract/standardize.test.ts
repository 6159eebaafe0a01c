import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats } from "./backends.ts";
import { SHAPES } from "./inputs.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const { fround } = Math;

describe.each(BACKENDS)("standardizeF32 on $name", (kernels) => {
  it("gives the written result, whichever axes the statistics have", () => {
    const epsilon = fround(1e-5);
    for (const [outer, n, inner, size] of [
      [1, 5, 3, 1],
      [2, 4, 7, 1],
      [1, 2, 3, 5],
      [3, 1, 1, 6],
      [2, 3, 4, 2],
      [1, 1, 9, 1],
    ] as const) {
      const x = floats(outer * n * inner * size, n, true);
      const [mean, variance, scale, bias] = [
        floats(outer * inner, 1),
        floats(outer * inner, 2).map(Math.abs),
        floats(inner, 3),
        floats(1, 4),
      ] as const;
      const out = new Float32Array(x.length);
      kernels.standardizeF32(x, mean, variance, scale, bias, out, n, inner, size, epsilon);
      const expected = x.map((value, at) => {
        const column = Math.floor(at / size) % inner;
        const line = Math.floor(at / (n * inner * size)) * inner + column;
        const factor = fround(fround(1 / fround(Math.sqrt(fround(variance[line]! + epsilon)))) * scale[column]!);
        return fround(fround(value - mean[line]!) * factor) + bias[0]!;
      });
      expect(firstDifference(out, expected), `${outer}, ${n}, ${inner}, ${size}`).toBe(-1);
    }
  });
});

describe("standardizeF32, core against WebAssembly", () => {
  it("has 0 differing bits", () => {
    for (const [outer, n, inner, size] of SHAPES) {
      for (const edges of [false, true]) {
        const lines = outer * inner;
        const x = floats(n * lines * size, n, edges);
        const mean = floats(lines, 2, edges);
        const variance = floats(lines, 3, edges).map(Math.abs);
        const [a, b] = [new Float32Array(x.length), new Float32Array(x.length)];
        for (const [scale, bias] of [
          [floats(inner, 5), floats(lines, 6, edges)],
          [undefined, floats(1, 7)],
          [floats(lines, 8), undefined],
          [undefined, undefined],
        ] as const) {
          core.standardizeF32(x, mean, variance, scale, bias, a, n, inner, size, fround(1e-5));
          wasm.standardizeF32(x, mean, variance, scale, bias, b, n, inner, size, fround(1e-5));
          expect(firstDifference(a, b), `${outer}, ${n}, ${inner}, ${size}`).toBe(-1);
        }
      }
    }
  });
});
