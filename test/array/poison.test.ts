/**
 * No result relies on the zeros of a new array, for inside of a function under `nnx.jit` an array may hold anything
 * before it is written: JAX's recorded values come out where all new arrays hold NaN.
 */
import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp, random } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { functionCases, gradientsOf } from "../autodiff/functioncases.ts";
import { onEachBackend } from "../backends.ts";
import { golden } from "../golden/load.ts";
import { poisoned } from "../poison.ts";
import type { GoldenCall } from "./goldencases.ts";
import { answer, comparable } from "./goldencases.ts";

it("a poisoned array holds NaN where it is not written, and zeros where these are asked for", () => {
  poisoned(() => {
    expect(jnp.zeros([2]).tolist()).toEqual([0, 0]);
    expect(jnp.add(jnp.ones([2]), 1).tolist()).toEqual([2, 2]);
  });
});

const draw = (): unknown[] => [
  random.bernoulli(random.key(1), 0.3, [50]).tolist(),
  random.bernoulli(random.key(1), 0.3, [50], { mode: "high" }).tolist(),
  random.rademacher(random.key(2), [50]).tolist(),
  random.normal(random.key(3), [50]).tolist(),
];

onEachBackend("over NaN", () => {
  describe.each(["numpy", "numpy_shapes", "numpy_more"])("%s.json", (file) => {
    const calls = golden<GoldenCall>(file);
    it.each([...new Set(calls.map((call) => call.fn))])("%s", (fn) => {
      for (const call of calls.filter((one) => one.fn === fn))
        expect(comparable(poisoned(() => answer(call))), JSON.stringify(call.kwargs)).toEqual(comparable(answer(call)));
    });
  });

  it("gradients", () => {
    for (const testCase of functionCases())
      expect(comparable(poisoned(() => gradientsOf(testCase))), testCase.fn).toEqual(comparable(gradientsOf(testCase)));
  });

  it("draws", () => {
    expect(poisoned(draw)).toEqual(draw());
  });

  it("products of nothing are zeros", () => {
    poisoned(() => {
      expect(
        jnp
          .zeros([3, 0])
          .matmul(jnp.zeros([0, 2]))
          .tolist(),
      ).toEqual(jnp.zeros([3, 2]).tolist());
      expect(
        jnp
          .zeros([0])
          .matmul(jnp.zeros([0, 2]))
          .tolist(),
      ).toEqual([0, 0]);
      expect(
        jnp
          .zeros([2, 3, 0])
          .matmul(jnp.zeros([2, 0, 2]))
          .sum()
          .item(),
      ).toBe(0);
      const none = { rngs: new nnx.Rngs(0), kernelInit: nnx.initializers.zeros };
      const conv = new nnx.Conv(0, 2, [3], none);
      expect((conv(jnp.zeros([1, 4, 0])) as NDArray).tolist()).toEqual(jnp.zeros([1, 4, 2]).tolist());
      const linear = new nnx.Linear(0, 2, { ...none, useBias: false });
      for (const rows of [1, 3, 50])
        expect(
          linear(jnp.zeros([rows, 0]))
            .sum()
            .item(),
        ).toBe(0);
    });
  });
});
