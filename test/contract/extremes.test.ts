import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats } from "./backends.ts";
import { elementsIn, GEOMETRIES, windowsOf } from "./inputs.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];

describe.each(BACKENDS)("extremesF32 on $name", (kernels) => {
  const extremes = (x: number[], op: "maximum" | "minimum", run = 1): number[] => {
    const out = new Float32Array(run);
    kernels.extremesF32(op, Float32Array.from(x), out, windowsOf(1, run, 1, 1, x.length / run, run));
    return [...out];
  };

  it("is NaN where one is, orders the zeros, and keeps subnormals", () => {
    expect(extremes([1, 3, 2], "maximum")).toEqual([3]);
    expect(extremes([1, 3, 2], "minimum")).toEqual([1]);
    for (const op of ["maximum", "minimum"] as const) {
      expect(extremes([1, NaN, 2], op)).toEqual([NaN]);
      expect(extremes([-0, 0], op)).toEqual([op === "minimum" ? -0 : 0]);
      expect(extremes([0, -0], op)).toEqual([op === "minimum" ? -0 : 0]);
      expect(extremes([2 ** -149], op)).toEqual([2 ** -149]);
    }
    expect(extremes([1, 2, 3, 4, 5, 9, 8, 7, 6, 0], "maximum", 5)).toEqual([9, 8, 7, 6, 5]);
  });
});

describe("extremesF32, core against WebAssembly", () => {
  it("has 0 differing bits", () => {
    for (const windows of GEOMETRIES) {
      for (const op of ["maximum", "minimum"] as const) {
        for (const edges of [false, true]) {
          const x = floats(elementsIn(windows), 5, edges);
          const size = windows.lines.length * windows.places * windows.run;
          const [a, b] = [new Float32Array(size), new Float32Array(size)];
          core.extremesF32(op, x, a, windows);
          wasm.extremesF32(op, x, b, windows);
          expect(firstDifference(a, b), `${size} elements`).toBe(-1);
        }
      }
    }
  });
});
