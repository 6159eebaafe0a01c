import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/numpy.ts";
import { arccos, arccosh, arcsin, arcsinh, arctan, arctanh, cbrt, cosh, sinh } from "../../src/numpy.ts";

const word = new Uint32Array(1);
const real = new Float32Array(word.buffer);

/** Float32 bit patterns, spread over all of them, without subnormals. */
const inputs = Float32Array.from({ length: 200_000 }, (_, i) => {
  word[0] = (i * 21_473) % 2 ** 32;
  return real[0]!;
}).filter((x) => Math.abs(x) >= 2 ** -126 || x === 0);

/** Half the distance of the float32 numbers around `x`. */
function halfUlp(x: number): number {
  real[0] = Math.abs(x);
  return 2 ** (Math.max((word[0]! >>> 23) - 127, -126) - 24);
}

/** The host's functions in double precision. */
const host = Math as unknown as Record<string, (x: number) => number>;

describe("inverse and hyperbolic functions", () => {
  it.each([
    ["asin", arcsin],
    ["acos", arccos],
    ["atan", arctan],
    ["sinh", sinh],
    ["cosh", cosh],
    ["asinh", arcsinh],
    ["acosh", arccosh],
    ["atanh", arctanh],
    ["cbrt", cbrt],
  ] as const)("%s is within 0.501 ulp, 0.502 with what the host's own may be off", (name, f: (x: never) => NDArray) => {
    const out = f(inputs as never).data;
    let checked = 0;
    inputs.forEach((x, i) => {
      const want = host[name]!(x);
      if (Number.isNaN(want) || Math.abs(want) > 3.4028234e38 || Math.abs(want) < 2 ** -125) return;
      checked++;
      if (Math.abs(out[i]! - want) > 1.004 * halfUlp(want)) expect([x, out[i]]).toEqual([x, Math.fround(want)]);
    });
    expect(checked).toBeGreaterThan(10_000);
  });
});
