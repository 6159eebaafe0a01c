/** Judges an exercise by recorded values of JAX and Flax, by fresh ones, and by what values cannot show. */
import type { LessonData, Row, Thrown, Verdict } from "../protocol.ts";
import type { Difference } from "./compare.ts";
import { compare } from "./compare.ts";
import type { Flaxen } from "./flaxen.ts";
import { callText, showBoth } from "./show.ts";
import { messageOf, readThrown } from "./thrown.ts";

export type Exercise = Record<string, unknown>;
type Call = (...args: unknown[]) => unknown;

/** What checks.ts of a lesson exports. */
export interface Checks {
  /** Each gives "" or the sentence that the reader sees. */
  readonly checks?: Record<string, (exercise: Exercise, context: CheckContext) => string | Promise<string>>;
  /** Arguments that nobody has seen; `random` is uniform in [0, 1). */
  readonly fresh?: (random: () => number) => unknown[];
  /** The names of sizes, for shapes in the feedback. */
  readonly sizes?: (...args: never[]) => Record<string, number>;
  /** Makes the arguments of a call of the recorded ones. */
  readonly prepare?: (args: unknown[]) => unknown[];
}

export interface CheckContext {
  readonly solution: Exercise;
  readonly golden: LessonData["golden"];
}

export interface Grading {
  readonly flaxen: Flaxen;
  readonly exercise: Exercise;
  readonly solution: Exercise;
  readonly checks: Checks;
  readonly lesson: LessonData;
  /** Told before each case: a watchdog starts anew. */
  readonly step?: () => void;
  readonly random?: () => number;
}

const FRESH_CASES = 2;
const DIFFER = "The values differ";

export async function grade(grading: Grading): Promise<Verdict> {
  const { flaxen, exercise, solution, checks, lesson, step = () => {}, random = Math.random } = grading;
  const { golden, feedback } = lesson;
  const call = exercise[golden.entry];
  const total = golden.cases.length + (checks.fresh ? FRESH_CASES : 0) + Object.keys(checks.checks ?? {}).length;
  if (typeof call !== "function") return { rows: [], feedback: feedback.missing, passed: 0, total };

  const cases = [
    ...golden.cases.map(({ name, args, want }) => ({ name, args: () => decodeAll(args), want })),
    ...freshCases(checks, solution[golden.entry] as Call, random),
  ];
  const prepare = checks.prepare ?? ((args: unknown[]) => args);
  const rows: Row[] = [];
  let first: { sentence: string; thrown?: Thrown } | undefined;
  // Several mistakes may explain one case; the one that explains most cases is named.
  const explained = new Map<string, number>();
  let isKnown = false;
  let differ: string | undefined;
  for (const { name, args, want } of cases) {
    step();
    const given = args();
    const text = callText(golden.entry, given);
    let got: unknown;
    try {
      got = await (call as Call)(...prepare(given));
    } catch (error) {
      const thrown = readThrown(error);
      rows.push({ name, call: text, passed: false, got: `${thrown.name}: ${messageOf(thrown)}` });
      first ??= { sentence: messageOf(thrown), thrown };
      continue;
    }
    const wanted = typeof want === "function" ? await (want as () => unknown)() : decode(want, flaxen);
    const difference = compare(got, wanted, golden.tolerance, flaxen);
    if (difference === undefined) {
      rows.push({ name, call: text, passed: true });
      continue;
    }
    rows.push({ name, call: text, passed: false, ...showBoth(got, wanted, difference, flaxen) });
    const known = knownMistakes(got, name, lesson, flaxen);
    for (const mistake of known) explained.set(mistake, (explained.get(mistake) ?? 0) + 1);
    const sentence = feedback.values?.[known[0] ?? ""] ?? explain(difference, given, grading);
    if (sentence === undefined) differ ??= differText(difference, name);
    else if (first === undefined) {
      first = { sentence };
      isKnown = known.length > 0;
    }
  }

  if (isKnown) {
    const [best] = [...explained].sort(([, a], [, b]) => b - a);
    first = { sentence: feedback.values![best![0]]! };
  }

  for (const [name, check] of Object.entries(checks.checks ?? {})) {
    step();
    let sentence: string;
    try {
      sentence = await check(exercise, { solution, golden });
    } catch (error) {
      sentence = messageOf(readThrown(error));
    }
    rows.push({ name, call: "", passed: sentence === "", ...(sentence === "" ? {} : { got: sentence }) });
    if (sentence !== "") first ??= { sentence };
  }
  const passed = rows.filter((row) => row.passed).length;
  return {
    rows,
    passed,
    total,
    feedback: first?.sentence ?? differ ?? "",
    ...(first?.thrown ? { thrown: first.thrown } : {}),
  };

  function decodeAll(args: readonly unknown[]): unknown[] {
    return args.map((value) => decode(value, flaxen));
  }
}

interface Case {
  readonly name: string;
  readonly args: () => unknown[];
  readonly want: unknown;
}

function freshCases({ fresh, prepare = (args) => args }: Checks, solve: Call, random: () => number): Case[] {
  if (fresh === undefined) return [];
  return Array.from({ length: FRESH_CASES }, (_, i) => {
    const args = fresh(random);
    return { name: `fresh numbers ${i + 1}`, args: () => args, want: () => solve(...prepare(args)) };
  });
}

/** The recorded mistakes that give just this result in this case. */
function knownMistakes(got: unknown, name: string, { golden, feedback }: LessonData, flaxen: Flaxen): string[] {
  const fits = (wrong: unknown): boolean => compare(got, decode(wrong, flaxen), golden.tolerance, flaxen) === undefined;
  return golden.mistakes
    .filter((mistake) => mistake.case === name && feedback.values?.[mistake.mistake] !== undefined && fits(mistake.got))
    .map(({ mistake }) => mistake);
}

/** Why a result is wrong in words, if anything can be said beside that its values differ. */
function explain(difference: Difference, args: unknown[], { lesson, checks }: Grading): string | undefined {
  const { feedback } = lesson;
  if (difference.what === "kind") return feedback.kind?.[difference.got] ?? kindSentence(difference);
  if (difference.what !== "shape") return undefined;
  const sizes = checks.sizes?.(...(args as never[])) ?? {};
  for (const [pattern, text] of Object.entries(feedback.shape ?? {})) {
    if (pattern === "*") continue;
    const shape = pattern.slice(1, -1).split(", ").filter(Boolean);
    if (shape.map((part) => sizes[part] ?? part).join() === difference.got) return text;
  }
  const spaced = (shape: string): string => shape.replaceAll(",", ", ");
  return (feedback.shape?.["*"] ?? "The shape is [{got}]; [{want}] was expected.")
    .replace("{got}", spaced(difference.got))
    .replace("{want}", spaced(difference.want));
}

const KINDS: Record<string, string> = {
  undefined: "The function returned nothing. Is there a return in it?",
  NaN:
    "The result is NaN, the number. JavaScript's operators know nothing of arrays; " +
    "use methods: a.mul(b), x.matmul(w).",
  string: "The result is text. JavaScript's + glues arrays together as text; use a.add(b).",
  module: "The function returned a model. Call it, and return what it gives.",
  param: "The function returned a Variable. Return what the model gives.",
  list: "The result is a plain list. Return an array.",
  number: "The result is a plain number. Return an array.",
  array: "The result is one array. A list was expected.",
  function: "The function returned a function. Call it.",
};

function kindSentence({ got, want }: { readonly got: string; readonly want: string }): string {
  return KINDS[got] ?? `The result is of the wrong kind: ${want} was expected, got ${got}.`;
}

function differText(difference: Difference, name: string): string {
  if (difference.what === "length") return `The list has ${difference.got} elements; ${difference.want} were expected.`;
  if (difference.what === "dtype") return `The dtype is ${difference.got}; ${difference.want} was expected.`;
  if (difference.what === "value" && difference.largest !== undefined)
    return `${DIFFER} in “${name}”, by ${difference.largest.toPrecision(3)} at most. Compare the two below.`;
  return `${DIFFER} in “${name}”. Compare the two below.`;
}

const TYPES = { float32: Float32Array, int32: Int32Array, uint32: Uint32Array } as const;

/** Rebuilds a value from its JSON: arrays of { shape, dtype, array }, whatever holds them. */
export function decode(value: unknown, flaxen: Flaxen): unknown {
  if (Array.isArray(value)) return value.map((inner) => decode(inner, flaxen));
  if (typeof value !== "object" || value === null) return value;
  if ("array" in value) {
    const { shape, dtype, array } = value as { shape: number[]; dtype: keyof typeof TYPES; array: number[] };
    return flaxen.numpy.array(TYPES[dtype].from(array)).reshape(shape);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decode(inner, flaxen)]));
}
