// oxlint-disable no-restricted-properties -- double precision references, good to far more bits than float32 has
import { describe, expect, it } from "vitest";
import { BACKENDS, words } from "./backends.ts";

const N = 200_000;
const BOUND = 0.501;

/** How far the float32 `y` is from `exact`, in units of the last place of a float32 there. */
function ulps(y: number, exact: number): number {
  let unit = 2 ** -149;
  while (unit * 2 ** 24 <= Math.abs(exact)) unit *= 2;
  return Math.abs(y - exact) / unit;
}

/** The largest error over the results that are normal numbers. */
function worst(y: Float32Array, exact: (i: number) => number): number {
  let max = 0;
  for (let i = 0; i < y.length; i++) {
    const e = exact(i);
    if (Math.abs(e) >= 2 ** -126 && Math.abs(e) < 3.4e38) max = Math.max(max, ulps(y[i]!, e));
  }
  return max;
}

const unit = (word: number): number => word / 2 ** 32 - 0.5;

const ANGLES: Record<string, Float32Array> = {
  "any finite words": new Float32Array(
    words(N, 1).map((word) => ((word & 0x7f800000) === 0x7f800000 ? word ^ 0x40000000 : word)).buffer,
  ),
  "within four turns": Float32Array.from(words(N, 2), (word) => unit(word) * 50),
  "the multiples of pi / 2": Float32Array.from({ length: N }, (_, i) => (i * Math.PI) / 2),
  "about 2^16": Float32Array.from(words(N, 3), (word) => 65536 + unit(word) * 64),
};

describe.each(BACKENDS)("accuracy of unaryF32 and powF32 on $name", (kernels) => {
  it.each(Object.entries(ANGLES))("sin, cos and tan of %s are within 0.501 ulp", (_, x) => {
    const y = new Float32Array(N);
    for (const op of ["sin", "cos", "tan"] as const) {
      kernels.unaryF32(op, x, y, true);
      expect(
        worst(y, (i) => Math[op](x[i]!)),
        op,
      ).toBeLessThan(BOUND);
    }
  });

  it("the hardest float32 angles, next to multiples of pi / 2, keep every bit", () => {
    // 16367173 * 2^72 and 13195200: of all float32 numbers these lie nearest to a multiple of pi / 2, and of pi, for
    // their size.
    const x = Float32Array.of(16367173 * 2 ** 72, 13195200, 355, 2 ** 127, 3.4028234663852886e38);
    const y = new Float32Array(x.length);
    for (const op of ["sin", "cos", "tan"] as const) {
      kernels.unaryF32(op, x, y, true);
      expect(
        worst(y, (i) => Math[op](x[i]!)),
        op,
      ).toBeLessThan(BOUND);
    }
  });

  it("pow is within 0.501 ulp over its whole range", () => {
    const r = words(2 * N, 4);
    const bases: ((word: number) => number)[] = [
      (word) => 2 ** (unit(word) * 250),
      (word) => 1 + unit(word) * 2 ** -(word & 15),
      (word) => word / 2 ** 28,
    ];
    for (const base of bases) {
      const x = Float32Array.from(r.subarray(0, N), base);
      const y = Float32Array.from(r.subarray(N), (word, i) => (unit(word) * 250) / Math.log2(x[i]!));
      const z = new Float32Array(N);
      kernels.powF32(x, y, z);
      expect(worst(z, (i) => x[i]! ** y[i]!)).toBeLessThan(BOUND);
    }
  });
});
