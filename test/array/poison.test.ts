/**
 * No result relies on the zeros of a new array, for inside of a function under `nnx.jit` an array may hold anything
 * before it is written: JAX's recorded values come out where all new arrays hold NaN.
 */
import { describe, expect, it } from "vitest";
import { grad, nnx, numpy as jnp, random } from "../../src/index.ts";
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

const layers = (): unknown[] => {
  const rngs = new nnx.Rngs(0);
  const [q, k] = [rngs.normal([2, 9, 4, 5]), rngs.normal([2, 17, 2, 5])];
  const mask = rngs.bernoulli(0.7, [2, 4, 9, 17]);
  const attend = (query: NDArray, key: NDArray, value: NDArray): NDArray =>
    nnx.dotProductAttention(query, key, value, { mask });
  const loss = (query: NDArray, key: NDArray, value: NDArray): NDArray => attend(query, key, value).mul(query).sum();
  const x = rngs.normal([3, 7, 5]);
  const outputs = (rnn: (x: NDArray) => unknown): unknown[] => [rnn(x), rnn(x.slice(":1"))];
  return [
    attend(q, k, k),
    nnx.dotProductAttention(q, k.slice(":", ":0"), k.slice(":", ":0")),
    ...grad(loss, { argnums: [0, 1, 2] })(q, k, k),
    ...outputs(new nnx.RNN(new nnx.LSTMCell(5, 6, { rngs }))),
    ...outputs(new nnx.RNN(new nnx.GRUCell(5, 6, { rngs }))),
    ...outputs(new nnx.RNN(new nnx.SimpleCell(5, 6, { rngs }))),
  ].map((y) => (y as NDArray).tolist());
};

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

  it("attention and recurrent layers", () => {
    expect(poisoned(layers)).toEqual(layers());
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
