import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats } from "./backends.ts";
import { LINES } from "./inputs.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const OPS = ["multiply", "maximum", "minimum"] as const;

describe.each(BACKENDS)("reduceF32 on $name", (kernels) => {
  const reduce = (op: (typeof OPS)[number], x: number[], inner = 1): number[] => {
    const out = new Float32Array(inner).fill(7);
    kernels.reduceF32(op, Float32Array.from(x), out, x.length / inner, inner);
    return [...out];
  };
  const subnormal = 2 ** -149;

  it("multiplies ascending and flushes at every step", () => {
    expect(reduce("multiply", [2, 3, 4])).toEqual([24]);
    expect(reduce("multiply", [2 ** -100, 2 ** -100, Infinity])).toEqual([NaN]);
    expect(reduce("multiply", [Infinity, 2 ** -100, 2 ** -100])).toEqual([Infinity]);
    expect(reduce("multiply", [-subnormal, 1])).toEqual([-0]);
    expect(reduce("multiply", [2 ** -70, -(2 ** -70), 2 ** 100])).toEqual([-0]);
    expect(reduce("multiply", [1, 2, 3, 4, 5, 6], 3)).toEqual([4, 10, 18]);
  });

  it("extremes are NaN where one is, order the zeros, and flush subnormals", () => {
    for (const op of ["maximum", "minimum"] as const) {
      const zero = op === "minimum" ? -0 : 0;
      for (let n = 1; n < 40; n++) {
        const x = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 0 : -0));
        expect(reduce(op, x), `zeros, ${n}`).toEqual([n === 1 ? 0 : zero]);
        for (let k = 0; k < n; k++) {
          const best = op === "minimum" ? -3 : 3;
          expect(reduce(op, Object.assign([...x], { [k]: best })), `${n}, ${k}`).toEqual([best]);
          expect(reduce(op, Object.assign([...x], { [k]: NaN })), `NaN, ${n}, ${k}`).toEqual([NaN]);
        }
      }
      expect(reduce(op, [subnormal])).toEqual([0]);
      expect(reduce(op, [-subnormal])).toEqual([-0]);
    }
    expect(reduce("maximum", [1, 9, 3, 4, 2, 8], 3)).toEqual([4, 9, 8]);
    expect(reduce("minimum", [1, 9, 3, 4, NaN, 8], 3)).toEqual([1, NaN, 3]);
  });

  it("of nothing is what it starts at", () => {
    expect(OPS.map((op) => reduce(op, []))).toEqual([[1], [-Infinity], [Infinity]]);
    expect(OPS.map((op) => reduce(op, [], 2)[1])).toEqual([1, -Infinity, Infinity]);
  });
});

describe("reduceF32, core against WebAssembly", () => {
  it("has 0 differing bits along any axis", () => {
    for (const [outer, n, inner] of LINES) {
      for (const edges of [false, true]) {
        const x = floats(outer * n * inner, n, edges);
        const [a, b] = [new Float32Array(outer * inner), new Float32Array(outer * inner)];
        for (const op of OPS) {
          const terms = op === "multiply" && !edges ? x.map((value) => 1 + value / 100) : x;
          core.reduceF32(op, terms, a, n, inner);
          wasm.reduceF32(op, terms, b, n, inner);
          expect(firstDifference(a, b), `${op}, ${outer}, ${n}, ${inner}`).toBe(-1);
        }
      }
    }
  });
});
