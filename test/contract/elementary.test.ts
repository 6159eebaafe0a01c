import { describe, expect, it } from "vitest";
import type { UnaryName } from "../../src/base/index.ts";
import { firstDifference } from "../bits.ts";
import { BACKENDS, EDGES, SIZES, words } from "./backends.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];

const NAMES: readonly UnaryName[] = [
  "exp",
  "expm1",
  "log",
  "log1p",
  "tanh",
  "erf",
  "erfInv",
  "logistic",
  "sqrt",
  "sin",
  "cos",
  "tan",
];
const PROFILES = [
  ["fma", true],
  ["nofma", false],
] as const;

/** Any float32 words, then numbers about 0 where the functions curve. */
function inputs(n: number, seed: number): Float32Array {
  const bits = words(n, seed);
  return new Float32Array(bits.buffer).map((x, i) =>
    i % 2 === 0 ? x : (bits[i]! / 2 ** 32 - 0.5) * 2 ** ((bits[i]! & 7) - 1),
  );
}

/** Where a function changes its formula, with the neighbours on both sides. */
const TURNS = [
  0.0004,
  0.41421357,
  0.5,
  0.70710677,
  Math.SQRT1_2,
  1,
  3.832507,
  5,
  7.9988117,
  16,
  20,
  65536,
  87.8,
  88.72284,
  88.8,
  89,
  103.97,
  2 ** 24,
  2 ** 31,
  Math.PI,
  Math.PI / 2,
  Math.PI / 4,
];
const SPECIAL = Float32Array.from([
  ...EDGES,
  ...TURNS.flatMap((x) => [x, x * (1 + 2 ** -23), x * (1 - 2 ** -23)]).flatMap((x) => [x, -x]),
]);

describe.each(BACKENDS)("elementary functions on $name", (kernels) => {
  const at = (op: UnaryName, ...x: number[]): number[] => {
    const out = new Float32Array(x.length);
    kernels.unaryF32(op, Float32Array.from(x), out, true);
    return Array.from(out);
  };
  const pow = (x: number, y: number): number => {
    const out = new Float32Array(1);
    kernels.powF32(Float32Array.of(x), Float32Array.of(y), out);
    return out[0]!;
  };

  it("have the limits they should", () => {
    expect(at("exp", -Infinity, Infinity, NaN, 0, -200, 200)).toEqual([0, Infinity, NaN, 1, 0, Infinity]);
    expect(at("expm1", -Infinity, Infinity, NaN, 0, -0)).toEqual([-1, Infinity, NaN, 0, -0]);
    expect(at("log", 0, -0, 1, Infinity, -1, NaN, 2 ** -140)).toEqual([
      -Infinity,
      -Infinity,
      0,
      Infinity,
      NaN,
      NaN,
      -Infinity,
    ]);
    expect(at("log1p", -1, 0, -0, Infinity, -2, NaN)).toEqual([-Infinity, 0, -0, Infinity, NaN, NaN]);
    expect(at("tanh", -Infinity, Infinity, NaN, 0, -0, 2 ** -140)).toEqual([-1, 1, NaN, 0, -0, 2 ** -140]);
    expect(at("erf", -Infinity, Infinity, NaN, 0, -0)).toEqual([-1, 1, NaN, 0, -0]);
    expect(at("erfInv", -1, 1, 2, NaN, 0, -0)).toEqual([-Infinity, Infinity, NaN, NaN, 0, -0]);
    expect(at("logistic", -Infinity, Infinity, NaN, 0)).toEqual([0, 1, NaN, 0.5]);
    expect(at("sqrt", 4, 0, -0, -1, Infinity, NaN, 2 ** -140)).toEqual([2, 0, -0, NaN, Infinity, NaN, 0]);
    for (const op of ["sin", "tan"] as const)
      expect(at(op, 0, -0, Infinity, -Infinity, NaN)).toEqual([0, -0, NaN, NaN, NaN]);
    expect(at("cos", 0, -0, Infinity, -Infinity, NaN)).toEqual([1, 1, NaN, NaN, NaN]);
  });

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

  it("write where they read", () => {
    const x = inputs(100, 7);
    const expected = new Float32Array(100);
    kernels.unaryF32("tanh", x, expected, true);
    kernels.unaryF32("tanh", x, x, true);
    expect(firstDifference(x, expected)).toBe(-1);
    const y = inputs(100, 8);
    kernels.powF32(x, y, expected);
    kernels.powF32(x, y, y);
    expect(firstDifference(y, expected)).toBe(-1);
  });
});

function compare(op: UnaryName, x: Float32Array, fused: boolean): void {
  const a = new Float32Array(x.length);
  const b = new Float32Array(x.length);
  core.unaryF32(op, x, a, fused);
  wasm.unaryF32(op, x, b, fused);
  const i = firstDifference(a, b);
  expect(i, `${op}(${x[i]}) of ${x.length}: ${a[i]}, ${b[i]}`).toBe(-1);
}

function comparePow(x: Float32Array, y: Float32Array): void {
  const a = new Float32Array(x.length);
  const b = new Float32Array(x.length);
  core.powF32(x, y, a);
  wasm.powF32(x, y, b);
  const i = firstDifference(a, b);
  expect(i, `pow(${x[i]}, ${y[i]}) of ${x.length}: ${a[i]}, ${b[i]}`).toBe(-1);
}

describe("elementary functions, core against WebAssembly", () => {
  it.each(NAMES.flatMap((op) => PROFILES.map(([profile, fused]) => [op, profile, fused] as const)))(
    "%s, profile %s, has 0 differing bits",
    (op, _, fused) => {
      for (const n of SIZES) compare(op, inputs(n, n), fused);
      compare(op, SPECIAL, fused);
      compare(op, inputs(100_000, 3), fused);
    },
  );

  it("pow has 0 differing bits", () => {
    for (const n of SIZES) comparePow(inputs(n, n), inputs(n, n + 1));
    for (const y of SPECIAL) comparePow(SPECIAL, new Float32Array(SPECIAL.length).fill(y));
    comparePow(inputs(100_000, 3), inputs(100_000, 4));
    comparePow(
      inputs(100_000, 5).map(Math.abs),
      inputs(100_000, 6).map((y) => y % 8),
    );
  });

  it.each(PROFILES)("normal and uniform, profile %s, have 0 differing bits", (_, fused) => {
    for (const n of [...SIZES, 100_000]) {
      const bits = words(n, n + 1);
      const a = new Float32Array(n);
      const b = new Float32Array(n);
      core.normalFromBitsF32(bits, a, fused);
      wasm.normalFromBitsF32(bits, b, fused);
      expect(firstDifference(a, b), `normal of ${n}`).toBe(-1);
      wasm.normalF32(1, 2, n, a, fused);
      core.normalF32(1, 2, n, b, fused);
      expect(firstDifference(a, b), `normal of ${n}, drawn`).toBe(-1);
      core.uniformFromBitsF32(bits, -1.25, 3e-39, a, fused);
      wasm.uniformFromBitsF32(bits, -1.25, 3e-39, b, fused);
      expect(firstDifference(a, b), `uniform of ${n}`).toBe(-1);
      core.uniformF32(1, 2, n, -1.5, 2.3125, a, fused);
      wasm.uniformF32(1, 2, n, -1.5, 2.3125, b, fused);
      expect(firstDifference(a, b), `uniform of ${n}, drawn`).toBe(-1);
    }
  });
});
