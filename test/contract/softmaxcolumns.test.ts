import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats } from "./backends.ts";
import { COLUMNS } from "./inputs.ts";

const [core] = BACKENDS as [(typeof BACKENDS)[0]];

describe.each(BACKENDS)("softmaxColumnsF32 on $name", (kernels) => {
  it("of one column is softmaxF32 of a row, and NaN where one is NaN", () => {
    const x = Float32Array.of(1, 9, 2, 9, 3, NaN);
    const [out, row] = [new Float32Array(6), new Float32Array(3)];
    for (const log of [false, true]) {
      kernels.softmaxColumnsF32(x, out, 3, 2, log, true);
      core.softmaxF32(Float32Array.of(1, 2, 3), row, 3, log, true);
      expect([out[0], out[2], out[4]]).toEqual([...row]);
      expect([out[1], out[3], out[5]]).toEqual([NaN, NaN, NaN]);
    }
  });

  it("has the bits of softmaxF32 of the transposed array", () => {
    for (const [outer, n, inner] of COLUMNS) {
      for (const edges of [false, true]) {
        const x = floats(outer * n * inner, n, edges);
        const out = new Float32Array(x.length);
        const place = (i: number): number => {
          const [o, j, k] = [Math.floor(i / (n * inner)), Math.floor(i / n) % inner, i % n];
          return (o * n + k) * inner + j;
        };
        const turned = x.map((_, i) => x[place(i)]!);
        for (const log of [false, true]) {
          for (const fused of n < 100 ? [false, true] : [true]) {
            kernels.softmaxColumnsF32(x, out, n, inner, log, fused);
            const rows = new Float32Array(x.length);
            core.softmaxF32(turned, rows, n, log, fused);
            const back = out.map((_, i) => out[place(i)]!);
            expect(firstDifference(back, rows), `${outer}, ${n}, ${inner}, ${log}`).toBe(-1);
          }
        }
      }
    }
  });
});
