import { describe, expect, it } from "vitest";
import type { PoolWindows } from "../../../src/base/index.ts";
import { firstDifference } from "../../bits.ts";
import { BACKENDS, floats } from "../backends.ts";
import { elementsIn, POOL_WINDOWS, sizeOf, windowsOf } from "../poolwindows.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const OPS = ["add", "maximum", "minimum"] as const;

/** One window of all elements of `x`, `features` at a time. */
function whole(x: readonly number[], features = 1): PoolWindows {
  const view = Array.from({ length: x.length / features }, (_, i) => i * features);
  return { segments: [{ start: 0, places: 1, view: 0 }], step: 0, views: [view], features };
}

describe.each(BACKENDS)("poolF32 on $name", (kernels) => {
  const pool = (op: (typeof OPS)[number], x: number[], features = 1, factor?: number | "mean"): number[] => {
    const out = new Float32Array(features).fill(7);
    kernels.poolF32(op, Float32Array.from(x), out, whole(x, features), factor);
    return [...out];
  };

  it("sums ascending from +0, keeps subnormals, and flushes them where it multiplies", () => {
    expect(pool("add", [2 ** 24, 1, 1])).toEqual([2 ** 24]);
    expect(pool("add", [1, 1, 2 ** 24])).toEqual([2 ** 24 + 2]);
    expect(pool("add", [-0, -0])).toEqual([0]);
    expect(pool("add", [2 ** -149])).toEqual([2 ** -149]);
    expect(pool("add", [2 ** -149], 1, 1)).toEqual([0]);
    expect(pool("add", [1, 2, 3, 4, 5, 6], 2, 0.5)).toEqual([4.5, 6]);
    expect(pool("add", [0.1, 0.2], 1, 3)).toEqual([Math.fround(3 * Math.fround(Math.fround(0.1) + Math.fround(0.2)))]);
    expect(pool("add", [-(2 ** -126)], 1, 0.5)).toEqual([-0]);
    expect(pool("add", [2, 3, 7], 1, "mean")).toEqual([Math.fround(12 * Math.fround(1 / 3))]);
    expect(pool("add", [1, 2, 3, 4, 5, 6], 2, "mean")).toEqual([3, 4]);
    expect(pool("add", [Infinity, -Infinity])).toEqual([NaN]);
  });

  it("extremes are NaN where one is, order the zeros, and keep subnormals", () => {
    expect(pool("maximum", [1, 3, 2])).toEqual([3]);
    expect(pool("minimum", [1, 3, 2])).toEqual([1]);
    for (const op of ["maximum", "minimum"] as const) {
      expect(pool(op, [1, NaN, 2])).toEqual([NaN]);
      expect(pool(op, [-0, 0])).toEqual([op === "minimum" ? -0 : 0]);
      expect(pool(op, [0, -0])).toEqual([op === "minimum" ? -0 : 0]);
      expect(pool(op, [2 ** -149])).toEqual([2 ** -149]);
    }
    expect(pool("maximum", [1, 2, 3, 4, 5, 9, 8, 7, 6, 0], 5)).toEqual([9, 8, 7, 6, 5]);
  });

  it("of nothing is what it starts at", () => {
    expect(OPS.map((op) => pool(op, []))).toEqual([[0], [-Infinity], [Infinity]]);
    expect(pool("add", [], 1, 4)).toEqual([0]);
    expect(pool("add", [], 1, "mean")).toEqual([NaN]);
  });
});

describe("poolF32, core against WebAssembly", () => {
  it("has 0 differing bits", () => {
    for (const windows of POOL_WINDOWS) {
      for (const edges of [false, true]) {
        const x = floats(elementsIn(windows), 5, edges);
        const [a, b] = [new Float32Array(sizeOf(windows)), new Float32Array(sizeOf(windows))];
        for (const op of OPS) {
          for (const factor of op === "add" ? ([undefined, 1, Math.fround(1 / 9), "mean"] as const) : [undefined]) {
            core.poolF32(op, x, a, windows, factor);
            wasm.poolF32(op, x, b, windows, factor);
            expect(firstDifference(a, b), `${op}, ${a.length} elements`).toBe(-1);
          }
        }
      }
    }
  });

  it("reads an array whose elements begin anywhere", () => {
    const windows = windowsOf([3, 1, 2, 4], 2, 3, 20);
    const x = floats(elementsIn(windows) + 1, 6).subarray(1);
    const [a, b] = [new Float32Array(sizeOf(windows)), new Float32Array(sizeOf(windows))];
    core.poolF32("maximum", x, a, windows);
    wasm.poolF32("maximum", x, b, windows);
    expect(firstDifference(a, b)).toBe(-1);
  });
});
