/**
 * Losses, norms and wrappers of optax take their arguments by place and by name as Python's do. Values are optax
 * 0.2.8's.
 */
import { describe, expect, it } from "vitest";
import { grad } from "../../src/index.ts";
import * as jnp from "../../src/numpy.ts";
import * as optax from "../../src/optax.ts";

const logits = jnp.array([
  [1, 2],
  [3, 4],
]);
const labels = jnp.array([
  [1, 0],
  [0, 1],
]);
const ids = jnp.array([0, 1], "int32");

describe("losses", () => {
  it("take an axis by place, where optax does", () => {
    expect(optax.softmaxCrossEntropy(logits, labels, 0).tolist()).toEqual([2.126928, 0.12692805].map(Math.fround));
  });

  it("take arrays by name", () => {
    const byPlace = optax.softmaxCrossEntropyWithIntegerLabels(logits, ids).tolist();
    expect(optax.softmaxCrossEntropyWithIntegerLabels({ logits, labels: ids }).tolist()).toEqual(byPlace);
    expect(optax.softmaxCrossEntropyWithIntegerLabels(logits, { labels: ids }).tolist()).toEqual(byPlace);
    expect(optax.sigmoidBinaryCrossEntropy({ logits, labels }).tolist()).toEqual(
      optax.sigmoidBinaryCrossEntropy(logits, labels).tolist(),
    );
    expect(optax.huberLoss({ predictions: [3, 0.5], targets: [0, 0], delta: 0.25 }).tolist()).toEqual([
      0.71875, 0.09375,
    ]);
    expect(optax.l2Loss({ predictions: [2] }).tolist()).toEqual([2]);
    expect(optax.smoothLabels([[1, 0]], { alpha: 0.5 }).tolist()).toEqual([[0.75, 0.25]]);
  });

  it("refuse by place what optax takes by name alone, which was ignored", () => {
    // @ts-expect-error -- nor do the types take it
    expect(() => optax.huberLoss([3], [0], 0.25)).toThrow(
      "optax.huberLoss: expected at most 2 arguments by place (predictions, targets), got 3",
    );
    // @ts-expect-error -- nor do the types take it
    expect(() => optax.huberLoss([3], [0], { dleta: 0.25 })).toThrow('got "dleta". Did you mean "delta"?');
  });
});

describe("safeNorm", () => {
  const x = jnp.array([
    [3, 4],
    [0, 0],
    [-1, 2],
  ]);

  it("takes an order, an axis and keepdims", () => {
    const root = Math.fround(2.236068);
    expect(optax.safeNorm(x, 0.5, { axis: 1 }).tolist()).toEqual([5, 0.5, root]);
    expect(optax.safeNorm(x, 0.5, null, 1, true).tolist()).toEqual([[5], [0.5], [root]]);
    expect(optax.safeNorm(x, { minNorm: 0.5, axis: 0, ord: 1 }).tolist()).toEqual([4, 6]);
    expect(optax.safeNorm(x, 0.5, Infinity, -1).tolist()).toEqual([4, 0.5, 2]);
    expect(optax.safeNorm(x, 0.5, { keepdims: true }).tolist()).toEqual([[Math.fround(5.477226)]]);
  });

  it("has no gradient where the least counts", () => {
    const slopes = grad((y: jnp.NDArray) => optax.safeNorm(y, 0.5, { axis: 1 }).sum())(x);
    const expected = [
      [0.6, 0.8],
      [0, 0],
      [-0.4472136, 0.8944272],
    ];
    expect(jnp.allclose(slopes, expected, { rtol: 1e-6 })).toBe(true);
  });
});

describe("trees", () => {
  it("are averaged with a step size by name", () => {
    const step = { stepSize: 0.25 };
    expect(optax.incrementalUpdate({ a: jnp.array([4]) }, { a: jnp.array([0]) }, step).a.tolist()).toEqual([1]);
    expect(optax.periodicUpdate({ a: 1 }, { a: 0 }, { steps: 10, updatePeriod: 5 })).toEqual({ a: 1 });
  });

  it("with the names of arguments are not taken for them", () => {
    const updates = { labels: jnp.array([1]) };
    expect(optax.applyUpdates({ labels: jnp.array([2]) }, updates).labels.tolist()).toEqual([3]);
  });
});

describe("wrappers", () => {
  it("gather steps by place and by name", () => {
    for (const tx of [
      new optax.MultiSteps(optax.scale(-1), 2),
      new optax.MultiSteps({ opt: optax.scale(-1), everyKSchedule: 2 }),
      new optax.MultiSteps(optax.scale(-1), { everyKSchedule: 2 }),
    ]) {
      const [first, state] = tx.update(jnp.array([1]), tx.init(jnp.zeros([1])));
      expect(first.tolist()).toEqual([0]);
      expect(tx.update(jnp.array([4]), state)[0].tolist()).toEqual([-2.5]);
    }
  });

  it("take boundaries by name, after a value by place", () => {
    const schedule = optax.piecewiseConstantSchedule(1, { boundariesAndScales: { 10: 0.5 } });
    expect(schedule([9, 10]).tolist()).toEqual([1, 0.5]);
    // @ts-expect-error -- nor do the types take it
    expect(() => optax.piecewiseConstantSchedule(1, { boundaries: { 10: 0.5 } })).toThrow(
      'optax.piecewiseConstantSchedule: "options" expected boundariesAndScales, got "boundaries"',
    );
    expect(
      optax
        .joinSchedules({ schedules: [optax.constantSchedule(2)], boundaries: [] })(3)
        .item(),
    ).toBe(2);
  });
});
