import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats, SIZES } from "./backends.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const { fround } = Math;

/** The written order, as plainly as it can be put. */
function written(terms: number[]): number {
  const parts: number[] = Array.from({ length: 16 }, () => 0);
  terms.forEach((term, k) => (parts[k % 16] = fround(parts[k % 16]! + term)));
  for (const half of [8, 4, 2, 1]) for (let p = 0; p < half; p++) parts[p] = fround(parts[p]! + parts[p + half]!);
  return parts[0]!;
}

describe.each(BACKENDS)("sums on $name", (kernels) => {
  const sum = (x: Float32Array, n = x.length, inner = 1, size = 1): Float32Array => {
    const out = new Float32Array(size).fill(7);
    kernels.sumF32(x, n, inner, out);
    return out;
  };

  it("go in the written order", () => {
    for (const n of [0, 1, 2, 15, 16, 17, 31, 33, 47, 49, 63, 65, 1000]) {
      const x = floats(n, n + 1);
      expect(sum(x)[0], `of ${n}`).toBe(written([...x]));
    }
  });

  it("keep subnormals, and of nothing or of -0 are +0", () => {
    expect(sum(Float32Array.of(2 ** -149, 2 ** -149))[0]).toBe(2 ** -148);
    expect(sum(new Float32Array(0))[0]).toBe(0);
    expect(sum(Float32Array.of(-0, -0))[0]).toBe(0);
    expect(sum(Float32Array.of(Infinity, -Infinity))[0]).toBeNaN();
  });

  it("have the bits of the transposed matrix's rows, whichever axis is summed", () => {
    for (const [outer, n, inner] of [[1, 5, 3], [2, 40, 7], [3, 17, 1030], [2, 0, 3], [1, 5000, 20]] as const) {
      const x = floats(outer * n * inner, n);
      const turned = Float32Array.from({ length: x.length }, (_, i) => {
        const [o, j, k] = [Math.floor(i / (n * inner)), Math.floor(i / n) % inner, i % n];
        return x[(o * n + k) * inner + j]!;
      });
      expect(firstDifference(sum(x, n, inner, outer * inner), sum(turned, n, 1, outer * inner)), `${outer}, ${n}, ${inner}`).toBe(-1);
    }
  });

  it("a softmax adds up to 1, and is NaN where JAX's is", () => {
    const out = new Float32Array(6);
    kernels.softmaxF32(Float32Array.of(1, 2, 3, -1, 1e38, -1e38), 3, out, true, false);
    expect(out[0]! + out[1]! + out[2]!).toBeCloseTo(1, 6);
    expect([...out.subarray(3)]).toEqual([0, 1, 0]);
    kernels.softmaxF32(Float32Array.of(1, 2, 3, -1, 1e38, -1e38), 3, out, true, true);
    [-2.407606, -1.407606, -0.407606].forEach((y, i) => expect(out[i]).toBeCloseTo(y, 6));
    expect([...out.subarray(3)]).toEqual([fround(-1e38), 0, fround(-2e38)]);
    for (const row of [[-Infinity, -Infinity, -Infinity], [Infinity, 0, 0], [NaN, 0, 0]]) for (const log of [false, true]) {
      kernels.softmaxF32(Float32Array.from(row), 3, out.subarray(0, 3), true, log);
      expect([...out.subarray(0, 3)]).toEqual([NaN, NaN, NaN]);
    }
  });

  it("a normalised row has mean 0 and variance 1, and a constant row gives the bias", () => {
    const x = floats(100, 3);
    const out = new Float32Array(100);
    kernels.normalizeF32(x, 100, undefined, undefined, 0, true, out);
    expect(out.reduce((a, b) => a + b, 0) / 100).toBeCloseTo(0, 5);
    expect(out.reduce((a, b) => a + b * b, 0) / 100).toBeCloseTo(1, 4);
    const constant = new Float32Array(8).fill(3);
    const bias = floats(8, 4);
    const flat = new Float32Array(8);
    kernels.normalizeF32(constant, 8, undefined, bias, fround(1e-6), true, flat);
    expect(firstDifference(flat, bias)).toBe(-1);
  });
});

function compare(x: Float32Array, n: number, inner: number, size: number): void {
  const a = new Float32Array(size);
  const b = new Float32Array(size);
  core.sumF32(x, n, inner, a);
  wasm.sumF32(x, n, inner, b);
  expect(firstDifference(a, b), `n ${n}, inner ${inner}, ${size} sums`).toBe(-1);
}

describe("sums and rows, core against WebAssembly", () => {
  it("sumF32 has 0 differing bits at every size and along either axis", () => {
    for (const n of [...SIZES, 65536, 70001, 200003]) {
      compare(floats(n, n), n, 1, 1);
      compare(floats(n, n, true), n, 1, 1);
    }
    for (const [n, inner, outer] of [[3, 1, 5000], [70001, 1, 2], [7, 5, 3], [100, 1024, 1], [33, 1027, 2], [70001, 3, 1], [1, 9, 4], [0, 4, 2]] as const) {
      compare(floats(n * inner * outer, n), n, inner, inner * outer);
      compare(floats(n * inner * outer, n, true), n, inner, inner * outer);
    }
  });

  const ROWS: readonly (readonly [number, number])[] = [...Array.from({ length: 70 }, (_, n) => [n + 1, 3] as const), [1, 1], [1, 5000], [7, 4099], [1000, 67], [16384, 2], [16385, 2], [32752, 1], [32753, 2], [70001, 2]];

  it.each([[true, false], [false, false], [true, true], [false, true]])("softmaxF32 has 0 differing bits, fused %s, log %s", (fused, log) => {
    for (const [n, rows] of ROWS) {
      for (const edges of [false, true]) {
        const x = floats(n * rows, n, edges);
        const a = new Float32Array(x.length);
        const b = new Float32Array(x.length);
        core.softmaxF32(x, n, a, fused, log);
        wasm.softmaxF32(x, n, b, fused, log);
        expect(firstDifference(a, b), `${rows} rows of ${n}`).toBe(-1);
      }
    }
  });

  it("normalizeF32 has 0 differing bits", () => {
    for (const [n, rows] of ROWS) {
      for (const edges of [false, true]) {
        const x = floats(n * rows, n, edges);
        const a = new Float32Array(x.length);
        const b = new Float32Array(x.length);
        for (const [scale, bias, centered] of [[floats(n, 2), floats(n, 3), true], [undefined, floats(n, 4, edges), true], [floats(n, 5, edges), undefined, false], [undefined, undefined, true]] as const) {
          core.normalizeF32(x, n, scale, bias, fround(1e-5), centered, a);
          wasm.normalizeF32(x, n, scale, bias, fround(1e-5), centered, b);
          expect(firstDifference(a, b), `${rows} rows of ${n}`).toBe(-1);
        }
      }
    }
  });

  it("a row has the bits it has alone", () => {
    for (const kernels of BACKENDS) {
      const x = floats(64 * 33, 8);
      const out = new Float32Array(x.length);
      const alone = new Float32Array(33);
      for (const log of [false, true]) {
        kernels.softmaxF32(x, 33, out, true, log);
        kernels.softmaxF32(x.subarray(33 * 40, 33 * 41), 33, alone, true, log);
        expect(firstDifference(out.subarray(33 * 40, 33 * 41), alone)).toBe(-1);
      }
      kernels.normalizeF32(x, 33, undefined, undefined, 0, true, out);
      kernels.normalizeF32(x.subarray(33 * 40, 33 * 41), 33, undefined, undefined, 0, true, alone);
      expect(firstDifference(out.subarray(33 * 40, 33 * 41), alone)).toBe(-1);
    }
  });
});
