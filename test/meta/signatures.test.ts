/**
 * Every public function against the signature of Python's: what JAX and Flax take by place stands by place here, what
 * they name stands by name, and nothing else is taken. A call says which of its arguments it does not take before it
 * looks at any, so that the arguments here need not fit.
 */
import { describe, expect, it } from "vitest";
import { isAbsent } from "../../scripts/surface/absentnames.ts";
import type { Parameter } from "../../scripts/surface/parameters.ts";
import { parametersOf, placesOf, reasonFor, UNUSUAL } from "../../scripts/surface/parameters.ts";
import * as flaxen from "../../src/index.ts";
import { LAYER_CALLS } from "./layercalls.ts";
import { NAMESPACES } from "./namespaces.ts";

type Call = (...args: unknown[]) => unknown;

interface Case {
  readonly fn: string;
  readonly call: Call;
  readonly parameters: readonly Parameter[];
  /** How many arguments by place have no default. */
  readonly required: number;
  /** What the function calls itself. */
  readonly ownName: string;
}

function requiredOf(parameters: readonly Parameter[]): number {
  return placesOf(parameters).filter(({ isOptional }) => !isOptional).length;
}

/** Functions and classes that both sides have; a class is called with `new`. */
const FUNCTIONS: readonly Case[] = Object.entries({ ...NAMESPACES, nnx: flaxen.nnx } as typeof NAMESPACES).flatMap(
  ([namespace, ours]) =>
    [...parametersOf(namespace)].flatMap(([name, parameters]) => {
      const f = ours[name];
      const fn = `${namespace}.${name}`;
      if (typeof f !== "function" || isAbsent(f) || UNUSUAL.has(fn)) return [];
      const isClass = String(f).startsWith("class");
      const call: Call = isClass
        ? (...args) => new (f as new (...all: unknown[]) => unknown)(...args)
        : (...args) => (f as Call)(...args);
      return [{ fn, call, parameters, required: requiredOf(parameters), ownName: f.name }];
    }),
);

const CALLS: readonly Case[] = Object.entries(LAYER_CALLS).map(([layer, make]) => {
  const module = make() as Call;
  const parameters = parametersOf("nnx").get(`${layer}.__call__`)!;
  return {
    fn: `nnx.${layer}.__call__`,
    call: (...args) => module(...args),
    parameters,
    required: requiredOf(parameters),
    ownName: layer,
  };
});

const METHODS: readonly Case[] = [...parametersOf("array")].flatMap(([name, parameters]) => {
  const x = flaxen.numpy.ones([1]) as unknown as Record<string, Call>;
  const fn = `array.${name}`;
  return typeof x[name] !== "function" || UNUSUAL.has(fn)
    ? []
    : [
        {
          fn,
          call: (...args: unknown[]) => x[name]!(...args),
          parameters,
          required: requiredOf(parameters),
          ownName: name,
        },
      ];
});

/** They take their axis by place too, as they did before JAX's had names. */
const MORE_PLACES = new Set(["numpy.concat", "numpy.unstack"]);

/** What a call throws; "" for nothing. */
function message(call: () => unknown): string {
  try {
    const result = call();
    // A generator checks its arguments when it starts.
    if (typeof result === "object" && result !== null && "next" in result) (result as Iterator<unknown>).next();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

const REFUSED = /expected at most|"options" expected|too many/;
/** Arguments that come before: an array, and nothing. */
const before = (n: number): unknown[] => (n === 0 ? [] : [[1], ...Array.from({ length: n - 1 }, () => null)]);

/** They look at what they are given first: a function, a module, or a state. */
const NEEDED: Readonly<Record<string, () => readonly unknown[]>> = {
  ...Object.fromEntries(
    ["customVjp grad jit remat scan valueAndGrad vmap getAbstractModel".split(" "), "evalShape".split(" ")]
      .flat()
      .map((name) => [`nnx.${name}`, () => [(x: unknown) => x]]),
  ),
  "nnx.jvp": () => [(x: unknown) => x, [1], [1]],
  "lax.scan": () => [(carry: unknown) => [carry, carry], 1, [1]],
  "lax.map": () => [(x: unknown) => x, [1]],
  "nnx.withRngs": () => [new flaxen.nnx.Rngs(0)],
  "nnx.RngStream": () => [0],
};

/** What they are given last is for functions that they call, or one of any number of operands. */
const OPEN = new Set(
  (
    "nnx.capture nnx.merge nnx.ModelAndOptimizer nnx.toPureDict nnx.replaceByPureDict nnx.vjp nnx.iterChildren " +
    "nnx.iterModuleChildren nnx.mergeState nnx.cond nnx.switch lax.cond lax.switch numpy.clip"
  ).split(" "),
);

/** Names that are known, and refused with their reason: no list offers them. */
const UNLISTED = new Set(
  (
    "dotGeneral convGeneralDilated einsumOp qkvDotGeneral outDotGeneral stateAxes broadcastRngs copy sparse " +
    "reduceAxes holomorphic dotGeneralCls qkvDotGeneralCls outDotGeneralCls"
  ).split(" "),
);

/** They have other places than Python's function of the name, or look at their module first. */
const OTHER_PLACES = new Set([
  "nnx.iterModuleChildren",
  "nnx.withAttributes",
  "numpy.vecdot",
  "linalg.vecdot",
  "linalg.cross",
  "linalg.trace",
  "lax.concatenate",
]);

function isOpen({ fn, parameters }: Case): boolean {
  const named = parameters.filter(({ name, kind }) => kind === "*" && reasonFor(fn, name) === undefined);
  const isVariadic = parameters.some(({ kind }) => kind === "...");
  // A Variable takes any metadata.
  const takesAll = parameters.some(({ name, kind }) => kind === "**" || name === "hijax");
  return OPEN.has(fn) || takesAll || (isVariadic && named.length === 0);
}

/** Arguments that a call must have. */
function needed({ fn, parameters, required }: Case): readonly unknown[] {
  if (Object.hasOwn(NEEDED, fn)) return NEEDED[fn]!();
  if (parameters.some(({ kind }) => kind === "...")) return [[1]];
  return Array.from({ length: required }, () => [1]);
}

/** What a message may call a function: by its own name, or by that of the function that it is another name of. */
function namesOf({ fn, ownName }: Case): RegExp {
  const [, name, ...rest] = fn.split(".");
  return new RegExp([name, ownName, ...rest].map((one) => `\\b${one}\\b`).join("|"));
}

/** The options that a call may still give. */
function optionsOf(one: Case): string[] {
  return one.parameters
    .slice(needed(one).length)
    .filter(({ name, kind }) => (kind === "." || kind === "*") && reasonFor(one.fn, name) === undefined)
    .map(({ name }) => name)
    .filter((name) => !UNLISTED.has(name));
}

describe.each([
  ["functions", FUNCTIONS],
  ["layers' calls", CALLS],
  ["methods of arrays", METHODS],
] as const)("%s", (_, cases) => {
  const named = cases.map((one) => [one.fn, one] as const);

  it.each(named)("%s refuses an unknown option, and names it and those that there are", (fn, one) => {
    const { call, parameters } = one;
    if (parameters.some(({ kind }) => kind === "**")) return;
    const thrown = message(() => call(...needed(one), { zzUnknown: 1 }));
    expect(thrown, fn).not.toBe("");
    if (isOpen(one)) return;
    expect(thrown, fn).toContain('"zzUnknown"');
    expect(thrown, fn).toMatch(namesOf(one));
    for (const name of optionsOf(one)) expect(thrown, fn).toContain(name);
  });

  it.each(named)("%s suggests the option that was meant, by a snake_case or misspelt name", (fn, one) => {
    const options = optionsOf(one).filter((name) => name.length > 3);
    if (isOpen(one)) return;
    for (const name of options) {
      const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const thrown = (wrong: string): string => message(() => one.call(...needed(one), { [wrong]: 1 }));
      if (snake !== name) expect(thrown(snake), fn).toContain(`got "${snake}". Did you mean "${name}"?`);
      // Of axis1 and axis2 either may be meant.
      const near = `${name.slice(0, -1)}q`;
      expect(thrown(near), fn).toContain(`got "${near}". Did you mean "${name.slice(0, -1)}`);
    }
  });

  it.each(named)("%s refuses an argument that is one too many, and says so by its name", (fn, one) => {
    const { call, parameters } = one;
    if (parameters.some(({ kind }) => kind === "...")) return;
    const places = placesOf(parameters).length;
    const thrown = message(() => call(...before(places), Symbol("surplus")));
    expect(thrown, fn).not.toBe("");
    if (!OTHER_PLACES.has(fn)) expect(thrown, fn).toMatch(namesOf(one));
  });

  it.each(named)("%s takes JAX's places", (fn, { call, parameters }) => {
    const places = placesOf(parameters).filter(({ name }) => reasonFor(fn, name) === undefined).length;
    expect(
      message(() => call(...before(places))),
      fn,
    ).not.toMatch(/expected at most/);
  });

  it.each(named)("%s takes JAX's names", (fn, { call, parameters }) => {
    const first = placesOf(parameters)[0];
    const refused = parameters.filter(
      ({ name, kind }) =>
        (kind === "." || kind === "*") &&
        reasonFor(fn, name) === undefined &&
        name !== first?.name &&
        REFUSED.test(message(() => call(...(first === undefined ? [] : [[1]]), { [name]: undefined }))),
    );
    expect(refused.map(({ name }) => name)).toEqual([]);
  });

  it.each(named)("%s is a callback where the array is its only place, and else throws at the list", (fn, one) => {
    const { call, parameters } = one;
    // It is for MultiSteps, which calls it with three places, of which it needs one.
    if (fn === "optax.skipNotFinite" || parameters.some(({ kind }) => kind === "...")) return;
    const list = [[1], [2]];
    const thrown = message(() => list.map(call as never));
    if (parameters.filter(({ kind }) => kind === "/" || kind === ".").length !== 1) expect(thrown, fn).not.toBe("");
    else if (/^(numpy|nn)\./.test(fn) && !MORE_PLACES.has(fn))
      expect(thrown, fn).not.toMatch(/expected at most|expected its/);
  });
});

it("covers the surface", () => {
  expect(FUNCTIONS.length).toBeGreaterThan(480);
  expect(CALLS.length).toBeGreaterThan(20);
});
