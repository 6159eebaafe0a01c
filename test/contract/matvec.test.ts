import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, FUSED_PRODUCTS, floats, SIZES } from "./backends.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];

describe.each(BACKENDS)("matvecF32 on $name", (kernels) => {
  const matvec = (x: number[], w: number[], m: number): number[] => {
    const out = new Float32Array(m).fill(NaN);
    kernels.matvecF32(Float32Array.from(x), Float32Array.from(w), out, false);
    return Array.from(out);
  };

  it.skipIf(FUSED_PRODUCTS)("sums over k ascending, every product and sum rounded", () => {
    expect(matvec([1, 1, 1], [2 ** 24, 1, 1], 1)).toEqual([2 ** 24]);
    expect(matvec([1, 1, 1], [1, 1, 2 ** 24], 1)).toEqual([2 ** 24 + 2]);
    const inexact = 1 + 2 ** -12;
    expect(matvec([1, inexact], [-(1 + 2 ** -11), inexact], 1)).toEqual([0]);
  });

  it.skipIf(FUSED_PRODUCTS)("adds more than 4,096 terms in blocks of so many, and the blocks ascending", () => {
    for (const n of [4095, 4096, 4097, 8192, 8193, 13_000]) {
      const [x, w] = [floats(n, n), floats(n, 3)];
      let sum = 0;
      for (let from = 0; from < n; from += 4096) {
        let block = 0;
        for (let k = from; k < Math.min(n, from + 4096); k++) block = Math.fround(block + Math.fround(x[k]! * w[k]!));
        sum = Math.fround(sum + block);
      }
      expect(matvec([...x], [...w], 1), `${n} terms`).toEqual([sum]);
    }
  });

  it("starts at +0, keeps subnormals, and gives +0 for n = 0", () => {
    expect(matvec([1], [-0], 1)).toEqual([0]);
    expect(matvec([1], [2 ** -149], 1)).toEqual([2 ** -149]);
    expect(matvec([], [], 5)).toEqual([0, 0, 0, 0, 0]);
    expect(matvec([1, 2], [], 0)).toEqual([]);
  });

  it("carries NaN and infinities to their own output only", () => {
    expect(matvec([1, 1], [NaN, 1, Infinity, 2, 1, -Infinity], 3)).toEqual([NaN, 2, NaN]);
  });
});

/** Compares both backends on one matrix. WebAssembly is called three times, so that a cached copy is used too. */
function compare(n: number, m: number, edges: boolean, immutable: boolean): void {
  const x = floats(n, n + 1, edges);
  const w = floats(n * m, m + 2, edges);
  const expected = new Float32Array(m);
  core.matvecF32(x, w, expected, immutable);
  for (let call = 0; call < 3; call++) {
    const out = new Float32Array(m).fill(NaN);
    wasm.matvecF32(x, w, out, immutable);
    expect(
      firstDifference(expected, out),
      `[${n}] @ [${n}, ${m}], edges ${edges}, immutable ${immutable}, call ${call}`,
    ).toBe(-1);
  }
}

describe("matvecF32, core against WebAssembly", () => {
  it("has 0 differing bits at every width", () => {
    for (const m of SIZES) {
      for (const n of [1, 2, 7]) for (const immutable of [false, true]) compare(n, m, m % 2 === 0, immutable);
    }
  });

  it("has 0 differing bits at every depth", () => {
    for (const n of SIZES) {
      for (const m of [1, 4, 37]) for (const immutable of [false, true]) compare(n, m, n % 2 === 0, immutable);
    }
  });

  it("has 0 differing bits at the sizes of real layers", () => {
    for (const [n, m] of [
      [64, 64],
      [256, 256],
      [784, 512],
      [1023, 1025],
      [3, 70_000],
      [70_000, 3],
    ] as const) {
      for (const immutable of [false, true]) compare(n, m, false, immutable);
    }
  });

  it("never answers from a stale copy: a matrix that changes without the promise is read afresh", () => {
    const x = floats(40);
    const w = floats(40 * 33);
    const out = new Float32Array(33);
    for (let call = 0; call < 3; call++) wasm.matvecF32(x, w, out, true);
    w[5] = 1000;
    for (const immutable of [false, false, true, true]) {
      const expected = new Float32Array(33);
      core.matvecF32(x, w, expected, immutable);
      wasm.matvecF32(x, w, out, immutable);
      expect(firstDifference(expected, out)).toBe(-1);
    }
  });

  it("works on views at odd offsets and on shared memory", () => {
    const n = 9;
    const m = 21;
    const buffer = new Float32Array(new SharedArrayBuffer(4 * 1000));
    buffer.set(floats(1000, 5));
    const x = buffer.subarray(1, 1 + n);
    const w = buffer.subarray(13, 13 + n * m);
    const expected = new Float32Array(m);
    core.matvecF32(x, w, expected, false);
    const out = buffer.subarray(501, 501 + m);
    wasm.matvecF32(x, w, out, false);
    expect(firstDifference(expected, out)).toBe(-1);
  });
});
