/**
 * Derivatives of random calls against what real JAX gave: test/golden/fuzz_gradients.json, from the folder that
 * FLAXEN_GOLDEN_FUZZ_GRADIENTS names where it is set. What differs on purpose stands in `DIFFERENCES` with its reason.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { DType, NDArray } from "../../src/index.ts";
import { jvp, numpy as jnp, vjp } from "../../src/index.ts";
import type { Element, Plain } from "../array/fuzzcalls.ts";
import { call, mapped, read } from "../array/fuzzcalls.ts";
import { largestError, rms } from "./acceptance.ts";
import { DIFFERENCES, differenceOf } from "./fuzzdifferences.ts";

const OTHER = process.env.FLAXEN_GOLDEN_FUZZ_GRADIENTS;
const FOLDER = OTHER ?? fileURLToPath(new URL("../golden", import.meta.url));

interface Recorded {
  readonly a: [DType, number[], Element[]];
}

type Kind = "grads" | "tangentOut" | "second";

interface Case {
  readonly fn: string;
  readonly args: Plain[];
  readonly options: Record<string, Plain>;
  readonly ct: Recorded[];
  readonly tangents: Recorded[];
  readonly w?: Recorded[];
  readonly grads: Recorded[];
  readonly tangentOut: Recorded[];
  readonly second?: Recorded[];
  readonly grads64?: Element[][];
  readonly tangentOut64?: Element[][];
  readonly second64?: Element[][];
}

const CASES = (JSON.parse(readFileSync(join(FOLDER, "fuzz_gradients.json"), "utf8")) as { cases: Case[] }).cases;

/** What a rounded sum may be off, of its scale: 2 times the distance of the numbers about 1, of 16 bits 4 times. */
const UNITS: Partial<Record<DType, number>> = { float32: 2 ** -22, bfloat16: 2 ** -5, float16: 2 ** -8 };

/** How many of these it may be where JAX has the advantage of another algorithm: LAPACK's. */
const MANY: Readonly<Record<string, number>> = { "linalg.qr": 16 };

function isFloat(x: unknown): x is NDArray {
  return jnp.isArray(x) && x.dtype in UNITS;
}

/** The float arrays of arguments or results, in order. */
function leavesOf(x: unknown): NDArray[] {
  if (isFloat(x)) return [x];
  if (Array.isArray(x)) return x.flatMap(leavesOf);
  return typeof x !== "object" || x === null || jnp.isArray(x) ? [] : leavesOf(Object.values(x));
}

/** Arguments with others in place of their float arrays. */
function rebuilt(x: unknown, leaves: Iterator<NDArray>): unknown {
  if (isFloat(x)) return leaves.next().value;
  if (Array.isArray(x)) return x.map((part) => rebuilt(part, leaves));
  if (typeof x !== "object" || x === null || jnp.isArray(x)) return x;
  return Object.fromEntries(Object.entries(x).map(([key, value]) => [key, rebuilt(value, leaves)]));
}

const arraysOf = (recorded: readonly Recorded[]): NDArray[] => recorded.map((x) => read(x) as NDArray);

/** The derivatives of a call that were recorded of it. */
function derivativesOf(testCase: Case): Partial<Record<Kind, NDArray[]>> {
  const given = [testCase.args.map(read), mapped(testCase.options)] as const;
  const run = (...leaves: NDArray[]): NDArray[] => {
    const [args, options] = rebuilt(given, leaves[Symbol.iterator]()) as [unknown[], Record<string, unknown>];
    return leavesOf(call(testCase.fn, args, options));
  };
  const leaves = leavesOf(given);
  const ct = arraysOf(testCase.ct);
  const pullback = (...leaves: NDArray[]): NDArray[] => vjp(run, ...leaves)[1](ct) as NDArray[];
  const grads = pullback(...leaves);
  const tangentOut = jvp(run, leaves, arraysOf(testCase.tangents))[1];
  if (testCase.w === undefined) return { grads, tangentOut };
  return { grads, tangentOut, second: vjp(pullback, ...leaves)[1](arraysOf(testCase.w)) as NDArray[] };
}

/**
 * What is wrong with derivatives; undefined if nothing is. NaN and infinities are JAX's. The largest error of the
 * others against float64 may be 4 times that of JAX, or the unit of their dtype times the rms of all derivatives of the
 * case.
 */
function problem(
  got: readonly NDArray[],
  want: readonly Recorded[],
  wide: Element[][] | undefined,
  many: number,
): string | undefined {
  if (got.length !== want.length) return `expected ${want.length} arrays, got ${got.length}`;
  const exact = want.map(({ a }, i) => (wide?.[i] ?? a[2]).map(Number));
  const scale = many * rms([exact.flat().filter(Number.isFinite)]);
  return want
    .map(({ a: [dtype, shape, elements] }, i) => {
      const kind = `${got[i]!.dtype} [${got[i]!.shape}]`;
      if (kind !== `${dtype} [${shape}]`) return `${i}: expected ${dtype} [${shape}], got ${kind}`;
      const values = got[i]!.flatten().tolist() as number[];
      const jax = elements.map(Number);
      const places = jax.map((_, j) => j).filter((j) => Number.isFinite(jax[j]) && Number.isFinite(exact[i]![j]));
      const at = (x: readonly number[]): number[] => places.map((j) => x[j]!);
      const limit = Math.max(4 * largestError(at(jax), at(exact[i]!)), UNITS[dtype]! * scale);
      const wrong = jax.findIndex((right, j) => {
        if (Object.is(values[j], right) || values[j] === right) return false;
        if (!Number.isFinite(right)) return true;
        const best = Number.isFinite(exact[i]![j]) ? exact[i]![j]! : right;
        return !(Math.abs(values[j]! - best) <= limit);
      });
      if (wrong < 0) return undefined;
      return `${i}: expected ${jax[wrong]} (${exact[i]![wrong]} in float64) at ${wrong}, got ${values[wrong]}`;
    })
    .find((line) => line !== undefined);
}

/** What differs in a case, a line each. */
function differencesIn(testCase: Case): string[] {
  try {
    const got = derivativesOf(testCase);
    return (["grads", "tangentOut", "second"] as const).flatMap((kind) => {
      const want = testCase[kind];
      const line = want && problem(got[kind]!, want, testCase[`${kind}64`], MANY[testCase.fn] ?? 1);
      return line === undefined ? [] : `${kind} ${line}`;
    });
  } catch (error) {
    return [String(error)];
  }
}

describe("derivatives of random calls are JAX's", () => {
  it("of which there are enough to mean something", () => {
    expect(CASES.length).toBeGreaterThan(700);
    expect(new Set(CASES.map(({ fn }) => fn)).size).toBeGreaterThan(300);
    expect(CASES.filter(({ second }) => second !== undefined).length).toBeGreaterThan(CASES.length / 4);
  });

  it.each([...new Set(CASES.map(({ fn }) => fn))])("%s", (name) => {
    const wrong = CASES.filter(({ fn }) => fn === name).flatMap((testCase) =>
      differencesIn(testCase)
        .filter((line) => differenceOf(name, testCase.args, line) === undefined)
        .map((line) => `${JSON.stringify([testCase.args, testCase.options])} ${line}`),
    );
    expect(wrong).toEqual([]);
  });

  // Of another recording some may not be there.
  if (OTHER === undefined)
    it.each(DIFFERENCES)("but $names: $reason", (difference) => {
      const differs = CASES.filter(({ fn }) => difference.names.includes(fn)).some((testCase) =>
        differencesIn(testCase).some((line) => differenceOf(testCase.fn, testCase.args, line) === difference),
      );
      expect(differs).toBe(true);
    });
});
