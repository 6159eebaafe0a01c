import { describe, expect, it } from "vitest";
import type { Windows } from "../../../src/base/index.ts";
import { elementsIn, GEOMETRIES, windowsOf } from "../inputs.ts";
import { floats } from "../backends.ts";
import { core, expectSame, spread } from "./backends.ts";

/** The gradient of a pool of a line with windows of `size` elements, `step` apart. */
function back(x: number[], ct: number[], op: "maximum" | "minimum", size: number, step: number): number[] {
  const out = new Float32Array(x.length).fill(NaN);
  const places = (x.length - size) / step + 1;
  core.extremesBackF32(op, Float32Array.from(x), Float32Array.from(ct), out, windowsOf(1, 1, places, step, size, 1));
  return [...out];
}

describe("extremesBackF32", () => {
  it("gives each cotangent to the first extreme of its window", () => {
    expect(back([1, 3, 3, 2], [5, 7], "maximum", 2, 2)).toEqual([0, 5, 7, 0]);
    expect(back([3, 3, 0, -0], [5, 7], "minimum", 2, 2)).toEqual([5, 0, 7, 0]);
  });

  it("adds what windows that overlap give to one element", () => {
    expect(back([1, 4, 2, 3], [5, 7, 9], "maximum", 2, 1)).toEqual([0, 12, 0, 9]);
  });

  it("lets a NaN give way to what follows, and takes one that comes last", () => {
    expect(back([NaN, 1, 1, NaN], [5, 7], "maximum", 2, 2)).toEqual([0, 5, 0, 7]);
    expect(back([-Infinity, -Infinity], [5], "maximum", 2, 2)).toEqual([5, 0]);
  });

  it("takes subnormal cotangents for zeros, and leaves no negative zero", () => {
    expect(back([1, 2], [-(2 ** -149)], "maximum", 2, 2)).toEqual([0, 0]);
    expect(back([1, 2], [-0], "maximum", 2, 2)).toEqual([0, 0]);
  });
});

/** Windows that overlap, with runs that do not. */
const WINDOWS: readonly Windows[] = [
  ...GEOMETRIES.slice(0, -1),
  windowsOf(300, 500, 100, 4, 3, 7),
  { lines: Int32Array.of(0, 7, 50), places: 3, step: 2, runs: Int32Array.of(1, 6, 17), run: 5 },
];

describe("extremesBackF32, core against WebAssembly", () => {
  it("has 0 differing bits", () => {
    for (const windows of WINDOWS)
      for (const op of ["maximum", "minimum"] as const)
        for (const edges of [false, true]) {
          const n = elementsIn(windows) + 3;
          const size = windows.lines.length * windows.places * windows.run;
          // Few values, so that there are equal ones.
          const x = floats(n, 5, edges).map((value) => (edges ? value : Math.round(value)));
          const ct = edges ? floats(size, 9, true) : spread(1, size)[0]!;
          expectSame(`${op} of ${n} elements`, (kernels) => {
            const out = new Float32Array(n).fill(NaN);
            kernels.extremesBackF32(op, x, ct, out, windows);
            return [out];
          });
        }
  });
});
