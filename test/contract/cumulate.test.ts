import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats } from "./backends.ts";
import { LINES } from "./inputs.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const OPS = ["add", "multiply"] as const;

describe.each(BACKENDS)("cumulateF32 on $name", (kernels) => {
  const cumulate = (op: (typeof OPS)[number], x: number[], inner = 1): number[] => {
    const out = new Float32Array(x.length).fill(7);
    kernels.cumulateF32(op, Float32Array.from(x), out, x.length / inner, inner);
    return [...out];
  };

  it("goes ascending; sums keep subnormals, products flush them", () => {
    expect(cumulate("add", [1, 2, 3])).toEqual([1, 3, 6]);
    expect(cumulate("add", [2 ** 24, 1, 1])).toEqual([2 ** 24, 2 ** 24, 2 ** 24]);
    expect(cumulate("add", [-0, 2 ** -149])).toEqual([0, 2 ** -149]);
    expect(cumulate("multiply", [2, 3, 4])).toEqual([2, 6, 24]);
    expect(cumulate("multiply", [-(2 ** -149), Infinity])).toEqual([-0, NaN]);
    expect(cumulate("multiply", [2 ** -100, 2 ** -30, 2 ** 100])).toEqual([2 ** -100, 0, 0]);
    expect(cumulate("add", [1, 2, 3, 4, 5, 6], 3)).toEqual([1, 2, 3, 5, 7, 9]);
    expect(cumulate("multiply", [1, 2, 3, 4, 5, 6], 2)).toEqual([1, 2, 3, 8, 15, 48]);
  });
});

describe("cumulateF32, core against WebAssembly", () => {
  it("has 0 differing bits along any axis, in place too", () => {
    for (const [outer, n, inner] of LINES) {
      for (const edges of [false, true]) {
        const x = floats(outer * n * inner, n, edges);
        for (const op of OPS) {
          const terms = op === "multiply" && !edges ? x.map((value) => 1 + value / 100) : x.slice();
          const [a, b] = [new Float32Array(x.length), new Float32Array(x.length)];
          core.cumulateF32(op, terms, a, n, inner);
          wasm.cumulateF32(op, terms, b, n, inner);
          expect(firstDifference(a, b), `${op}, ${outer}, ${n}, ${inner}`).toBe(-1);
          wasm.cumulateF32(op, terms, terms, n, inner);
          expect(firstDifference(a, terms), `in place, ${op}, ${outer}, ${n}, ${inner}`).toBe(-1);
        }
      }
    }
  });
});
