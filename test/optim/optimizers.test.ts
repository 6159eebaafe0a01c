import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/numpy.ts";
import type { Stepped } from "../../src/optim/base.ts";
import { STEP } from "../../src/optim/base.ts";
import * as optax from "../../src/optax.ts";
import { onEachBackend } from "../backends.ts";
import type { Encoded } from "../golden/load.ts";
import { numbersOf, recorded, revive, ulpsBetween } from "../golden/training.ts";
import type { OptimizerCase } from "./cases.ts";
import { optimizerOf, stateLeaves } from "./cases.ts";

type Tree<T> = Record<string, T>;

interface Recorded extends OptimizerCase {
  readonly params: Tree<Encoded>;
  readonly updates: readonly Tree<Encoded>[];
  readonly final: Tree<Encoded>;
  readonly final64: Tree<Encoded>;
  readonly state: readonly Encoded[];
}

const { cases, grads } = recorded<{ cases: readonly Recorded[]; grads: readonly Tree<Encoded>[] }>("optimizers");
const GRADIENTS = grads.map((tree) => revive(tree) as Tree<NDArray>);

const titled = cases.map((one) => [`${one.optimizer} ${one.text ?? JSON.stringify(one.options)}`, one] as const);

/** Elementwise from end to end, so that the bits are those of JAX operation by operation. */
const EXACT = new RegExp(
  "^(sgd|adam|nadam|adamw|nadamw|adamax|adamaxw|amsgrad|adabelief|adadelta|adan|lion|optimistic\\w+|radam|rprop|" +
    "signSgd|signum|yogi|injectHyperparams|contrib\\.(ademamix|adopt|acprop|cocob|schedule\\w+)|masked|" +
    "lookahead-free ema of params)$",
);
const EXACT_CHAIN = /clipByGlobalNorm|clip\(0\.5\)|addDecayedWeights|scaleBySchedule|zeroNans/;

function isExact({ optimizer, text }: Recorded): boolean {
  return EXACT.test(optimizer) || (optimizer === "chain" && EXACT_CHAIN.test(text!));
}

/** Five steps of an optimizer. */
function run(
  tx: optax.GradientTransformation,
  start: Tree<NDArray>,
): { us: Tree<NDArray>[]; params: Tree<NDArray>; state: unknown } {
  let params = start;
  let state = tx.init(params);
  const us: Tree<NDArray>[] = [];
  for (const g of GRADIENTS) {
    let u: Tree<NDArray>;
    [u, state] = tx.update(g, state, params, { value: 1.25 });
    params = optax.applyUpdates(params, u);
    us.push(u);
  }
  return { us, params, state };
}

/** The elements; of a product with 0 XLA has a zero of either sign. */
function elements(xs: ArrayLike<number>, { text }: Recorded): number[] {
  return Array.from(xs, (x) => (text?.includes("applyEvery") === true && x === 0 ? 0 : x));
}

/** The spacing of float32 at a number. */
function ulp(x: number): number {
  const at = Float32Array.of(Math.max(Math.abs(x), 2 ** -126));
  new Int32Array(at.buffer)[0]!++;
  return at[0]! - Math.fround(Math.max(Math.abs(x), 2 ** -126));
}

function largest(xs: readonly number[]): number {
  return Math.max(...xs.map(Math.abs));
}

onEachBackend("optimizers against JAX", () => {
  it.each(titled.filter(([, one]) => isExact(one)))("%s: updates and parameters, bit for bit", (_, one) => {
    const { us, params } = run(optimizerOf(one), revive(one.params) as Tree<NDArray>);
    for (const [i, u] of us.entries())
      for (const [name, want] of Object.entries(one.updates[i]!))
        expect(elements(u[name]!.data, one), `update ${i}, ${name}`).toEqual(elements(numbersOf(want), one));
    for (const [name, want] of Object.entries(one.final))
      expect(Array.from(params[name]!.data), name).toEqual(numbersOf(want));
  });

  // Norms, means and rsqrt have another order or rounding than XLA's, or JAX jits the inside of lax.cond.
  it.each(titled.filter(([, one]) => !isExact(one)))(
    "%s: updates within 4 float32 of the largest so far, parameters as near to float64 as JAX's",
    (_, one) => {
      const start = revive(one.params) as Tree<NDArray>;
      const { us, params } = run(optimizerOf(one), start);
      // The difference of two parameters is measured by them. Newton-Schulz steps multiply rounding: of muon JAX's own
      // updates, eager and jitted, are 10 such steps apart, so that float64 judges alone.
      const floor = one.optimizer === "contrib.madgrad" ? 0.5 : 0;
      const judged = one.optimizer === "contrib.muon" ? [] : us;
      // Momentum carries the rounding of earlier, larger updates.
      const sizes: Record<string, number> = {};
      for (const [i, u] of judged.entries())
        for (const [name, want] of Object.entries(one.updates[i]!)) {
          const expected = numbersOf(want);
          sizes[name] = Math.max(largest(expected), floor, sizes[name] ?? 0);
          const most = 4 * ulp(sizes[name]);
          Array.from(u[name]!.data).forEach((got, at) =>
            expect(Math.abs(got - expected[at]!), `update ${i}, ${name}[${at}]`).toBeLessThanOrEqual(most),
          );
        }
      for (const [name, want] of Object.entries(one.final64)) {
        const exact = numbersOf(want);
        const error = (xs: Iterable<number>): number => largest(Array.from(xs, (x, i) => x - exact[i]!));
        expect(error(params[name]!.data), name).toBeLessThanOrEqual(
          4 * error(numbersOf(one.final[name]!)) + 2 ** -22 * largest(exact),
        );
      }
    },
  );
});

function kinds(xs: readonly { readonly dtype: string; readonly shape: readonly number[] }[]): string[] {
  return xs.map(({ dtype, shape }) => `${dtype}[${shape.join(", ")}]`);
}

describe("the states of optimizers", () => {
  it.each(titled)("%s: the leaves that JAX has, in its order", (_, one) => {
    const leaves = stateLeaves(run(optimizerOf(one), revive(one.params) as Tree<NDArray>).state);
    expect(kinds(leaves)).toEqual(kinds(one.state));
    if (!isExact(one)) return;
    for (const [i, leaf] of leaves.entries())
      Array.from(leaf.data).forEach((got, at) =>
        expect(ulpsBetween(got, numbersOf(one.state[i]!)[at]!), `leaf ${i}[${at}]`).toBe(0),
      );
  });
});

/** Optimizers that no pass is written for, and wrappers of others. */
const NOT_IN_ONE_PASS = new RegExp(
  "^(adamaxw|adan|applyIfFinite|fromage|injectHyperparams|lars|lion|MultiSteps|multiTransform|nadamw|polyakSgd|" +
    "rmsprop|contrib\\.(acprop|ademamix|cocob|dadaptAdamw|madgrad|muon|prodigy|scheduleFree\\w+)) |" +
    "applyEvery|keepParamsNonnegative",
);

type Step = (updates: unknown, state: unknown, params: unknown, extra: object) => Stepped | undefined;

/** What one pass makes of a step; undefined where there is none. */
function inOnePass(tx: object, ...args: Parameters<Step>): Stepped | undefined {
  return (tx as { readonly [STEP]?: Step })[STEP]?.(...args);
}

function elementsOf(tree: unknown): number[][] {
  return stateLeaves(tree).map(({ data }) => Array.from(data as Iterable<number>));
}

// Whether it is used shows in no bit, only here and in time.
describe("a step in one pass", () => {
  it.each(titled.filter(([title]) => NOT_IN_ONE_PASS.test(title)))("is not made by %s", (_, one) => {
    const params = revive(one.params);
    const tx = optimizerOf(one);
    expect(inOnePass(tx, GRADIENTS[0], tx.init(params), params, { value: 1.25 })).toBeUndefined();
  });

  it.each(titled.filter(([title]) => !NOT_IN_ONE_PASS.test(title)))("has all bits of five steps of %s", (_, one) => {
    const tx = optimizerOf(one);
    let params: unknown = revive(one.params);
    let state: unknown = tx.init(params);
    for (const g of GRADIENTS) {
      const [u, next] = tx.update(g, state, params, { value: 1.25 });
      const stepped = inOnePass(tx, g, state, params, { value: 1.25 })!;
      expect(elementsOf(stepped.updates)).toEqual(elementsOf(u));
      expect(elementsOf(stepped.state)).toEqual(elementsOf(next));
      params = optax.applyUpdates(params, u);
      state = next;
      expect(elementsOf(stepped.params)).toEqual(elementsOf(params));
    }
  });
});

it("an optimizer that others wrap keeps its bits", () => {
  const start = revive(cases[0]!.params) as Tree<NDArray>;
  const plain = run(optax.adam(0.1), start);
  const bits = ({ params }: { params: Tree<NDArray> }): unknown => optax.tree.map((x) => Array.from(x.data), params);
  expect(bits(run(optax.applyIfFinite(optax.adam(0.1), 3), start))).toEqual(bits(plain));
  expect(bits(run(optax.multiTransform({ x: optax.adam(0.1) }, { a: "x", b: "x", c: "x" }), start))).toEqual(
    bits(plain),
  );
  expect(bits(run(optax.flatten(optax.adam(0.1)), start))).toEqual(bits(plain));
  expect(bits(run(new optax.MultiSteps(optax.adam(0.1), { everyKSchedule: 1 }), start))).toEqual(bits(plain));
});

it("there are at least sixty cases, most of them exact", () => {
  expect(cases.length).toBeGreaterThanOrEqual(60);
  expect(cases.filter(isExact).length).toBeGreaterThan(cases.length / 2);
});
