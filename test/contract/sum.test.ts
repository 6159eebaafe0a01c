import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats, SIZES } from "./backends.ts";
import { SHAPES } from "./inputs.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const { fround } = Math;

/**
 * The 16 partials of terms: of a block of 1,024 ascending, of more those of the largest 2^l blocks, and of the rest.
 */
function partials(terms: number[]): number[] {
  if (terms.length <= 1024) {
    const parts: number[] = Array.from({ length: 16 }, () => 0);
    terms.forEach((term, k) => (parts[k % 16] = fround(parts[k % 16]! + term)));
    return parts;
  }
  let half = 1024;
  while (half * 2 < terms.length) half *= 2;
  const later = partials(terms.slice(half));
  return partials(terms.slice(0, half)).map((part, p) => fround(part + later[p]!));
}

/** A sum in the order of the contract. */
function written(terms: number[]): number {
  const parts = partials(terms);
  for (const half of [8, 4, 2, 1]) for (let p = 0; p < half; p++) parts[p] = fround(parts[p]! + parts[p + half]!);
  return parts[0]!;
}

describe.each(BACKENDS)("sumF32 on $name", (kernels) => {
  const sum = (x: Float32Array, n = x.length, inner = 1, size = 1): Float32Array => {
    const out = new Float32Array(size).fill(7);
    kernels.sumF32(x, undefined, out, n, inner);
    return out;
  };

  it("goes in the written order", () => {
    for (const n of [
      0, 1, 2, 15, 16, 17, 31, 33, 47, 49, 63, 65, 1000, 1023, 1024, 1025, 2048, 3072, 4097, 70001, 140001,
    ]) {
      const x = floats(n, n + 1);
      expect(sum(x)[0], `of ${n}`).toBe(written([...x]));
    }
  });

  it("keeps subnormals, and is +0 of nothing or of -0", () => {
    expect(sum(Float32Array.of(2 ** -149, 2 ** -149))[0]).toBe(2 ** -148);
    expect(sum(new Float32Array(0))[0]).toBe(0);
    expect(sum(Float32Array.of(-0, -0))[0]).toBe(0);
    expect(sum(Float32Array.of(Infinity, -Infinity))[0]).toBeNaN();
  });

  it("has the bits of the transposed matrix's rows, whichever axis is summed", () => {
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

  it("over two axes has the bits of the terms put together, of squared distances too", () => {
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
      [2, 700, 3, 3],
      [1, 1500, 5, 1],
      [2, 520, 4, 4],
      [1, 130, 2, 33],
      [1, 3, 2, 1500],
      [1, 2, 2, 70001],
      [2, 1, 1, 40000],
      [1, 70001, 1, 1],
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
});

function compare(x: Float32Array, n: number, inner: number, size: number): void {
  const a = new Float32Array(size);
  const b = new Float32Array(size);
  core.sumF32(x, undefined, a, n, inner);
  wasm.sumF32(x, undefined, b, n, inner);
  expect(firstDifference(a, b), `n ${n}, inner ${inner}, ${size} sums`).toBe(-1);
}

describe("sumF32, core against WebAssembly", () => {
  it("has 0 differing bits at every size and along either axis", () => {
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

  it("has 0 differing bits over two axes, of squared distances too", () => {
    for (const [outer, n, inner, size] of SHAPES) {
      for (const edges of [false, true]) {
        const lines = outer * inner;
        const x = floats(n * lines * size, n, edges);
        const [a, b] = [new Float32Array(lines), new Float32Array(lines)];
        for (const centres of [undefined, floats(lines, 2, edges), floats(inner, 4), Float32Array.of(0)]) {
          core.sumF32(x, centres, a, n, inner, size);
          wasm.sumF32(x, centres, b, n, inner, size);
          expect(firstDifference(a, b), `${outer}, ${n}, ${inner}, ${size}`).toBe(-1);
        }
      }
    }
  });
});
