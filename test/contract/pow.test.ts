import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, SIZES } from "./backends.ts";
import { UNARY_SPECIAL, unaryInputs } from "./inputs.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];

describe.each(BACKENDS)("powF32 on $name", (kernels) => {
  const pow = (x: number, y: number): number => {
    const out = new Float32Array(1);
    kernels.powF32(Float32Array.of(x), Float32Array.of(y), out);
    return out[0]!;
  };

  it.each([
    [NaN, 0, 1],
    [NaN, -0, 1],
    [Infinity, 0, 1],
    [0, 0, 1],
    [1, NaN, 1],
    [1, -Infinity, 1],
    [NaN, 1, NaN],
    [2, NaN, NaN],
    [-1, Infinity, 1],
    [-1, -Infinity, 1],
    [0.5, -Infinity, Infinity],
    [-0.5, Infinity, 0],
    [2, -Infinity, 0],
    [-2, Infinity, Infinity],
    [0, -3, Infinity],
    [-0, -3, -Infinity],
    [-0, -2, Infinity],
    [-0, -0.5, Infinity],
    [0, 3, 0],
    [-0, 3, -0],
    [-0, 2, 0],
    [-0, 0.5, 0],
    [-Infinity, -3, -0],
    [-Infinity, -2, 0],
    [-Infinity, 3, -Infinity],
    [-Infinity, 2, Infinity],
    [-Infinity, 0.5, Infinity],
    [-Infinity, -0.5, 0],
    [Infinity, -2, 0],
    [Infinity, 2, Infinity],
    [-8, 1 / 3, NaN],
    [-2, 3, -8],
    [-2, -2, 0.25],
    [3, 4, 81],
    [-1, 2 ** 24 - 1, -1],
    [-1, 2 ** 24, 1],
    [2, 127, 2 ** 127],
    [2, 128, Infinity],
    [2, -126, 2 ** -126],
    [2, -127, 0],
    [-2, -127, -0],
    [2, -1000, 0],
    [2 ** -140, 1, 0],
    [2, 2 ** -140, 1],
  ])("pow(%d, %d) is %d, as C99 has it with subnormals flushed", (x, y, expected) => {
    expect(pow(x, y)).toBe(expected);
  });

  it("writes where it reads", () => {
    const expected = new Float32Array(100);
    const x = unaryInputs(100, 7);
    const y = unaryInputs(100, 8);
    kernels.powF32(x, y, expected);
    kernels.powF32(x, y, y);
    expect(firstDifference(y, expected)).toBe(-1);
  });
});

function comparePow(x: Float32Array, y: Float32Array): void {
  const a = new Float32Array(x.length);
  const b = new Float32Array(x.length);
  core.powF32(x, y, a);
  wasm.powF32(x, y, b);
  const i = firstDifference(a, b);
  expect(i, `pow(${x[i]}, ${y[i]}) of ${x.length}: ${a[i]}, ${b[i]}`).toBe(-1);
}

describe("powF32, core against WebAssembly", () => {
  it("has 0 differing bits", () => {
    for (const n of SIZES) comparePow(unaryInputs(n, n), unaryInputs(n, n + 1));
    for (const y of UNARY_SPECIAL) comparePow(UNARY_SPECIAL, new Float32Array(UNARY_SPECIAL.length).fill(y));
    comparePow(unaryInputs(100_000, 3), unaryInputs(100_000, 4));
    comparePow(
      unaryInputs(100_000, 5).map(Math.abs),
      unaryInputs(100_000, 6).map((y) => y % 8),
    );
  });
});
