import { describe, expect, it } from "vitest";
import { BATCH_MATRIX } from "../../src/base/index.ts";
import { coreFusedProducts } from "../../src/core/index.ts";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats } from "./backends.ts";

const [core] = BACKENDS as [(typeof BACKENDS)[0]];

/** The first difference from each product alone; -1 if there is none. */
function difference(
  kernels: Pick<typeof core, "matmulBatchF32" | "matmulF32">,
  single: Pick<typeof core, "matmulF32">,
  [count, rows, n, m]: readonly [number, number, number, number],
  edges: boolean,
): number {
  // A matrix begins anywhere in its buffer.
  const x = floats(count * rows * n + 1, rows + n, edges).subarray(1);
  const w = floats(count * n * m + 3, m + 2, edges).subarray(3);
  const expected = new Float32Array(count * rows * m);
  for (let i = 0; i < count; i++)
    single.matmulF32(
      x.subarray(i * rows * n, (i + 1) * rows * n),
      w.subarray(i * n * m, (i + 1) * n * m),
      undefined,
      expected.subarray(i * rows * m, (i + 1) * rows * m),
      rows,
      false,
    );
  const out = new Float32Array(count * rows * m).fill(NaN);
  kernels.matmulBatchF32(x, w, out, count, rows);
  return firstDifference(expected, out);
}

describe.each(BACKENDS)("matmulBatchF32 on $name", (kernels) => {
  it("multiplies pair by pair", () => {
    const out = new Float32Array(4);
    kernels.matmulBatchF32(Float32Array.of(1, 2, 3, 4), Float32Array.of(10, 100, 5, 7), out, 2, 2);
    expect(Array.from(out)).toEqual([10, 20, 300, 400]);
  });

  it("has 0 differing bits from each product alone, at every width and number of rows", () => {
    for (const rows of [1, 2, 3, 4, 5, 7, 8, 9]) {
      for (const n of [1, 2, 3, 4, 5, 16]) {
        for (const m of [1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 16, 17])
          expect(difference(kernels, core, [3, rows, n, m], m % 2 === 0), `[3, ${rows}, ${n}] @ [3, ${n}, ${m}]`).toBe(
            -1,
          );
      }
    }
  });

  it("has 0 differing bits where the pairs are more than the regions hold, and for the largest matrices", () => {
    for (const sizes of [
      [1, 64, 64, 64],
      [9, 64, 64, 64],
      [5000, 4, 4, 4],
      [3, 1, BATCH_MATRIX, 1],
      [30, BATCH_MATRIX, 1, 1],
      [30, 1, 1, BATCH_MATRIX],
      [70_001, 1, 1, 1],
    ] as const) {
      for (const edges of [false, true]) expect(difference(kernels, core, sizes, edges), sizes.join()).toBe(-1);
    }
  });

  it("gives zeros where there are no terms, and nothing where there are no columns", () => {
    const out = new Float32Array(6).fill(NaN);
    kernels.matmulBatchF32(new Float32Array(0), new Float32Array(0), out, 2, 3);
    expect(Array.from(out)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(() =>
      kernels.matmulBatchF32(new Float32Array(6), new Float32Array(0), new Float32Array(0), 2, 3),
    ).not.toThrow();
  });
});

it("fused products have the bits of each fused product alone", () => {
  for (const edges of [false, true])
    expect(difference(coreFusedProducts, coreFusedProducts, [3, 5, 7, 6], edges)).toBe(-1);
});
