/** Transformations that count steps or judge values, against real optax: test/golden/oracle_optax_steps.py. */
import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/numpy.ts";
import { array, ones } from "../../src/numpy.ts";
import * as optax from "../../src/optax.ts";
import { onEachBackend } from "../backends.ts";
import type { Encoded } from "../golden/load.ts";
import { numbersOf, recorded, revive } from "../golden/training.ts";
import { stateLeaves } from "./cases.ts";

type Tree = Record<string, NDArray>;

interface File {
  readonly start: Record<string, Encoded>;
  readonly grads: readonly Record<string, Encoded>[];
  readonly values: readonly number[];
  readonly cases: readonly { readonly make: string; readonly params: Encoded; readonly state: readonly Encoded[] }[];
}

const { start, grads, values, cases } = recorded<File>("optimizer_steps");
const START = revive(start) as Tree;
const GRADS = grads.map((one) => revive(one) as Tree);

const { adam, adamw, lookahead, sgd } = optax;
const { normalize, reduceOnPlateau, sam } = optax.contrib;

function uphill(rho: number): optax.GradientTransformation {
  return optax.chain(normalize(), sgd(rho));
}

function plateau(options: optax.contrib.ReduceOnPlateauOptions): optax.GradientTransformation {
  return optax.chain(adam(0.1), reduceOnPlateau(options));
}

const MADE: Record<string, () => optax.GradientTransformation> = {
  "reduceOnPlateau({ patience: 1 })": () => plateau({ patience: 1 }),
  "reduceOnPlateau({ factor: 0.5, patience: 1, cooldown: 1 })": () =>
    plateau({ factor: 0.5, patience: 1, cooldown: 1 }),
  "reduceOnPlateau({ factor: 0.5, patience: 1, cooldown: 2, minScale: 0.4 })": () =>
    plateau({ factor: 0.5, patience: 1, cooldown: 2, minScale: 0.4 }),
  "reduceOnPlateau({ factor: 0.3, patience: 2, rtol: 0, atol: 0.25 })": () =>
    plateau({ factor: 0.3, patience: 2, rtol: 0, atol: 0.25 }),
  "reduceOnPlateau({ factor: 0.5, patience: 1, accumulationSize: 2 })": () =>
    plateau({ factor: 0.5, patience: 1, accumulationSize: 2 }),
  "reduceOnPlateau({ factor: 0.5, patience: 1, accumulationSize: 3 })": () =>
    plateau({ factor: 0.5, patience: 1, accumulationSize: 3 }),
  "sam(sgd(0.1), uphill(0.2))": () => sam(sgd(0.1), uphill(0.2)),
  "sam(adam(0.1), adam(0.2), { syncPeriod: 3 })": () => sam(adam(0.1), adam(0.2), 3),
  "sam(adam(0.1), adam(0.2), { syncPeriod: 3, resetState: false })": () =>
    sam({ optimizer: adam(0.1), advOptimizer: adam(0.2), syncPeriod: 3, resetState: false }),
  "sam(adamw(0.1), uphill(0.2), { opaqueMode: true })": () => sam(adamw(0.1), uphill(0.2), { opaqueMode: true }),
  "sam(adam(0.1), adam(0.2), { syncPeriod: 3, opaqueMode: true, resetState: false })": () =>
    sam(adam(0.1), { advOptimizer: adam(0.2), syncPeriod: 3, opaqueMode: true, resetState: false }),
  "lookahead(sgd(0.5), 3, 0.4)": () => lookahead(sgd(0.5), 3, 0.4),
  "lookahead(adam(0.1), 2, 0.5)": () => lookahead({ fastOptimizer: adam(0.1), syncPeriod: 2, slowStepSize: 0.5 }),
  "lookahead(adam(0.1), 2, 0.5, { resetState: true })": () =>
    lookahead(adam(0.1), 2, { slowStepSize: 0.5, resetState: true }),
};

/** Gradients that depend on the parameters and on the step. */
function gradFn(params: unknown, step: number): unknown {
  return optax.tree.scale(0.5 + step, params);
}

/** The parameters after each step, one after the other, and the last state. */
function run(make: string): { params: number[]; state: unknown } {
  const tx = MADE[make]!();
  let params: unknown = make.startsWith("lookahead") ? optax.LookaheadParams.initSynced(START) : START;
  let state = tx.init(params);
  const all: number[] = [];
  for (const [i, value] of values.entries()) {
    const extra = make.includes("Plateau") ? { value } : make.includes("opaque") ? { gradFn } : {};
    let updates: unknown = GRADS[i % GRADS.length]!;
    [updates, state] = tx.update(updates, state, params, extra);
    params = optax.applyUpdates(params, updates);
    for (const leaf of stateLeaves(params)) all.push(...leaf.data);
  }
  return { params: all, state };
}

onEachBackend("steps against optax", () => {
  it.each(cases.map((one) => [one.make, one] as const))("%s: parameters and state, bit for bit", (make, one) => {
    const { params, state } = run(make);
    expect(params).toEqual(numbersOf(one.params));
    const leaves = stateLeaves(state);
    expect(leaves.map(({ dtype, shape }) => [dtype, shape])).toEqual(one.state.map((x) => [x.dtype, x.shape]));
    for (const [i, leaf] of leaves.entries()) expect([...leaf.data], `leaf ${i}`).toEqual(numbersOf(one.state[i]!));
  });
});

describe("reduceOnPlateau", () => {
  it("takes the dtypes of its state from the parameters, the lowest and the highest", () => {
    const state = reduceOnPlateau().init({ a: ones([1], "bfloat16"), b: ones([1]) });
    expect([state.scale.dtype, state.best_value.dtype, state.avg_value.dtype]).toEqual([
      "bfloat16",
      "float32",
      "float32",
    ]);
  });

  it.each([
    [{ factor: 1 }, 'optax.contrib.reduceOnPlateau: "factor" expected a number between 0 and 1, got 1'],
    [{ factor: 0 }, 'optax.contrib.reduceOnPlateau: "factor" expected a number between 0 and 1, got 0'],
    [{ rtol: 1.5 }, 'optax.contrib.reduceOnPlateau: "rtol" expected a number from 0 to 1, got 1.5'],
    [{ rtol: -1 }, 'optax.contrib.reduceOnPlateau: "rtol" expected a number from 0 to 1, got -1'],
    [{ atol: NaN }, 'optax.contrib.reduceOnPlateau: "atol" expected a number from 0 on, got NaN'],
    [{ rtol: 0 }, 'optax.contrib.reduceOnPlateau: "rtol" expected a positive number where atol is 0, got 0'],
  ])("refuses %o", (options, message) => {
    expect(() => reduceOnPlateau(options)).toThrow(new RangeError(message));
  });

  it("asks for a value", () => {
    const tx = reduceOnPlateau();
    const state = tx.init(ones([1]));
    expect(() => tx.update(ones([1]), state)).toThrow('optax.contrib.reduceOnPlateau: "value" expected a value');
    expect(() => tx.update(ones([1]), state, undefined, { value: ones([2]) })).toThrow(
      'optax.contrib.reduceOnPlateau: "value" expected a number, got',
    );
  });
});

describe("sam", () => {
  it.each([0, 1.5, NaN])("refuses a period of %s", (syncPeriod) => {
    expect(() => sam(sgd(1), sgd(1), syncPeriod)).toThrow(
      new RangeError(`optax.contrib.sam: "syncPeriod" expected a whole number from 1, got ${syncPeriod}`),
    );
  });

  it("asks for two transformations, parameters and, in opaque mode, a function of gradients", () => {
    expect(() => sam(sgd as never, sgd(1))).toThrow('optax.contrib.sam: "optimizer" expected a gradient');
    expect(() => sam(sgd(1), sgd as never)).toThrow('optax.contrib.sam: "advOptimizer" expected a gradient');
    const x = ones([1]);
    const tx = sam(sgd(1), sgd(1), { opaqueMode: true });
    expect(() => tx.update(x, tx.init(x))).toThrow('optax.contrib.sam: "params" expected the parameters');
    expect(() => tx.update(x, tx.init(x), x)).toThrow('optax.contrib.sam: "gradFn" expected a value');
  });

  it("keeps what the outer step does from infinities of an adversarial one", () => {
    const tx = sam(sgd(1), sgd(1));
    const params = ones([1]);
    const [, state] = tx.update(array([Infinity]), tx.init(params), params);
    const [moved] = tx.update(array([2]), state, array([4]));
    expect(moved.tolist()).toEqual([-5]);
  });
});

describe("lookahead", () => {
  it("begins with the fast parameters alone as well", () => {
    const tx = lookahead(optax.trace(0.5), 2, 0.5);
    const params = { w: ones([2]) };
    expect(stateLeaves(tx.init(params)).map((x) => x.tolist())).toEqual(
      stateLeaves(tx.init(optax.LookaheadParams.initSynced(params))).map((x) => x.tolist()),
    );
  });

  it("refuses other parameters, periods and steps", () => {
    const tx = lookahead(sgd(1), 2, 0.5);
    const x = ones([1]);
    expect(() => tx.update(x, tx.init(x), x)).toThrow('optax.lookahead: "params" expected LookaheadParams, got');
    expect(() => lookahead(sgd(1), 0, 0.5)).toThrow(
      new RangeError('optax.lookahead: "syncPeriod" expected a whole number from 1, got 0'),
    );
    expect(() => lookahead(sgd(1), 2, ones([2]))).toThrow('optax.lookahead: "slowStepSize" expected a number');
    expect(() => lookahead(sgd as never, 2, 0.5)).toThrow('optax.lookahead: "fastOptimizer" expected a gradient');
    // @ts-expect-error -- one too many
    expect(() => optax.LookaheadParams.initSynced(x, 1)).toThrow("optax.LookaheadParams.initSynced");
  });
});
