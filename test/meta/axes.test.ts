/** Every function with an axis: a negative one counts from the end, each is another, and none is beyond the last. */
import { describe, expect, it } from "vitest";
import { isAbsent } from "../../scripts/surface/absentnames.ts";
import { parametersOf, reasonFor } from "../../scripts/surface/parameters.ts";
import * as flaxen from "../../src/index.ts";
import { hexWords } from "../bits.ts";
import { besideOf, sampleOf } from "./samplecalls.ts";

type Call = (...args: unknown[]) => unknown;
const { NDArray } = flaxen;

const NAMESPACES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  numpy: flaxen.numpy,
  linalg: flaxen.linalg,
  lax: flaxen.lax,
  nn: flaxen.nn,
  random: flaxen.random,
  optax: flaxen.optax,
  losses: flaxen.optax.losses,
};

/** A parameter that is an axis. */
const AXIS = /^(axis|axisa|axisb|axisc|dimension)$/;

/** Their axis is refused, is of no array that is there yet, or may be a list with words of its own. */
const OTHERS = new Set(
  (
    "numpy.trimZeros numpy.unique numpy.applyAlongAxis optax.adaptiveGradClip " +
    "optax.softmaxCrossEntropyWithIntegerLabels losses.softmaxCrossEntropyWithIntegerLabels"
  ).split(" "),
);

interface Case {
  readonly title: string;
  readonly run: (axis: number) => unknown;
}

const CASES: Case[] = [];
const WITHOUT_SAMPLE: string[] = [];
for (const [space, ours] of Object.entries(NAMESPACES))
  for (const [name, parameters] of parametersOf(space)) {
    const [call, fn] = [ours[name] as Call, `${space}.${name}`];
    if (typeof call !== "function" || isAbsent(call)) continue;
    const required = parameters
      .filter(({ name: one, kind, isOptional }) => !isOptional && /[./]/.test(kind) && reasonFor(fn, one) === undefined)
      .map((one) => one.name);
    for (const { name: axis } of parameters) {
      if (!AXIS.test(axis) || OTHERS.has(fn) || reasonFor(fn, axis) !== undefined) continue;
      const before = required.filter((one) => one !== axis);
      const args = sampleOf(fn, before)?.slice(0, Math.max(before.length, 1));
      if (args === undefined) WITHOUT_SAMPLE.push(`${fn}(${before.join()})`);
      else
        CASES.push({
          title: `${fn}, ${axis}`,
          run: (given) => call(...args, { ...besideOf(fn), [axis]: given }),
        });
    }
  }

/** A result as text; of an error its name and message. */
function seen(run: () => unknown): string {
  try {
    return textOf(run());
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

function textOf(x: unknown): string {
  if (x instanceof NDArray) return `${x.dtype} ${x.shape.join()} ${hexWords(x.data).join(" ")}`;
  return Array.isArray(x) ? x.map(textOf).join("; ") : JSON.stringify(x);
}

const isBeyond = (text: string): boolean => /^RangeError: [\w.]+: "\w+" expected an axis/.test(text);

it("knows what to call each function with", () => {
  expect(WITHOUT_SAMPLE).toEqual([]);
});

describe.each(CASES.map((one) => [one.title, one.run] as const))("%s", (_, run) => {
  const at = (axis: number): string => seen(() => run(axis));
  const n = Array.from({ length: 6 }, (__, i) => i).find((axis) => isBeyond(at(axis))) ?? -1;

  it("counts from the end where it is negative, and ends with the last", () => {
    expect(n, at(5)).toBeGreaterThan(0);
    for (let axis = 0; axis < n; axis++) expect(at(axis - n)).toBe(at(axis));
    expect(at(-n - 1)).toMatch(new RegExp(`expected an axis .*got ${-n - 1}`));
    expect(at(n)).toMatch(new RegExp(`expected an axis .*got ${n}`));
  });

  it("is another for each", () => {
    expect(new Set(Array.from({ length: n }, (__, axis) => at(axis))).size).toBe(n);
  });
});
