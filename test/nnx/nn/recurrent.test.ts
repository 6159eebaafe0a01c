/** A recurrent cell's kernel, and an RNN that computes its steps in one, against the formulas of the layers. */
import { describe, expect, it, vi } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp, random, tree } from "../../../src/index.ts";
import { promoteDtype } from "../../../src/nnx/nn/dtypes.ts";
import { firstDifference } from "../../bits.ts";

type AnyCell = nnx.RNNCellBase<never>;
type Options = Partial<typeof WRAPPED>;

const CELLS: Readonly<Record<string, (options: Options) => AnyCell>> = {
  LSTMCell: (options) => new nnx.LSTMCell(5, 7, { ...options, rngs: rngs() }) as unknown as AnyCell,
  OptimizedLSTMCell: (options) => new nnx.OptimizedLSTMCell(5, 7, { ...options, rngs: rngs() }) as unknown as AnyCell,
  GRUCell: (options) => new nnx.GRUCell(5, 7, { ...options, rngs: rngs() }) as unknown as AnyCell,
  SimpleCell: ({ activationFn = nnx.tanh }) =>
    new nnx.SimpleCell(5, 7, { activationFn, rngs: rngs() }) as unknown as AnyCell,
  "SimpleCell, residual": ({ activationFn = nnx.tanh }) =>
    new nnx.SimpleCell(5, 7, { activationFn, residual: true, rngs: rngs() }) as unknown as AnyCell,
};
const NAMES = Object.keys(CELLS);

/** Other functions with the same results, for which no kernel is used. */
const WRAPPED = { gateFn: (x: NDArray) => nnx.sigmoid(x), activationFn: (x: NDArray) => nnx.tanh(x) };

function rngs(): nnx.Rngs {
  return new nnx.Rngs(3);
}

function pair(name: string): readonly [fast: AnyCell, slow: AnyCell] {
  return [CELLS[name]!({}), CELLS[name]!(WRAPPED)];
}

function carryOf(cell: AnyCell, shape: readonly number[], seed: number): never {
  const drawn = (key: number): NDArray => random.normal(random.key(key), [...shape.slice(0, -1), 7]);
  const { length } = [cell.initializeCarry(shape, rngs())].flat();
  return (length === 2 ? [drawn(seed), drawn(seed + 1)] : drawn(seed)) as never;
}

function leaves(x: unknown): NDArray[] {
  return ([x] as never[]).flat(9) as NDArray[];
}

function expectSame(a: unknown, b: unknown): void {
  const [x, y] = [leaves(a), leaves(b)];
  expect(x.map(({ shape }) => shape)).toEqual(y.map(({ shape }) => shape));
  expect(x.map(({ dtype }) => dtype)).toEqual(y.map(({ dtype }) => dtype));
  x.forEach((array, i) => expect(firstDifference(array.data, y[i]!.data)).toBe(-1));
}

describe.each(NAMES)("nnx.%s by its kernel has the bits of its formula", (name) => {
  it.each([[[5]], [[1, 5]], [[6, 5]], [[2, 3, 5]], [[0, 5]]])("of inputs %j", (shape) => {
    const [fast, slow] = pair(name);
    const x = random.normal(random.key(1), shape);
    const carry = carryOf(fast, shape, 8);
    expectSame(fast(carry, x), slow(carry, x));
  });

  it("where the carry is broadcast, or of another dtype", () => {
    const [fast, slow] = pair(name);
    const x = random.normal(random.key(1), [4, 5]);
    for (const carry of [carryOf(fast, [5], 8), carryOf(fast, [1, 5], 8)]) expectSame(fast(carry, x), slow(carry, x));
    const half = leaves(carryOf(fast, [4, 5], 8)).map((array) => array.astype("bfloat16"));
    const carry = (half.length === 2 ? half : half[0]) as never;
    expectSame(fast(carry, x), slow(carry, x));
  });

  it("and its gradients", () => {
    const x = random.normal(random.key(1), [3, 5]);
    const carry = carryOf(pair(name)[0], [3, 5], 8);
    const loss = (cell: AnyCell): NDArray => {
      const [next, y] = cell(carry, x);
      return leaves([next, y])
        .reduce((all, array) => all.add(array))
        .sum();
    };
    const [a, b] = pair(name).map((cell) => tree.leaves(nnx.grad(loss)(cell)));
    expectSame(a, b);
  });
});

describe.each(NAMES)("nnx.RNN of %s has the bits of its cell step by step", (name) => {
  const OPTIONS: readonly (readonly [string, readonly number[], Record<string, unknown>])[] = [
    ["one sequence", [1, 9, 5], {}],
    ["no batch", [9, 5], {}],
    ["a batch", [4, 6, 5], {}],
    ["two batch axes", [2, 3, 6, 5], {}],
    ["time first", [6, 4, 5], { timeMajor: true }],
    ["reversed", [4, 6, 5], { reverse: true, keepOrder: true }],
    ["lengths", [4, 6, 5], { seqLengths: [1, 6, 3, 2] }],
    ["one step", [4, 1, 5], {}],
    ["no steps", [4, 0, 5], {}],
    ["an empty batch", [0, 6, 5], {}],
    ["more steps than one product has", [40, 260, 5], {}],
  ];

  it.each(OPTIONS)("%s", (_, shape, options) => {
    const [fast, slow] = pair(name).map((cell) => new nnx.RNN(cell));
    const x = random.normal(random.key(2), shape);
    const all = { ...options, returnCarry: true } as never;
    expectSame(fast!(x, all), slow!(x, all));
  });

  it("from a carry that is given, which stays as it is", () => {
    const [fast, slow] = pair(name);
    const x = random.normal(random.key(2), [3, 6, 5]);
    const initialCarry = carryOf(fast, [3, 5], 4);
    const before = leaves(initialCarry).map((array) => array.tolist());
    const options = { initialCarry, returnCarry: true } as never;
    expectSame(new nnx.RNN(fast)(x, options), new nnx.RNN(slow)(x, options));
    expect(leaves(initialCarry).map((array) => array.tolist())).toEqual(before);
  });

  it("without a call of the cell's layers, as long as the cell is no more than its formula", () => {
    const [fast, slow] = pair(name).map((cell) => new nnx.RNN(cell));
    const x = random.normal(random.key(2), [3, 6, 5]);
    const calls = vi.spyOn(nnx.Linear.prototype, "__call__");
    fast!(x);
    expect(calls).toHaveBeenCalledTimes(0);
    slow!(x);
    expect(calls.mock.calls.length % 6).toBe(0);
    expect(calls.mock.calls.length).toBeGreaterThan(0);
    calls.mockRestore();
  });

  it("and its shapes alone", () => {
    const [fast] = pair(name);
    const rnn = new nnx.RNN(fast);
    const shape = nnx.evalShape(() => rnn(jnp.ones([2, 6, 5]))) as unknown as { shape: readonly number[] };
    expect(shape.shape).toEqual([2, 6, 7]);
  });
});

describe("nnx.RNN calls a cell that does more than its formula", () => {
  const x = jnp.ones([2, 3, 5]);

  it("a subclass", () => {
    let calls = 0;
    class Counted extends nnx.GRUCell {
      override __call__(h: NDArray, inputs: NDArray): [NDArray, NDArray] {
        calls++;
        return super.__call__(h, inputs);
      }
    }
    new nnx.RNN(new Counted(5, 7, { rngs: rngs() }))(x);
    expect(calls).toBe(3);
  });

  it("with a layer of another class", () => {
    let calls = 0;
    class Watched extends nnx.Linear {
      override __call__(inputs: NDArray): NDArray {
        calls++;
        return super.__call__(inputs);
      }
    }
    const cell = new nnx.GRUCell(5, 7, { rngs: rngs() });
    (cell as { dense_i: nnx.Linear }).dense_i = new Watched(5, 21, { rngs: rngs() });
    new nnx.RNN(cell)(x);
    expect(calls).toBe(3);
  });

  it("with a promoteDtype of its own", () => {
    let calls = 0;
    const counting: nnx.PromoteDtype = (...args) => (calls++, promoteDtype(...args));
    new nnx.RNN(new nnx.OptimizedLSTMCell(5, 7, { rngs: rngs(), promoteDtype: counting }))(x);
    expect(calls).toBe(6);
  });
});

describe("a cell of one's own", () => {
  /** Its carry is the sum of all inputs. */
  class Sum extends nnx.RNNCellBase<NDArray> {
    override __call__(carry: NDArray, x: NDArray): [NDArray, NDArray] {
      const next = carry.add(x);
      return [next, next.mul(2)];
    }

    override initializeCarry([batch]: readonly number[]): NDArray {
      return jnp.zeros([batch!, 3]);
    }
  }

  it("is called by an RNN for every step", () => {
    const x = random.normal(random.key(1), [2, 5, 3]);
    const [carry, y] = new nnx.RNN(new Sum() as never, { rngs: rngs(), returnCarry: true })(x) as never as NDArray[];
    const sums = jnp.cumsum(x, 1);
    expect(jnp.allclose(y!, sums.mul(2))).toBe(true);
    expect(firstDifference(carry!.data, sums.slice(":", -1).data)).toBe(-1);
  });
});
