import { expect, it } from "vitest";
import { config, nnx, numpy as jnp } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";
import { onEachBackend } from "../../backends.ts";
import { camelCase, expectClose, expectSame, load, toArray } from "./goldennorms.ts";

const CASES = load("norms").filter(({ group }) => group === "elementwise" || group === "axis");
const FUNCTIONS = nnx as unknown as Record<string, (...args: unknown[]) => NDArray>;

onEachBackend("jax.nn", () => {
  it.each(
    CASES.map(
      (item, i) =>
        [
          `${item.fn} #${i} ${JSON.stringify([item.inputs[0]!.dtype, item.inputs[0]!.shape, item.arguments])}`,
          item,
        ] as const,
    ),
  )("%s is JAX's", (_, item) => {
    const y = FUNCTIONS[camelCase(item.fn!)]!(toArray(item.inputs[0]!), ...item.arguments);
    if (item.group === "elementwise") expectSame(y, item.outputs[0]!);
    else expectClose(y, item.outputs[0]!, item.outputs_float64?.[0]);
  });
});

it("without fused multiply-add celu and the exact gelu stay within an ulp or two", () => {
  const x = jnp.array(Array.from({ length: 100 }, (_, i) => i / 10 - 5));
  const fused = [nnx.celu(x, 0.7), nnx.gelu(x, { approximate: false })];
  config.profile = "nofma";
  try {
    [nnx.celu(x, 0.7), nnx.gelu(x, { approximate: false })].forEach((y, k) =>
      y.data.forEach((value, i) => expect(Math.abs(value - fused[k]!.data[i]!)).toBeLessThanOrEqual(3e-7)),
    );
  } finally {
    config.profile = "fma";
  }
});

it("PReLU has one Param, and its options", () => {
  const layer = new nnx.PReLU(0.5, { dtype: "float32" });
  expect(layer([-2, 4]).tolist()).toEqual([-1, 4]);
  expect(nnx.toFlatState(nnx.state(layer, nnx.Param)).map(([path]) => path)).toEqual([["negative_slope"]]);
});

it("softmax and logSoftmax of some elements are those of an array of these alone", () => {
  const x = jnp.array([
    [1, 5, -2, 3],
    [0.5, 700, -700, 2],
  ]);
  const where = jnp.array([true, false, true, true]);
  const kept = x.take([0, 2, 3], { axis: 1 });
  for (const [f, outside] of [
    [nnx.softmax, 0],
    [nnx.logSoftmax, -Infinity],
  ] as const) {
    const y = f(x, { where });
    expect(y.take([0, 2, 3], { axis: 1 }).tolist()).toEqual(f(kept).tolist());
    expect(y.slice(":", 1).tolist()).toEqual([outside, outside]);
    expect(f(x, -1, where).tolist()).toEqual(y.tolist());
  }
});
