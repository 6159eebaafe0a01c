import { describe, expect, it } from "vitest";
import { LONGEST_ROW } from "../../src/base/index.ts";
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
    kernels.sumF32(x, undefined, out, n, inner);
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
    for (const [outer, n, inner] of [
      [1, 5, 3],
      [2, 40, 7],
      [3, 17, 1030],
      [2, 0, 3],
      [1, 5000, 20],
    ] as const) {
      const x = floats(outer * n * inner, n);
      const turned = Float32Array.from({ length: x.length }, (_, i) => {
        const [o, j, k] = [Math.floor(i / (n * inner)), Math.floor(i / n) % inner, i % n];
        return x[(o * n + k) * inner + j]!;
      });
      expect(
        firstDifference(sum(x, n, inner, outer * inner), sum(turned, n, 1, outer * inner)),
        `${outer}, ${n}, ${inner}`,
      ).toBe(-1);
    }
  });

  it("over two axes have the bits of the terms put together, of squared distances too", () => {
    for (const [outer, n, inner, size] of [
      [1, 3, 4, 1],
      [2, 5, 3, 2],
      [1, 19, 5, 3],
      [2, 7, 3, 4],
      [3, 2, 2, 8],
      [1, 9, 3, 10],
      [2, 3, 2, 16],
      [1, 4, 2, 33],
      [1, 1, 3, 40],
      [2, 6, 1, 7],
    ] as const) {
      for (const edges of [false, true]) {
        const x = floats(outer * n * inner * size, n, edges);
        const terms = (i: number): number[] =>
          Array.from(
            { length: n * size },
            (_, k) =>
              x[((Math.floor(i / inner) * n + Math.floor(k / size)) * inner + (i % inner)) * size + (k % size)]!,
          );
        const out = new Float32Array(outer * inner).fill(7);
        kernels.sumF32(x, undefined, out, n, inner, size);
        expect(
          firstDifference(
            out,
            Float32Array.from(out, (_, i) => written(terms(i))),
          ),
          `${outer}, ${n}, ${inner}, ${size}`,
        ).toBe(-1);
        for (const centres of [floats(outer * inner, 5, edges), floats(inner, 6), Float32Array.of(0)]) {
          kernels.sumF32(x, centres, out, n, inner, size);
          const squares = Float32Array.from(out, (_, i) =>
            written(terms(i).map((term) => fround(fround(term - centres[i % centres.length]!) ** 2))),
          );
          expect(firstDifference(out, squares), `squares, ${outer}, ${n}, ${inner}, ${size}`).toBe(-1);
        }
      }
    }
  });

  it("a standardised array is written out, whichever axes its statistics have", () => {
    const epsilon = fround(1e-5);
    for (const [outer, n, inner, size] of [
      [1, 5, 3, 1],
      [2, 4, 7, 1],
      [1, 2, 3, 5],
      [3, 1, 1, 6],
      [2, 3, 4, 2],
      [1, 1, 9, 1],
    ] as const) {
      const x = floats(outer * n * inner * size, n, true);
      const [mean, variance, scale, bias] = [
        floats(outer * inner, 1),
        floats(outer * inner, 2).map(Math.abs),
        floats(inner, 3),
        floats(1, 4),
      ] as const;
      const out = new Float32Array(x.length);
      kernels.standardizeF32(x, mean, variance, scale, bias, out, n, inner, size, epsilon);
      const expected = x.map((value, at) => {
        const column = Math.floor(at / size) % inner;
        const line = Math.floor(at / (n * inner * size)) * inner + column;
        const factor = fround(fround(1 / fround(Math.sqrt(fround(variance[line]! + epsilon)))) * scale[column]!);
        return fround(fround(value - mean[line]!) * factor) + bias[0]!;
      });
      expect(firstDifference(out, expected), `${outer}, ${n}, ${inner}, ${size}`).toBe(-1);
    }
  });

  it("rows of a period each have their own scale and bias", () => {
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

  it("a softmax adds up to 1, and is NaN where JAX's is", () => {
    const out = new Float32Array(6);
    kernels.softmaxF32(Float32Array.of(1, 2, 3, -1, 1e38, -1e38), out, 3, false, true);
    expect(out[0]! + out[1]! + out[2]!).toBeCloseTo(1, 6);
    expect([...out.subarray(3)]).toEqual([0, 1, 0]);
    kernels.softmaxF32(Float32Array.of(1, 2, 3, -1, 1e38, -1e38), out, 3, true, true);
    [-2.407606, -1.407606, -0.407606].forEach((y, i) => expect(out[i]).toBeCloseTo(y, 6));
    expect([...out.subarray(3)]).toEqual([fround(-1e38), 0, fround(-2e38)]);
    for (const row of [
      [-Infinity, -Infinity, -Infinity],
      [Infinity, 0, 0],
      [NaN, 0, 0],
    ])
      for (const log of [false, true]) {
        kernels.softmaxF32(Float32Array.from(row), out.subarray(0, 3), 3, log, true);
        expect([...out.subarray(0, 3)]).toEqual([NaN, NaN, NaN]);
      }
  });

  it("a normalised row has mean 0 and variance 1, and a constant row gives the bias", () => {
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
});

function compare(x: Float32Array, n: number, inner: number, size: number): void {
  const a = new Float32Array(size);
  const b = new Float32Array(size);
  core.sumF32(x, undefined, a, n, inner);
  wasm.sumF32(x, undefined, b, n, inner);
  expect(firstDifference(a, b), `n ${n}, inner ${inner}, ${size} sums`).toBe(-1);
}

describe("sums and rows, core against WebAssembly", () => {
  it("sumF32 has 0 differing bits at every size and along either axis", () => {
    for (const n of [...SIZES, 65536, 70001, 200003]) {
      compare(floats(n, n), n, 1, 1);
      compare(floats(n, n, true), n, 1, 1);
    }
    for (const [n, inner, outer] of [
      [3, 1, 5000],
      [70001, 1, 2],
      [7, 5, 3],
      [100, 1024, 1],
      [33, 1027, 2],
      [70001, 3, 1],
      [1, 9, 4],
      [0, 4, 2],
    ] as const) {
      compare(floats(n * inner * outer, n), n, inner, inner * outer);
      compare(floats(n * inner * outer, n, true), n, inner, inner * outer);
    }
  });

  const ROWS: readonly (readonly [number, number])[] = [
    ...Array.from({ length: 70 }, (_, n) => [n + 1, 3] as const),
    [1, 1],
    [1, 5000],
    [7, 4099],
    [1000, 67],
    [16384, 2],
    [16385, 2],
    [32752, 1],
    [32753, 2],
    [70001, 2],
  ];

  it.each([
    [true, false],
    [false, false],
    [true, true],
    [false, true],
  ])("softmaxF32 has 0 differing bits, fused %s, log %s", (fused, log) => {
    for (const [n, rows] of ROWS) {
      for (const edges of [false, true]) {
        const x = floats(n * rows, n, edges);
        const a = new Float32Array(x.length);
        const b = new Float32Array(x.length);
        core.softmaxF32(x, a, n, log, fused);
        wasm.softmaxF32(x, b, n, log, fused);
        expect(firstDifference(a, b), `${rows} rows of ${n}`).toBe(-1);
      }
    }
  });

  it("normalizeF32 has 0 differing bits", () => {
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

  /** Shapes [outer, n, inner, size] at the edges of lanes, of chunks of lines and of the block region. */
  const FOURS: readonly (readonly [number, number, number, number])[] = [
    [1, 1, 1, 1],
    [1, 7, 1, 1],
    [3, 1, 1, 1],
    [2, 5, 3, 2],
    [3, 17, 5, 10],
    [1, 3, 33, 16],
    [2, 2, 3, 49],
    [1, 200, 67, 1],
    [1, 3, 4099, 1],
    [1, 5, 1031, 2],
    [2, 9, 1025, 3],
    [1, 1, 70001, 1],
    [1, 40001, 1, 2],
    [1, 3, 2, 32753],
    [2, 2, 1, 65537],
    [1, 30011, 3, 1],
    [1, 12007, 2, 3],
    [5003, 1, 1, 3],
    [3, 1, 5000, 2],
    [1, 2, 4097, 4],
  ];

  it("sumF32 over two axes, of squared distances too, and standardizeF32 have 0 differing bits", () => {
    for (const [outer, n, inner, size] of FOURS) {
      for (const edges of [false, true]) {
        const lines = outer * inner;
        const x = floats(n * lines * size, n, edges);
        const mean = floats(lines, 2, edges);
        const variance = floats(lines, 3, edges).map(Math.abs);
        const [a, b] = [new Float32Array(lines), new Float32Array(lines)];
        for (const centres of [undefined, mean, floats(inner, 4), Float32Array.of(0)]) {
          core.sumF32(x, centres, a, n, inner, size);
          wasm.sumF32(x, centres, b, n, inner, size);
          expect(firstDifference(a, b), `sums, ${outer}, ${n}, ${inner}, ${size}`).toBe(-1);
        }
        const [c, d] = [new Float32Array(x.length), new Float32Array(x.length)];
        for (const [scale, bias] of [
          [floats(inner, 5), floats(lines, 6, edges)],
          [undefined, floats(1, 7)],
          [floats(lines, 8), undefined],
          [undefined, undefined],
        ] as const) {
          core.standardizeF32(x, mean, variance, scale, bias, c, n, inner, size, fround(1e-5));
          wasm.standardizeF32(x, mean, variance, scale, bias, d, n, inner, size, fround(1e-5));
          expect(firstDifference(c, d), `standardised, ${outer}, ${n}, ${inner}, ${size}`).toBe(-1);
        }
      }
    }
  });

  it("normalizeF32 with scales for several rows has 0 differing bits", () => {
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

  it("a row has the bits it has alone", () => {
    for (const kernels of BACKENDS) {
      const x = floats(64 * 33, 8);
      const out = new Float32Array(x.length);
      const alone = new Float32Array(33);
      for (const log of [false, true]) {
        kernels.softmaxF32(x, out, 33, log, true);
        kernels.softmaxF32(x.subarray(33 * 40, 33 * 41), alone, 33, log, true);
        expect(firstDifference(out.subarray(33 * 40, 33 * 41), alone)).toBe(-1);
      }
      kernels.normalizeF32(x, undefined, undefined, out, 33, 0, true);
      kernels.normalizeF32(x.subarray(33 * 40, 33 * 41), undefined, undefined, alone, 33, 0, true);
      expect(firstDifference(out.subarray(33 * 40, 33 * 41), alone)).toBe(-1);
    }
  });
});
