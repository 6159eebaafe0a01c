import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { grad, nnx, numpy as jnp, random } from "../../src/index.ts";

type Make = (options: object) => (x: NDArray) => NDArray;

const NORMS: Readonly<Record<string, Make>> = {
  BatchNorm: (options) => new nnx.BatchNorm(12, { rngs: new nnx.Rngs(0), ...options }),
  "BatchNorm in use": (options) =>
    new nnx.BatchNorm(12, { rngs: new nnx.Rngs(0), useRunningAverage: true, ...options }),
  "BatchNorm of a middle axis": (options) => new nnx.BatchNorm(4, { rngs: new nnx.Rngs(0), axis: 1, ...options }),
  "BatchNorm of the exact variance": (options) =>
    new nnx.BatchNorm(12, { rngs: new nnx.Rngs(0), useFastVariance: false, ...options }),
  LayerNorm: (options) => new nnx.LayerNorm(12, { rngs: new nnx.Rngs(0), ...options }),
  "LayerNorm of two axes": (options) =>
    new nnx.LayerNorm(12, { rngs: new nnx.Rngs(0), reductionAxes: [1, 2], ...options }),
  GroupNorm: (options) => new nnx.GroupNorm(12, { rngs: new nnx.Rngs(0), numGroups: 3, ...options }),
  InstanceNorm: (options) => new nnx.InstanceNorm(12, { rngs: new nnx.Rngs(0), ...options }),
  RMSNorm: (options) => new nnx.RMSNorm(12, { rngs: new nnx.Rngs(0), ...options }),
};

const x = random.normal(random.key(1), [6, 4, 12]);
const ct = random.normal(random.key(2), [6, 4, 12]);

function gradient(make: Make, options: object): NDArray {
  const layer = make(options);
  return grad((input: NDArray) => layer(input).mul(ct).sum())(x);
}

describe.each(Object.entries(NORMS))("the gradient of a %s", (name, make) => {
  const whole = gradient(make, {});
  const without = name === "RMSNorm" ? ["useScale"] : ["useScale", "useBias"];

  it.each(without)("is that of a scale of ones and a bias of zeros without %s", (option) => {
    expect(jnp.allclose(gradient(make, { [option]: false }), whole, { rtol: 1e-5, atol: 1e-6 })).toBe(true);
  });

  it("is another with another scale", () => {
    const scaled = gradient(make, { scaleInit: nnx.initializers.constant(2) });
    expect(jnp.allclose(scaled, whole.mul(2), { rtol: 1e-5, atol: 1e-6 })).toBe(true);
    expect(whole.abs().max().item()).toBeGreaterThan(0.1);
  });
});
