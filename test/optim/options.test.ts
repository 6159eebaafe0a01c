/** Each option of each function of optax: its default is optax's, and it does what it does there. */
import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/numpy.ts";
import * as optax from "../../src/optax.ts";
import { DEFAULTS, REQUIRED } from "../../src/optim/arguments.ts";
import type { Encoded } from "../golden/load.ts";
import { recorded, revive } from "../golden/training.ts";
import type { OptimizerCase } from "./cases.ts";
import { optimizerOf } from "./cases.ts";

interface Recorded extends OptimizerCase {
  /** All leaves of five updates, float32 in base64. */
  readonly updates: string;
}

type Defaults = Readonly<Record<string, unknown>>;

interface File {
  readonly defaults: Readonly<Record<string, Defaults>>;
  readonly cases: readonly Recorded[];
  readonly params: Readonly<Record<string, Encoded>>;
  readonly grads: readonly Readonly<Record<string, Encoded>>[];
}

const { defaults, cases, params: start, grads } = recorded<File>("optimizer_options");

type Tree = Readonly<Record<string, NDArray>>;

const PARAMS = revive(start) as Tree;
const GRADS = grads.map((tree) => revive(tree) as Tree);

function functionOf(name: string): (options: object) => unknown {
  return name.split(".").reduce<unknown>((space, part) => (space as Defaults)[part], optax) as never;
}

/** The defaults of a function, which it tells who asks under `DEFAULTS`. */
function defaultsOf(name: string): Defaults {
  let found: Defaults = {};
  const stop = new Error("found");
  const listen = (given: Defaults): never => {
    found = { ...given };
    throw stop;
  };
  expect(() => functionOf(name)({ [DEFAULTS]: listen })).toThrow(stop);
  return found;
}

/** Defaults that are said in another way here. */
const OTHER: Readonly<Record<string, Defaults>> = {
  lars: { trustRatioMask: null, weightDecayMask: null },
  piecewiseInterpolateSchedule: { interpolateType: "" },
  scaleByFactoredRms: { decayRateFn: null },
  sgdrSchedule: { cosineKwargs: null },
  "contrib.muon": { nsCoeffs: "standard" },
  "contrib.scaleByMuon": { nsCoeffs: "standard" },
};

const plain = (value: unknown): unknown =>
  value === REQUIRED ? "required" : typeof value === "function" ? "other" : value;

describe("defaults are optax's", () => {
  it.each(Object.entries(defaults))("%s", (name, theirs) => {
    const ours = Object.fromEntries(Object.entries(defaultsOf(name)).map(([key, value]) => [key, plain(value)]));
    const expected = Object.fromEntries(Object.entries(theirs).filter(([key]) => key in ours));
    expect(ours).toEqual({ ...expected, ...OTHER[name] });
  });
});

/** The same leaves of our updates. */
function updatesOf(one: Recorded): number[] {
  const names = one.optimizer === "contrib.scaleByMuon" ? ["a"] : Object.keys(PARAMS).sort();
  const part = (tree: Tree): Tree => Object.fromEntries(names.map((name) => [name, tree[name]!]));
  const tx = optimizerOf(one);
  let params = part(PARAMS);
  let state = tx.init(params);
  return GRADS.flatMap((g) => {
    let u: Tree;
    [u, state] = tx.update(part(g), state, params, { value: 1.25 });
    params = optax.applyUpdates(params, u);
    return names.flatMap((name) => Array.from(u[name]!.astype("float32").data));
  });
}

/** How far an update may be from optax's, relative to the largest. */
function toleranceOf({ optimizer }: Recorded): number {
  // Newton-Schulz steps multiply rounding.
  return optimizer.endsWith("uon") ? 1e-4 : 4e-6;
}

describe("options do what optax's do", () => {
  it.each(cases.map((one) => [`${one.optimizer} ${JSON.stringify(one.options)}`, one] as const))("%s", (_, one) => {
    const want = Array.from(new Float32Array(Uint8Array.from(Buffer.from(one.updates, "base64")).buffer));
    const got = updatesOf(one);
    const size = Math.max(...want.filter(Number.isFinite).map(Math.abs)) || 1;
    expect(got.map(Number.isNaN)).toEqual(want.map(Number.isNaN));
    const off = Math.max(...got.map((x, i) => Math.abs(x - want[i]!) || 0));
    expect(off / size).toBeLessThanOrEqual(toleranceOf(one));
  });
});

/** What takes a schedule beside `learningRate`: what optax annotates so. */
const SCHEDULED: readonly (readonly [name: string, option: string])[] = [
  ["adamaxw", "weightDecay"],
  ["adamw", "weightDecay"],
  ["adan", "weightDecay"],
  ["addDecayedWeights", "weightDecay"],
  ["lamb", "weightDecay"],
  ["lars", "weightDecay"],
  ["lion", "weightDecay"],
  ["contrib.ademamix", "alpha"],
  ["contrib.ademamix", "b3"],
  ["contrib.scaleByAdemamix", "alpha"],
  ["contrib.scaleByAdemamix", "b3"],
];

/** Numbers for what has no default. */
function requiredOf(name: string): Defaults {
  return Object.fromEntries(
    Object.entries(defaultsOf(name)).flatMap(([key, v]) => (v === REQUIRED ? [[key, 0.1]] : [])),
  );
}

describe("a schedule does at each step what its number does", () => {
  const learning = Object.keys(defaults)
    .filter((name) => "learningRate" in defaultsOf(name))
    .filter((name) => !/lbfgs|rprop|Rprop|scheduleFree|adadelta|adafactor|polyakSgd|scaleByLearningRate/.test(name))
    .map((name) => [name, "learningRate"] as const);

  it.each([...SCHEDULED, ...learning])("%s, %s", (name, option) => {
    const updates = (value: unknown): unknown[] => {
      const tx = functionOf(name)({ ...requiredOf(name), [option]: value }) as optax.GradientTransformation;
      let state = tx.init(PARAMS);
      return GRADS.map((g) => {
        const [u, next] = tx.update(g, state, PARAMS, { value: 1.25 });
        state = next;
        return Object.values(u as Tree).map((x) => x.tolist());
      });
    };
    expect(updates(() => 0.25)).toEqual(updates(0.25));
    expect(updates((count: number) => (count + 1) / 4)).not.toEqual(updates(0.25));
  });
});

it("the optimizers of contrib take optax's places", () => {
  // inspect.signature of each function of optax 0.2.8, up to what is by name alone.
  const orders: Readonly<Record<string, string>> = {
    acprop: "learningRate, b1, b2, eps, epsRoot, weightDecay, mask",
    ademamix: "learningRate, b1, b2, b3, alpha, eps, epsRoot, muDtype, weightDecay, mask",
    adopt: "learningRate, b1, b2, eps, muDtype",
    cocob: "learningRate, alpha, eps, weightDecay, mask",
    dadaptAdamw: "learningRate, betas, eps, estimLr0, weightDecay",
    madgrad: "learningRate, momentum, weightDecay, eps",
    muon: "learningRate, nsCoeffs, nsSteps, beta, eps, weightDecay, weightDecayMask, muDtype",
    prodigy: "learningRate, betas, beta3, eps, estimLr0, estimLrCoef, weightDecay, safeguardWarmup",
    scheduleFreeAdamw: "learningRate, warmupSteps, b1, b2, eps, weightDecay, weightLrPower, stateDtype",
    scheduleFreeSgd: "learningRate, warmupSteps, b1, weightDecay, weightLrPower, stateDtype",
  };
  const contrib = optax.contrib as unknown as Record<string, (options: object) => unknown>;
  for (const [name, order] of Object.entries(orders))
    expect(() => contrib[name]!({ zzUnknown: 1 })).toThrow(`optax.contrib.${name}: "options" expected ${order}`);
});
