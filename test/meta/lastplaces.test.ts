/** Every function of two places or more, with the last of them by name: each number of them, down to all. */
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

const CASES: Case[] = [];
const UNKNOWN: string[] = [];
for (const [space, ours] of Object.entries({ ...NAMESPACES, nnx } as typeof NAMESPACES))
  for (const [name, parameters] of parametersOf(space)) {
    const [f, fn] = [ours[name], `${space}.${name}`];
    if (typeof f !== "function" || isAbsent(f) || String(f).startsWith("class") || WITHOUT_SAMPLE.has(fn)) continue;
    const places = placesOf(parameters).filter((one) => reasonFor(fn, one.name) === undefined);
    const required = places.filter(({ isOptional }) => !isOptional);
    if (required.length < 2 || required.at(-1)!.kind !== ".") continue;
    const args = placesSampleOf(
      fn,
      required.map((one) => one.name),
    );
    if (args === undefined) {
      UNKNOWN.push(fn);
      continue;
    }
    const beside = besideOf(fn);
    const call = f as Call;
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
