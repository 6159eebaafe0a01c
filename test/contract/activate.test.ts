import { describe, expect, it } from "vitest";
import type { ActivationName } from "../../src/base/index.ts";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats, SIZES, words } from "./backends.ts";
import { ACTIVATION_SPECIAL } from "./inputs.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const { fround } = Math;

/** Each activation with the numbers `a` and `b`. */
const CASES: readonly (readonly [ActivationName, number, number])[] = [
  ["gelu", 1, 1],
  ["geluErf", 1, 1],
  ["silu", 1, 1],
  ["elu", 1, 1],
  ["elu", fround(1.6732632423543772), fround(1.0507009873554805)],
  ["elu", -(2 ** -126), 2 ** 127],
  ["celu", 1, 1],
  ["celu", fround(-0.3), 1],
  ["celu", 0, 1],
  ["softplus", 1, 1],
  ["softplus", -1, 1],
  ["leakyRelu", fround(0.01), 1],
  ["leakyRelu", -3, 1],
  ["leakyRelu", Infinity, 1],
  ["relu6", 1, 1],
  ["clip", -1, 1],
  ["clip", 0, fround(0.5)],
  ["clip", -0, 0],
  ["clip", 0, -0],
  ["clip", -Infinity, -0],
  ["clip", 2 ** -149, Infinity],
  ["clip", -2, -(2 ** -149)],
  ["clip", 1, -1],
  ["hardSigmoid", 1, 1],
  ["hardSilu", 1, 1],
  ["softSign", 1, 1],
];
const RUNS = CASES.flatMap(([op, a, b]) => [true, false].map((fused) => [op, a, b, fused] as const));

describe("activateF32, core against WebAssembly", () => {
  it.each(RUNS)("%s of %f and %f, fused %s, has 0 differing bits", (op, a, b, fused) => {
    const compare = (x: Float32Array): void => {
      const [p, q] = [new Float32Array(x.length), new Float32Array(x.length)];
      core.activateF32(op, x, a, b, p, fused);
      wasm.activateF32(op, x, a, b, q, fused);
      const i = firstDifference(p, q);
      expect(i, `${op}(${x[i]}) of ${x.length}: ${p[i]}, ${q[i]}`).toBe(-1);
    };
    for (const n of SIZES) compare(floats(n, n, true));
    compare(ACTIVATION_SPECIAL);
    compare(new Float32Array(words(70001, 3).buffer));
  });
});

describe.each(BACKENDS)("activateF32 on $name", (kernels) => {
  const of = (op: ActivationName, a: number, b: number, x: Float32Array): Float32Array => {
    const out = new Float32Array(x.length);
    kernels.activateF32(op, x, a, b, out, true);
    return out;
  };

  it.each(CASES)("%s of %f and %f writes where it reads", (op, a, b) => {
    const x = floats(600, 7, true);
    const expected = of(op, a, b, x);
    kernels.activateF32(op, x, a, b, x, true);
    expect(firstDifference(x, expected)).toBe(-1);
  });

  it("has the limits it should", () => {
    const ends = Float32Array.of(-Infinity, -200, 0, 200, Infinity, NaN);
    expect([...of("gelu", 1, 1, ends)]).toEqual([NaN, -0, 0, 200, Infinity, NaN]);
    expect([...of("geluErf", 1, 1, ends)]).toEqual([NaN, -0, 0, 200, Infinity, NaN]);
    expect([...of("silu", 1, 1, ends)]).toEqual([NaN, -0, 0, 200, Infinity, NaN]);
    expect([...of("elu", 2, 3, ends)]).toEqual([-6, -6, 0, 600, Infinity, NaN]);
    expect([...of("celu", 2, 1, ends)]).toEqual([-2, -2, 0, 200, Infinity, NaN]);
    expect([...of("softplus", 1, 1, ends)]).toEqual([0, 0, fround(Math.LN2), 200, Infinity, NaN]);
    expect([...of("softplus", -1, 1, ends)]).toEqual([-Infinity, -200, fround(-Math.LN2), -0, -0, NaN]);
    expect([...of("leakyRelu", 0.5, 1, ends)]).toEqual([-Infinity, -100, 0, 200, Infinity, NaN]);
    expect([...of("relu6", 1, 1, ends)]).toEqual([0, 0, 0, 6, 6, NaN]);
    expect([...of("clip", -1, 1, ends)]).toEqual([-1, -1, 0, 1, 1, NaN]);
    expect([...of("hardSigmoid", 1, 1, ends)]).toEqual([0, 0, 0.5, 1, 1, NaN]);
    expect([...of("hardSilu", 1, 1, ends)]).toEqual([NaN, -0, 0, 200, Infinity, NaN]);
    expect([...of("softSign", 1, 1, ends)]).toEqual([NaN, fround(-200 / 201), 0, fround(200 / 201), NaN, NaN]);
  });

  it("clip has +0 above -0, and takes the upper bound where the two cross", () => {
    const x = Float32Array.of(-1, -0, 0, 1, 2 ** -130, -(2 ** -130));
    expect([...of("clip", 0, 1, x)]).toEqual([0, 0, 0, 1, 0, 0]);
    expect([...of("clip", -0, 1, x)]).toEqual([-0, -0, 0, 1, 0, -0]);
    expect([...of("clip", -1, 0, x)]).toEqual([-1, -0, 0, 0, 0, -0]);
    expect([...of("clip", -1, -0, x)]).toEqual([-1, -0, -0, -0, -0, -0]);
    expect([...of("clip", 0, -0, x)]).toEqual([-0, -0, -0, -0, -0, -0]);
    expect([...of("clip", 3, 2, x)]).toEqual([2, 2, 2, 2, 2, 2]);
  });

  it("a leaky relu leaves a subnormal as it is, the others take it as 0", () => {
    const x = Float32Array.of(2 ** -130, -(2 ** -130));
    expect([...of("leakyRelu", 0.5, 1, x)]).toEqual([...x]);
    for (const op of ["gelu", "geluErf", "silu", "elu", "hardSilu", "softSign"] as const)
      expect([...of(op, 1, 1, x)], op).toEqual([0, -0]);
  });
});
