import { describe, expect, it } from "vitest";
import { BACKENDS, floats } from "./backends.ts";
import { LINES } from "./inputs.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const OPS = ["maximum", "minimum"] as const;

describe.each(BACKENDS)("argReduceF32 on $name", (kernels) => {
  const find = (op: (typeof OPS)[number], x: number[], inner = 1): number[] => {
    const out = new Int32Array(inner).fill(7);
    kernels.argReduceF32(op, Float32Array.from(x), out, x.length / inner, inner);
    return [...out];
  };

  it("gives the first of equal ones, and the first NaN", () => {
    for (const op of OPS) {
      expect(find(op, [0, -0, 0])).toEqual([0]);
      expect(find(op, [-0, 0, 0])).toEqual([0]);
      expect(find(op, [2, NaN, 3, NaN])).toEqual([1]);
      expect(find(op, [NaN])).toEqual([0]);
      expect(find(op, [1, 2, NaN, NaN, 0, 3], 2)).toEqual([1, 1]);
      for (let n = 1; n < 40; n++) {
        for (let k = 0; k < n; k++) {
          const best = op === "minimum" ? -3 : 3;
          const x = Array.from({ length: n }, (_, i) => (i < k ? 0 : best));
          expect(find(op, x), `${n}, ${k}`).toEqual([k]);
          expect(find(op, Object.assign(x, { [n - 1]: NaN })), `NaN, ${n}, ${k}`).toEqual([n - 1]);
        }
      }
    }
    expect(find("maximum", [0, 2 ** -149])).toEqual([1]);
    expect(find("minimum", [-Infinity, 1, -Infinity])).toEqual([0]);
    expect(find("maximum", [-Infinity, -Infinity])).toEqual([0]);
    expect(find("maximum", [1, 9, 3, 4, 2, 8], 3)).toEqual([1, 0, 1]);
  });
});

describe("argReduceF32, core against WebAssembly", () => {
  it("is the same along any axis", () => {
    for (const [outer, n, inner] of LINES) {
      if (n === 0) continue;
      for (const edges of [false, true]) {
        const x = floats(outer * n * inner, n, edges);
        for (const terms of [x, x.map(Math.round)]) {
          const [a, b] = [new Int32Array(outer * inner), new Int32Array(outer * inner)];
          for (const op of OPS) {
            core.argReduceF32(op, terms, a, n, inner);
            wasm.argReduceF32(op, terms, b, n, inner);
            expect(
              a.findIndex((index, i) => index !== b[i]),
              `${op}, ${outer}, ${n}, ${inner}`,
            ).toBe(-1);
          }
        }
      }
    }
  });

  it("keeps the first NaN and the first best of parts of a long row", () => {
    for (const op of OPS) {
      const best = op === "minimum" ? -3 : 3;
      for (const places of [[0], [70000], [100, 70000], [69999, 140000], [65519], [65520], [65521, 65535]]) {
        for (const value of [best, NaN]) {
          const x = new Float32Array(150001);
          for (const place of places) x[place] = value;
          if (value === best) x[150000] = best;
          const out = new Int32Array(1);
          wasm.argReduceF32(op, x, out, x.length, 1);
          expect(out[0], `${op} ${value} at ${places}`).toBe(places[0]);
        }
      }
    }
  });
});
