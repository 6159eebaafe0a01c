import { expect, it } from "vitest";
import { FLOAT_LOOPS } from "../../src/core/floatloops.ts";
import type { FloatLoop } from "../../src/base/index.ts";

it.each(Object.keys(FLOAT_LOOPS))("the loop of %s writes n results from its place on, and nothing else", (name) => {
  const loop = FLOAT_LOOPS[name as keyof typeof FLOAT_LOOPS] as FloatLoop<Float32Array>;
  for (const n of [0, 1, 4]) {
    const x = Float32Array.of(1, 2, 3, 4, 5, 6, 7);
    const out = new Float32Array(8).fill(-99);
    loop(x, 1, 1, x, 0, 1, out, 2, n);
    expect([...out].map((v) => v !== -99)).toEqual([...out.keys()].map((at) => at >= 2 && at < 2 + n));
  }
});
