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

type Call = (...args: unknown[]) => unknown;

interface Case {
  readonly fn: string;
  readonly call: Call;
  readonly parameters: readonly Parameter[];
}

const NAMESPACES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  numpy: flaxen.numpy,
  linalg: flaxen.linalg,
  lax: flaxen.lax,
  nn: flaxen.nn,
  image: flaxen.image,
  random: flaxen.random,
  initializers: flaxen.nnx.initializers,
  nnx: flaxen.nnx,
};

/** Functions and classes that both sides have; a class is called with `new`. */
const FUNCTIONS: readonly Case[] = Object.entries(NAMESPACES).flatMap(([namespace, ours]) =>
  [...parametersOf(namespace)].flatMap(([name, parameters]) => {
    const f = ours[name];
    const fn = `${namespace}.${name}`;
    if (typeof f !== "function" || isAbsent(f) || UNUSUAL.has(fn)) return [];
    const isClass = String(f).startsWith("class");
    const call: Call = isClass
      ? (...args) => new (f as new (...all: unknown[]) => unknown)(...args)
      : (...args) => (f as Call)(...args);
    return [{ fn, call, parameters }];
  }),
);

const CALLS: readonly Case[] = Object.entries(LAYER_CALLS).map(([layer, make]) => {
  const module = make() as Call;
  return {
    fn: `nnx.${layer}.__call__`,
    call: (...args) => module(...args),
    parameters: parametersOf("nnx").get(`${layer}.__call__`)!,
  };
});

const METHODS: readonly Case[] = [...parametersOf("array")].flatMap(([name, parameters]) => {
  const x = flaxen.numpy.ones([1]) as unknown as Record<string, Call>;
  const fn = `array.${name}`;
  return typeof x[name] !== "function" || UNUSUAL.has(fn)
    ? []
    : [{ fn, call: (...args: unknown[]) => x[name]!(...args), parameters }];
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

describe.each([
  ["functions", FUNCTIONS],
  ["layers' calls", CALLS],
  ["methods of arrays", METHODS],
] as const)("%s", (_, cases) => {
  const named = cases.map((one) => [one.fn, one] as const);

  it.each(named)("%s refuses an unknown option", (fn, { call, parameters }) => {
    if (parameters.some(({ kind }) => kind === "**")) return;
    const first = placesOf(parameters).length > 0 || parameters.some(({ kind }) => kind === "...") ? [[1]] : [];
    expect(
      message(() => call(...first, { zzUnknown: 1 })),
      fn,
    ).not.toBe("");
  });

  it.each(named)("%s refuses an argument that is one too many", (fn, { call, parameters }) => {
    if (parameters.some(({ kind }) => kind === "...")) return;
    const places = placesOf(parameters).length;
    expect(
      message(() => call(...before(places), Symbol("surplus"))),
      fn,
    ).not.toBe("");
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
    if (parameters.some(({ kind }) => kind === "...")) return;
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
