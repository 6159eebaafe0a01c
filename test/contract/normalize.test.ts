import { describe, expect, it } from "vitest";
import { LONGEST_ROW } from "../../src/base/index.ts";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats } from "./backends.ts";
import { ROWS } from "./inputs.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const { fround } = Math;

describe.each(BACKENDS)("normalizeF32 on $name", (kernels) => {
  it("gives the rows of a period each their own scale and bias", () => {
    const [x, scale, bias] = [floats(40, 1), floats(20, 2), floats(20, 3)];
    const out = new Float32Array(40);
    const alone = new Float32Array(5);
    kernels.normalizeF32(x, scale, bias, out, 5, 0, true);
    for (let at = 0; at < 40; at += 5) {
      kernels.normalizeF32(
        x.subarray(at, at + 5),
        scale.subarray(at % 20, (at % 20) + 5),
        bias.subarray(at % 20, (at % 20) + 5),
        alone,
        5,
        0,
        true,
      );
      expect(firstDifference(out.subarray(at, at + 5), alone), `row at ${at}`).toBe(-1);
    }
  });

  it("gives a row mean 0 and variance 1, and a constant row gives the bias", () => {
    const x = floats(100, 3);
    const out = new Float32Array(100);
    kernels.normalizeF32(x, undefined, undefined, out, 100, 0, true);
    expect(out.reduce((a, b) => a + b, 0) / 100).toBeCloseTo(0, 5);
    expect(out.reduce((a, b) => a + b * b, 0) / 100).toBeCloseTo(1, 4);
    const constant = new Float32Array(8).fill(3);
    const bias = floats(8, 4);
    const flat = new Float32Array(8);
    kernels.normalizeF32(constant, undefined, bias, flat, 8, fround(1e-6), true);
    expect(firstDifference(flat, bias)).toBe(-1);
  });

  it("gives a row the bits it has alone", () => {
    const x = floats(64 * 33, 8);
    const out = new Float32Array(x.length);
    const alone = new Float32Array(33);
    kernels.normalizeF32(x, undefined, undefined, out, 33, 0, true);
    kernels.normalizeF32(x.subarray(33 * 40, 33 * 41), undefined, undefined, alone, 33, 0, true);
    expect(firstDifference(out.subarray(33 * 40, 33 * 41), alone)).toBe(-1);
  });
});

describe("normalizeF32, core against WebAssembly", () => {
  it("has 0 differing bits", () => {
    for (const [n, rows] of ROWS.filter(([n]) => n <= LONGEST_ROW)) {
      for (const edges of [false, true]) {
        const x = floats(n * rows, n, edges);
        const a = new Float32Array(x.length);
        const b = new Float32Array(x.length);
        for (const [scale, bias, centered] of [
          [floats(n, 2), floats(n, 3), true],
          [undefined, floats(n, 4, edges), true],
          [floats(n, 5, edges), undefined, false],
          [undefined, undefined, true],
        ] as const) {
          core.normalizeF32(x, scale, bias, a, n, fround(1e-5), centered);
          wasm.normalizeF32(x, scale, bias, b, n, fround(1e-5), centered);
          expect(firstDifference(a, b), `${rows} rows of ${n}`).toBe(-1);
        }
      }
    }
  });

  it("has 0 differing bits with scales for several rows", () => {
    for (const [n, period, rows] of [
      [1, 5, 40],
      [3, 12, 21],
      [8, 64, 4100],
      [10, 320, 4096],
      [4096, 16384, 10],
      [16384, 16384, 4],
    ] as const) {
      const x = floats(n * rows, n, true);
      const [a, b] = [new Float32Array(x.length), new Float32Array(x.length)];
      for (const [scale, bias] of [
        [floats(period, 1), floats(period, 2, true)],
        [undefined, floats(period, 3)],
        [floats(period, 4), undefined],
      ] as const) {
        core.normalizeF32(x, scale, bias, a, n, fround(1e-6), true);
        wasm.normalizeF32(x, scale, bias, b, n, fround(1e-6), true);
        expect(firstDifference(a, b), `${rows} rows of ${n}, ${period}`).toBe(-1);
      }
    }
  });
});
