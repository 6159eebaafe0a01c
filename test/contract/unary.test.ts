import { describe, expect, it } from "vitest";
import type { UnaryName } from "../../src/base/index.ts";
import { UNARY } from "../../src/base/index.ts";
import { firstDifference } from "../bits.ts";
import { BACKENDS, SIZES } from "./backends.ts";
import { UNARY_SPECIAL, unaryInputs } from "./inputs.ts";

const { fround } = Math;

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];

const NAMES = Object.keys(UNARY) as UnaryName[];
const PROFILES = [
  ["fma", true],
  ["nofma", false],
] as const;

describe.each(BACKENDS)("unaryF32 on $name", (kernels) => {
  const at = (op: UnaryName, ...x: number[]): number[] => {
    const out = new Float32Array(x.length);
    kernels.unaryF32(op, Float32Array.from(x), out, true);
    return Array.from(out);
  };
  it("has the limits it should", () => {
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
    // JAX 0.10.2 on a CPU has 0x39ccc6fe. An emulated multiply-add that rounds twice gives 0x39ccc700.
    expect(at("erf", fround(0.00034614411), -fround(0.00034614411))).toEqual(
      [0.000390581728, -0.000390581728].map(fround),
    );
    expect(at("erf", -Infinity, Infinity, NaN, 0, -0)).toEqual([-1, 1, NaN, 0, -0]);
    expect(at("erfInv", -1, 1, 2, NaN, 0, -0)).toEqual([-Infinity, Infinity, NaN, NaN, 0, -0]);
    expect(at("logistic", -Infinity, Infinity, NaN, 0)).toEqual([0, 1, NaN, 0.5]);
    expect(at("sqrt", 4, 0, -0, -1, Infinity, NaN, 2 ** -140)).toEqual([2, 0, -0, NaN, Infinity, NaN, 0]);
    for (const op of ["sin", "tan"] as const)
      expect(at(op, 0, -0, Infinity, -Infinity, NaN)).toEqual([0, -0, NaN, NaN, NaN]);
    expect(at("cos", 0, -0, Infinity, -Infinity, NaN)).toEqual([1, 1, NaN, NaN, NaN]);
  });

  it("erfInv of an element does not hang on its neighbours", () => {
    const calm = Float32Array.from({ length: 1030 }, (_, i) => (i + 0.5) / 515.5 - 1);
    const expected = new Float32Array(calm.length);
    kernels.unaryF32("erfInv", calm, expected, true);
    for (const odd of [0, -0, 1, -1, 2, NaN, -Infinity, 2 ** -126, 2 ** -130]) {
      const x = calm.slice();
      x[500] = x[1025] = odd;
      const out = new Float32Array(x.length);
      kernels.unaryF32("erfInv", x, out, true);
      out[500] = expected[500]!;
      out[1025] = expected[1025]!;
      expect(firstDifference(out, expected), `beside ${odd}`).toBe(-1);
    }
  });

  it.each(["sin", "cos", "tan"] as const)("%s of an element does not hang on its neighbours", (op) => {
    const calm = Float32Array.from({ length: 260 }, (_, i) => (i - 130) / 7);
    const expected = new Float32Array(calm.length);
    kernels.unaryF32(op, calm, expected, true);
    for (const odd of [-0, 65535.99, 65536, -65536, 1e6, 3e38, -Infinity, NaN, 2 ** -130]) {
      const x = calm.slice();
      const alone = new Float32Array(1);
      kernels.unaryF32(op, Float32Array.of(odd), alone, true);
      x[100] = x[101] = x[257] = odd;
      const out = new Float32Array(x.length);
      kernels.unaryF32(op, x, out, true);
      expect([out[100], out[101], out[257]], `${odd}`).toEqual([alone[0], alone[0], alone[0]]);
      out[100] = expected[100]!;
      out[101] = expected[101]!;
      out[257] = expected[257]!;
      expect(firstDifference(out, expected), `beside ${odd}`).toBe(-1);
    }
  });

  it("writes where it reads", () => {
    const x = unaryInputs(100, 7);
    const expected = new Float32Array(100);
    kernels.unaryF32("tanh", x, expected, true);
    kernels.unaryF32("tanh", x, x, true);
    expect(firstDifference(x, expected)).toBe(-1);
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

describe("unaryF32, core against WebAssembly", () => {
  it.each(NAMES.flatMap((op) => PROFILES.map(([profile, fused]) => [op, profile, fused] as const)))(
    "%s, profile %s, has 0 differing bits",
    (op, _, fused) => {
      for (const n of SIZES) compare(op, unaryInputs(n, n), fused);
      compare(op, UNARY_SPECIAL, fused);
      compare(op, unaryInputs(100_000, 3), fused);
    },
  );
});
