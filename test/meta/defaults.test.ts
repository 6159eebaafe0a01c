/**
 * Every option that has a default in Python: a call without it is the call with that default, and one with another
 * value is not.
 */
import { describe, expect, it } from "vitest";
import { isAbsent } from "../../scripts/surface/absentnames.ts";
import { parametersOf, reasonFor } from "../../scripts/surface/parameters.ts";
import { NAMESPACES } from "./namespaces.ts";
import { besideOf, sampleOf } from "./samplecalls.ts";
import { seen } from "./seen.ts";

type Call = (...args: unknown[]) => unknown;

interface Case {
  readonly fn: string;
  readonly call: Call;
  readonly args: readonly unknown[];
  readonly defaults: readonly (readonly [name: string, value: unknown])[];
}

const isValue = (x: unknown): boolean => ["boolean", "number"].includes(typeof x) || Array.isArray(x);

/** They take other functions: test/optim/wrappers.test.ts has their options. */
const WRAPPERS = new Set(
  "conditionallyMask conditionallyTransform injectHyperparams lookahead masked multiTransform partition"
    .split(" ")
    .map((name) => `optax.${name}`),
);

/** Options that are refused, whatever they are; and those of which any makes the result a list. */
const REFUSED = new Set(["numpy.array.ndmin", "lax.convGeneralDilated.batchGroupCount"]);
const LISTED = new Set(["numpy.unique"]);

const CASES: Case[] = [];
const WITHOUT_SAMPLE: string[] = [];
for (const [space, ours] of Object.entries(NAMESPACES))
  for (const [name, parameters] of parametersOf(space)) {
    const [call, fn] = [ours[name], `${space}.${name}`];
    if (typeof call !== "function" || isAbsent(call) || String(call).startsWith("class")) continue;
    if (WRAPPERS.has(fn)) continue;
    const defaults = parameters
      .filter((one) => isValue(one.byDefault) && reasonFor(fn, one.name) === undefined)
      .filter((one) => !REFUSED.has(`${fn}.${one.name}`) && !Object.hasOwn(besideOf(fn), one.name))
      .map((one) => [one.name, one.byDefault] as const);
    if (defaults.length === 0) continue;
    const required = parameters.filter(({ kind, isOptional }) => !isOptional && (kind === "." || kind === "/"));
    const args = sampleOf(
      fn,
      required.map((one) => one.name),
    );
    if (args === undefined) WITHOUT_SAMPLE.push(`${fn}(${required.map((one) => one.name).join()})`);
    else CASES.push({ fn, call: call as Call, args, defaults });
  }

function run({ fn, call, args }: Case, options: Record<string, unknown> = {}): string {
  const all = { ...besideOf(fn), ...options };
  return seen(Object.keys(all).length === 0 ? call(...args) : call(...args, all), fn.split(".")[0]!);
}

function tried(one: Case, options: Record<string, unknown>): string {
  try {
    return run(one, options);
  } catch (error) {
    return String(error);
  }
}

/** Other values than a default. */
function othersOf(value: unknown): unknown[] {
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [value + 1, value - 1, value / 2, 2 * value + 0.25, 0, 1e-3, 100];
  return [[1], [2, 3], [1, 0]];
}

/** Hints, which change no result. */
const HINTS = new Set(
  (
    "copy unroll assumeUnique assumeUniqueIndices uniqueIndices indicesAreSorted overwriteInput isStable stable " +
    "symmetrizeInput inplace optimize verbose hermitian"
  ).split(" "),
);

it("knows what to call each function with", () => {
  expect(WITHOUT_SAMPLE).toEqual([]);
});

describe.each(CASES.map((one) => [one.fn, one] as const))("%s", (_, one) => {
  it("without options is the call with Python's defaults", () => {
    const without = run(one);
    if (LISTED.has(one.fn)) return;
    for (const [name, value] of one.defaults) expect([name, run(one, { [name]: value })]).toEqual([name, without]);
  });

  it("changes with each option", () => {
    const without = run(one);
    const idle = one.defaults
      .filter(([name]) => !HINTS.has(name))
      .filter(([name, value]) => othersOf(value).every((other) => tried(one, { [name]: other }) === without));
    expect(idle.map(([name]) => name)).toEqual([]);
  });
});
