import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats, SIZES } from "./backends.ts";
import { at, BROADCASTS } from "./inputs.ts";

/** Bytes of which some are 0. */
function conditions(n: number): Uint8Array {
  return Uint8Array.from({ length: n }, (_, i) => [0, 1, 255, 0, 128, 0, 2][(i * i + n) % 7]!);
}

describe.each(BACKENDS)("selectF32 on $name", (kernels) => {
  function choose(
    condition: Uint8Array,
    x: Float32Array,
    y: Float32Array,
    n: number,
    xRepeat?: number,
    yRepeat?: number,
  ): void {
    const expected = Float32Array.from({ length: n }, (_, i) =>
      condition[i] === 0 ? at(y, i, yRepeat) : at(x, i, xRepeat),
    );
    const out = new Float32Array(n + 4).fill(7);
    kernels.selectF32(condition, x, y, out.subarray(0, n), xRepeat, yRepeat);
    expect(firstDifference(expected, out.subarray(0, n)), `${n} of ${condition.length}, ${x.length}, ${y.length}`).toBe(
      -1,
    );
    expect(out.subarray(n).every((mark) => mark === 7)).toBe(true);
  }

  it("chooses by each byte, with bits as they are, at every size", () => {
    for (const n of SIZES) {
      choose(conditions(n), floats(n, n + 1, true), floats(n, n + 2, true), n);
      if (n > 0) choose(conditions(n), floats(n, n + 1, true), floats(1, n), n);
    }
  });

  it("takes operands broadcast in every way", () => {
    for (const [outer, varying, repeat] of BROADCASTS) {
      const n = outer * varying * repeat;
      const part = floats(varying, repeat, true);
      choose(conditions(n), part, floats(n, n, true), n, repeat, 1);
      choose(conditions(n), floats(1, n), part, n, 1, repeat);
    }
  });
});
