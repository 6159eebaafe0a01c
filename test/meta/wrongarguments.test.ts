/** What no function takes, in each of its places: the error says which function it is, and nothing else breaks. */
import { describe, expect, it } from "vitest";
import { isAbsent } from "../../scripts/surface/absentnames.ts";
import { parametersOf, reasonFor } from "../../scripts/surface/parameters.ts";
import { NAMESPACES } from "./namespaces.ts";
import { besideOf, sampleOf } from "./samplecalls.ts";

type Call = (...args: unknown[]) => unknown;

// Initializers may have arguments that change nothing: zeros and ones their keys.
const { initializers: _, ...OTHERS } = NAMESPACES;

interface Case {
  readonly fn: string;
  readonly names: RegExp;
  /** What is thrown for that in place of one argument; undefined for nothing. */
  readonly thrownFor: (place: number, wrong: unknown) => unknown;
  readonly places: readonly string[];
}

const CASES: readonly Case[] = Object.entries(OTHERS).flatMap(([space, ours]) =>
  [...parametersOf(space)].flatMap(([name, parameters]) => {
    const [f, fn] = [ours[name], `${space}.${name}`];
    if (typeof f !== "function" || isAbsent(f) || String(f).startsWith("class")) return [];
    const places = parameters
      .filter(
        ({ name: one, kind, isOptional }) => !isOptional && /^[./]$/.test(kind) && reasonFor(fn, one) === undefined,
      )
      .map((one) => one.name);
    const args = sampleOf(fn, places);
    if (args === undefined || places.length === 0) return [];
    const beside = Object.keys(besideOf(fn)).length === 0 ? [] : [besideOf(fn)];
    const thrownFor = (place: number, wrong: unknown): unknown => {
      try {
        (f as Call)(...args.slice(0, place), wrong, ...args.slice(place + 1), ...beside);
        return undefined;
      } catch (error) {
        return error;
      }
    };
    return [{ fn, names: new RegExp(`^([\\w.]*\\.)?(${name}|${f.name}): `), thrownFor, places }];
  }),
);

/** They take anything, or hand it to a function of the caller's. */
const TAKES_ANYTHING = new Set(["lax.associativeScan", "lax.optimizationBarrier", "lax.scan", "lax.stopGradient"]);

/** They are made of another function, which says its own name. */
const COMPOSED = new Set(
  (
    "numpy.allclose numpy.corrcoef numpy.delete numpy.diagIndices numpy.digitize numpy.divmod " +
    "numpy.fliplr numpy.flipud numpy.fmax numpy.fmin numpy.fmod numpy.geomspace numpy.identity " +
    "numpy.insert numpy.isneginf numpy.isrealobj numpy.logspace numpy.maskIndices numpy.matrixTranspose " +
    "numpy.matvec numpy.mod numpy.nanstd numpy.ndim numpy.nextafter numpy.setdiff1d numpy.trace " +
    "numpy.trilIndices numpy.triuIndices numpy.union1d numpy.uniqueAll numpy.uniqueCounts " +
    "numpy.uniqueInverse numpy.uniqueValues numpy.vecdot numpy.vecmat linalg.matrixTranspose linalg.trace " +
    "linalg.vecdot lax.argmax lax.argmin lax.cond lax.convGeneralDilated " +
    "lax.cumlogsumexp lax.cummax lax.cummin lax.cumprod lax.cumsum lax.div lax.dynamicIndexInDim " +
    "lax.dynamicSliceInDim lax.dynamicUpdateIndexInDim lax.dynamicUpdateSliceInDim lax.empty " +
    "lax.indexInDim lax.nextafter lax.reduceWindow lax.rem lax.rsqrt lax.sliceInDim lax.switch " +
    "nn.dotProductAttention " +
    "nn.identity nn.log1mexp nn.logmeanexp nn.mish nn.sparsePlus nn.sparseSigmoid nn.squareplus " +
    "image.resize image.scaleAndTranslate ops.segmentMax ops.segmentMin ops.segmentProd ops.segmentSum " +
    "optax.softmaxCrossEntropyWithIntegerLabels losses.softmaxCrossEntropyWithIntegerLabels"
  ).split(" "),
);

describe.each(CASES.map((one) => [one.fn, one] as const))("%s", (fn, { names, thrownFor, places }) => {
  it("refuses a symbol in each place", () => {
    if (TAKES_ANYTHING.has(fn)) return;
    for (const [place, name] of places.entries()) {
      const thrown = thrownFor(place, Symbol("wrong")) as Error;
      expect(thrown, name).toBeInstanceOf(Error);
      expect(thrown.message, name).toMatch(COMPOSED.has(fn) ? /^[\w.]+: / : names);
    }
  });

  it.each<[what: string, wrong: unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "wrong"],
    ["an object", { wrong: 1 }],
    ["a function", () => 0],
  ])("takes %s or says who refuses it", (_, wrong) => {
    if (TAKES_ANYTHING.has(fn)) return;
    for (const [place, name] of places.entries()) {
      const thrown = thrownFor(place, wrong);
      if (thrown !== undefined) expect((thrown as Error).message, name).toMatch(COMPOSED.has(fn) ? /^[\w.]+: / : names);
    }
  });

  it("is on the list of those that are made of others only where it is", () => {
    const all = places.flatMap((_, place) =>
      [undefined, null, "wrong", { wrong: 1 }, Symbol("wrong")].map((wrong) => thrownFor(place, wrong)),
    );
    if (COMPOSED.has(fn))
      expect(all.some((thrown) => thrown instanceof Error && !names.test(thrown.message))).toBe(true);
  });
});
