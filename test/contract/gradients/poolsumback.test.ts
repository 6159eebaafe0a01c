import { describe, expect, it } from "vitest";
import type { PoolWindows } from "../../../src/base/index.ts";
import { floats } from "../backends.ts";
import { elementsIn, POOL_WINDOWS, sizeOf, windowsOf } from "../poolwindows.ts";
import { core, expectSame, spread, wasm } from "./backends.ts";

/** Places `step` apart of a line, whose windows see `size` neighbours each. */
function line(places: number, size: number, step: number): PoolWindows {
  const view = Array.from({ length: size }, (_, i) => i);
  return { segments: [{ start: 0, places, view: 0 }], step, views: [view], features: 1 };
}

describe.each([core, wasm])("poolSumBackF32 on $name", (kernels) => {
  const back = (ct: number[], n: number, windows: PoolWindows): number[] => {
    const out = new Float32Array(n).fill(NaN);
    kernels.poolSumBackF32(Float32Array.from(ct), out, windows);
    return [...out];
  };

  it("gives each cotangent to all that its window sees, and +0 to what none sees", () => {
    expect(back([5, 7], 5, line(2, 2, 2))).toEqual([5, 5, 7, 7, 0]);
    expect(back([5, 7], 5, line(2, 1, 3))).toEqual([5, 0, 0, 7, 0]);
  });

  it("adds what windows that overlap give to one element, places ascending", () => {
    expect(back([5, 7, 9], 4, line(3, 2, 1))).toEqual([5, 12, 16, 9]);
    expect(back([2 ** 24, 1, 1], 3, line(3, 3, 0))).toEqual([2 ** 24, 2 ** 24, 2 ** 24]);
    expect(back([1, 1, 2 ** 24], 1, line(3, 1, 0))).toEqual([2 ** 24 + 2]);
  });

  it("lets windows see different elements, or nothing", () => {
    const segments = [
      { start: 1, places: 1, view: 0 },
      { start: 0, places: 1, view: 2 },
      { start: 0, places: 1, view: 1 },
    ];
    expect(back([1, 2, 4, 8, 16, 32], 6, { segments, step: 0, views: [[0, 3], [2], []], features: 2 })).toEqual([
      0, 1, 18, 32, 1, 2,
    ]);
  });

  it("keeps subnormals, and leaves no negative zero", () => {
    expect(back([-(2 ** -149)], 1, line(1, 1, 1))).toEqual([-(2 ** -149)]);
    expect(back([-0], 1, line(1, 1, 1))).toEqual([0]);
    expect(back([Infinity, -Infinity], 1, line(2, 1, 0))).toEqual([NaN]);
  });
});

describe("poolSumBackF32, core against WebAssembly", () => {
  it("has 0 differing bits", () => {
    for (const windows of POOL_WINDOWS)
      for (const edges of [false, true]) {
        const [n, size] = [elementsIn(windows) + 3, sizeOf(windows)];
        const ct = edges ? floats(size, 9, true) : spread(1, size)[0]!;
        expectSame(`${size} cotangents`, (kernels) => {
          const out = new Float32Array(n).fill(NaN);
          kernels.poolSumBackF32(ct, out, windows);
          return [out];
        });
      }
  });

  it("takes arrays whose elements begin anywhere", () => {
    const windows = windowsOf([3, 1, 2, 4], 2, 3, 20);
    const n = elementsIn(windows);
    const ct = floats(sizeOf(windows) + 1, 6).subarray(1);
    expectSame("unaligned", (kernels) => {
      const out = new Float32Array(n + 1).subarray(1);
      kernels.poolSumBackF32(ct, out, windows);
      return [out];
    });
  });
});
