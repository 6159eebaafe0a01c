/**
 * Every function by place and by name: the last places by name, each number of them, down to all; and null, which is
 * Python's None, wherever that is the default.
 */
import { expect, it } from "vitest";
import { isAbsent } from "../../scripts/surface/absentnames.ts";
import { parametersOf, placesOf, reasonFor } from "../../scripts/surface/parameters.ts";
import { nnx } from "../../src/index.ts";
import { NAMESPACES } from "./namespaces.ts";
import { besideOf, placesSampleOf } from "./samplecalls.ts";
import { seen } from "./seen.ts";

type Call = (...args: unknown[]) => unknown;

/** Functions of jax.lax that are numpy's, whose arrays have no names in JAX. */
const TWO_ARRAYS = (
  "add atan2 bitwiseAnd bitwiseOr bitwiseXor eq ge gt le lt max min mul ne pow rem shiftLeft shiftRightArithmetic " +
  "sub"
).split(" ");

/** Calls that Python takes and these functions do not, by the reason. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  "the name is an upper case letter here, or not a word that Python keeps": [
    "numpy.canCast(from_, to)",
    "numpy.kaiser(m, beta)",
    "numpy.tile(a, reps)",
  ],
  "it is numpy's function, with the names that it has there": [
    "lax.fullLike(x, fillValue)",
    ...TWO_ARRAYS.flatMap((name) => [`lax.${name}(x, y)`, `lax.${name}(y)`]),
    "lax.nextafter(x1, x2)",
    "lax.nextafter(x2)",
  ],
};
const EXCEPTED = new Set(Object.values(EXCEPTIONS).flat());

/** `clip` takes its array by another name too; any option of `unique` makes its result a list. */
const NOT_NONE = new Set(["numpy.clip(arr)", "numpy.unique(axis)"]);

/** They need a function or a model, which a decorator of Python gives. */
const DECORATORS = new Set(["nnx.scan", "nnx.vmap", "nnx.withRngs"]);

/** They take trees, functions of optax or states: the tests of those have them. */
const WITHOUT_SAMPLE = new Set(
  "optax.applyUpdates optax.lookahead optax.skipLargeUpdates optax.skipNotFinite nnx.replaceByPureDict".split(" "),
);

interface Case {
  /** With the arguments that are given by name: `numpy.take(indices)`. */
  readonly title: string;
  readonly byPlace: () => unknown;
  readonly byName: () => unknown;
}

/** Other values than a default. */
function othersOf(value: unknown): readonly (boolean | number)[] {
  if (typeof value === "boolean") return [!value];
  return typeof value === "number" ? [value + 1, value / 2 + 0.25] : [];
}

const CASES: Case[] = [];
/** With null by place, by name, and without it. */
const NULLS: (readonly [title: string, calls: readonly (() => unknown)[]])[] = [];
/** An option by name and by place. */
const OPTIONAL: (readonly [title: string, byName: () => unknown, byPlace: () => unknown])[] = [];
const UNKNOWN: string[] = [];
for (const [space, ours] of Object.entries({ ...NAMESPACES, nnx } as typeof NAMESPACES))
  for (const [name, parameters] of parametersOf(space)) {
    const [f, fn] = [ours[name], `${space}.${name}`];
    if (typeof f !== "function" || isAbsent(f) || String(f).startsWith("class") || WITHOUT_SAMPLE.has(fn)) continue;
    const places = placesOf(parameters).filter((one) => reasonFor(fn, one.name) === undefined);
    const required = places.filter(({ isOptional }) => !isOptional);
    const args = placesSampleOf(
      fn,
      required.map((one) => one.name),
    );
    const call = f as Call;
    for (const { name: option, kind, isOptional, byDefault } of args === undefined ? [] : parameters) {
      const i = placesOf(parameters).findIndex((one) => one.name === option);
      if (!isOptional || kind === "/" || (i >= 0 && i < args!.length)) continue;
      const title = `${fn}(${option})`;
      if (reasonFor(fn, option) !== undefined || NOT_NONE.has(title) || DECORATORS.has(fn)) continue;
      if (i >= 0)
        for (const value of othersOf(byDefault)) {
          const beside = Array.from({ length: i - args!.length });
          const byName = (): unknown => call(...args!, { [option]: value });
          OPTIONAL.push([`${title} of ${value}`, byName, () => call(...args!, ...beside, value)]);
        }
      if (byDefault !== null) continue;
      const before = [...args!, ...Array.from({ length: Math.max(0, i - args!.length) })];
      const byPlace = (): unknown => call(...before, null);
      const byName = (): unknown => call(...args!, { [option]: null });
      NULLS.push([title, [() => call(...args!), byName, ...(i < 0 ? [] : [byPlace])]]);
    }
    if (required.length < 2 || required.at(-1)!.kind !== ".") continue;
    if (args === undefined) {
      UNKNOWN.push(fn);
      continue;
    }
    const beside = besideOf(fn);
    for (const [i, { kind }] of required.entries()) {
      if (kind === "/") continue;
      const names = places.slice(i, Math.max(required.length, args.length)).map((one) => one.name);
      const named = Object.fromEntries(names.map((one, j) => [one, args[i + j]]));
      CASES.push({
        title: `${fn}(${names.join(", ")})`,
        byPlace: () => call(...args, ...(Object.keys(beside).length > 0 ? [beside] : [])),
        byName: () => call(...args.slice(0, i), { ...named, ...beside }),
      });
    }
  }

it("knows what to call each function with", () => {
  expect(UNKNOWN).toEqual([]);
  expect(CASES.length).toBeGreaterThan(500);
});

it.each(CASES.map((one) => [one.title, one] as const))("%s by name", (title, { byPlace, byName }) => {
  const space = title.split(".")[0]!;
  if (EXCEPTED.has(title)) expect(byName).toThrow(TypeError);
  else expect(seen(byName(), space)).toBe(seen(byPlace(), space));
});

/** What a call gives or throws. */
function tried(call: () => unknown, title: string): string {
  try {
    return seen(call(), title.split(".")[0]!);
  } catch (error) {
    return String(error);
  }
}

it.each(NULLS)("%s is null by default", (title, [without, ...others]) => {
  for (const other of others) expect(tried(other, title)).toBe(tried(without!, title));
});

it.each(OPTIONAL)("%s is the same by place", (title, byName, byPlace) => {
  expect(tried(byPlace, title)).toBe(tried(byName, title));
});
