import { describe, expect, it } from "vitest";
import { core, expectSame, inputs, LENGTHS, spread } from "./backends.ts";

const NUMBERS = {
  rate: -1e-3,
  b1: 0.9,
  rest1: 1 - 0.9,
  c1: 1 - 0.9 ** 3,
  b2: 0.999,
  rest2: 1 - 0.999,
  c2: 1 - 0.999 ** 3,
  eps: 1e-8,
  epsRoot: 0,
  weightDecay: 0,
};

describe("adamF32", () => {
  it("moves by the rate against the sign of a gradient at the first step", () => {
    const arrays = Array.from({ length: 3 }, () => new Float32Array(2));
    const [out, m, v] = arrays as [Float32Array, Float32Array, Float32Array];
    const first = { ...NUMBERS, rate: -0.5, b1: 0.5, rest1: 0.5, c1: 0.5, b2: 0.75, rest2: 0.25, c2: 0.25 };
    core.adamF32(Float32Array.of(1, 1), Float32Array.of(4, -2), m, v, out, m, v, first);
    expect([...out, ...m, ...v]).toEqual([0.5, 1.5, 2, -1, 4, 1]);
  });
});

describe("adamF32, core against WebAssembly", () => {
  const numbers = [
    NUMBERS,
    { ...NUMBERS, epsRoot: 1e-6, weightDecay: 1e-2 },
    { ...NUMBERS, c1: 1, c2: 1, weightDecay: 1e-3 },
    { ...NUMBERS, eps: 0, rate: -(2 ** -90) },
    { ...NUMBERS, rate: 1e30, b1: -3, rest1: 4, weightDecay: 1e20 },
  ];

  it.each([
    ["at the edges of arithmetic", inputs],
    ["of every size", spread],
    ["of one size", (count: number, n: number) => inputs(count, n).map((x, i) => x.map((_, k) => 1 + ((k * i) % 9)))],
  ])("has 0 differing bits %s", (_, draw) => {
    for (const n of LENGTHS)
      for (const [i, some] of numbers.entries()) {
        const [p, g, m, squares] = draw(4, n) as [Float32Array, Float32Array, Float32Array, Float32Array];
        const v = squares.map(Math.abs);
        expectSame(`${n} elements, numbers ${i}`, (kernels) => {
          const outs = Array.from({ length: 3 }, () => new Float32Array(n).fill(NaN));
          const [out, mOut, vOut] = outs as [Float32Array, Float32Array, Float32Array];
          kernels.adamF32(p, g, m, v, out, mOut, vOut, some);
          return outs;
        });
      }
  });
});
