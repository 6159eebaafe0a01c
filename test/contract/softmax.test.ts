import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats } from "./backends.ts";
import { ROWS } from "./inputs.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const { fround } = Math;

describe.each(BACKENDS)("softmaxF32 on $name", (kernels) => {
  it("adds up to 1, and is NaN where JAX's is", () => {
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

  it("gives a row the bits it has alone", () => {
    const x = floats(64 * 33, 8);
    const out = new Float32Array(x.length);
    const alone = new Float32Array(33);
    for (const log of [false, true]) {
      kernels.softmaxF32(x, out, 33, log, true);
      kernels.softmaxF32(x.subarray(33 * 40, 33 * 41), alone, 33, log, true);
      expect(firstDifference(out.subarray(33 * 40, 33 * 41), alone)).toBe(-1);
    }
  });
});

describe("softmaxF32, core against WebAssembly", () => {
  it.each([
    [true, false],
    [false, false],
    [true, true],
    [false, true],
  ])("has 0 differing bits, fused %s, log %s", (fused, log) => {
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
});
