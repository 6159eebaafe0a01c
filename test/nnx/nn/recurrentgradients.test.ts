import { describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp, random, tree } from "../../../src/index.ts";
import { firstDifference } from "../../bits.ts";

const CELLS = { LSTMCell: nnx.LSTMCell, OptimizedLSTMCell: nnx.OptimizedLSTMCell, GRUCell: nnx.GRUCell };

/** All gradients of three steps of a cell: of its Params, of the inputs and of what it starts with. */
function gradients(name: keyof typeof CELLS, features: number, options: object): NDArray[] {
  const cell = new CELLS[name](5, features, { rngs: new nnx.Rngs(0), ...options });
  const rnn = new nnx.RNN(cell as nnx.LSTMCell, { returnCarry: true });
  const x = random.normal(random.key(1), [4, 3, 5]);
  const start = () => random.normal(random.key(2), [4, features]);
  const carry = (name === "GRUCell" ? start() : [start(), start()]) as never;
  const weights = random.normal(random.key(3), [4, 3, features]);
  const loss = (model: typeof rnn, inputs: NDArray, initialCarry: never): NDArray => {
    const [last, outputs] = model(inputs, { initialCarry });
    return tree
      .leaves(last)
      .reduce<NDArray>((sum, leaf) => sum.add(jnp.sum(leaf as NDArray)), jnp.sum(outputs.mul(weights)));
  };
  return tree.leaves(nnx.grad(loss, { argnums: [0, 1, 2] })(rnn, x, carry)) as NDArray[];
}

describe.each(Object.keys(CELLS) as (keyof typeof CELLS)[])("the gradients of %s", (name) => {
  it.each([1, 3, 16, 33])("have the bits of the formula's, of %i features", (features) => {
    // Gates of any other function are computed operation by operation.
    const expected = gradients(name, features, { gateFn: (x: NDArray) => nnx.sigmoid(x) });
    const got = gradients(name, features, {});
    expect(got.length).toBe(expected.length);
    got.forEach((gradient, i) => {
      expect(gradient.shape).toEqual(expected[i]!.shape);
      expect(firstDifference(expected[i]!.data, gradient.data), `leaf ${i}`).toBe(-1);
    });
  });

  it("have the bits of the formula's under nnx.jit", () => {
    const cell = new CELLS[name](5, 8, { rngs: new nnx.Rngs(0) });
    const rnn = new nnx.RNN(cell as nnx.LSTMCell);
    const x = random.normal(random.key(1), [4, 6, 5]);
    const step = nnx.grad((model: typeof rnn, inputs: NDArray) => jnp.mean(jnp.square(model(inputs))));
    const jitted = nnx.jit(step);
    const expected = tree.leaves(step(rnn, x)) as NDArray[];
    for (let call = 0; call < 3; call++)
      (tree.leaves(jitted(rnn, x)) as NDArray[]).forEach((gradient, i) =>
        expect(firstDifference(expected[i]!.data, gradient.data)).toBe(-1),
      );
  });
});

it("the state alone has a gradient, and the gate that only the output sees gets nothing", () => {
  const cell = new nnx.OptimizedLSTMCell(2, 3, { rngs: new nnx.Rngs(0) });
  const zeros = jnp.zeros([1, 3]);
  const gradient = nnx.grad((model: typeof cell, x: NDArray) => jnp.sum(model([zeros, zeros], x)[0][0]))(
    cell,
    jnp.ones([1, 2]),
  );
  const bias = (tree.leaves(gradient) as NDArray[]).find(({ ndim }) => ndim === 1)!;
  expect(bias.tolist()).toHaveLength(12);
  expect((bias.tolist() as number[]).slice(9)).toEqual([0, 0, 0]);
  expect((bias.tolist() as number[]).slice(0, 3).every((value) => value !== 0)).toBe(true);
});
