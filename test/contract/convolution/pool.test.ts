import { describe, expect, it } from "vitest";
import type { PoolWindows } from "../../../src/base/index.ts";
import { firstDifference } from "../../bits.ts";
import { BACKENDS, floats } from "../backends.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const OPS = ["add", "maximum", "minimum"] as const;

/** One window of all elements of `x`, `features` at a time. */
function whole(x: readonly number[], features = 1): PoolWindows {
  const view = Array.from({ length: x.length / features }, (_, i) => i * features);
  return { segments: [{ start: 0, places: 1, view: 0 }], step: 0, views: [view], features };
}

/** Segments of the lengths `places`, whose windows see `sees` runs each, some of them fewer, some nothing. */
function windowsOf(places: readonly number[], step: number, sees: number, features: number): PoolWindows {
  const views = [sees, sees - 1, 0].map((n) => Array.from({ length: Math.max(n, 0) }, (_, i) => i * (features + 1)));
  let start = 0;
  const segments = places.map((own, i) => {
    const segment = { start, places: own, view: i % 3 };
    start += own;
    return segment;
  });
  return { segments, step, views, features };
}

function elementsIn({ segments, step, views, features }: PoolWindows): number {
  const ends = segments.map(({ start, places, view }) => start + (places - 1) * step + (views[view]!.at(-1) ?? 0));
  return Math.max(...ends) + features;
}

function sizeOf({ segments, features }: PoolWindows): number {
  return segments.reduce((sum, { places }) => sum + places, 0) * features;
}

/** At the edges of lanes, of sixteen features and of blocks of segments. */
const CASES: readonly PoolWindows[] = [
  ...Array.from({ length: 35 }, (_, features) => windowsOf([3, 1, 2, 4], 2, 3, features + 1)),
  windowsOf([1], 1, 1, 1),
  windowsOf([5, 4, 3], 7, 9, 64),
  windowsOf(
    Array.from({ length: 300 }, () => 70),
    5,
    4,
    33,
  ),
  windowsOf([9000, 1, 1, 2000], 16, 2, 16),
  windowsOf([2, 2], 1, 3000, 48),
];

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
    for (const windows of CASES) {
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
