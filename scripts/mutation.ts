/**
 * `npm run mutation -- --seed 1 --count 100`: how many of a sample of mutants the tests notice.
 *
 *     npm run mutation -- --seed N[,N] --count M [--only REGEX] [--tests REGEX] [--json FILE] [--list]
 *     npm run mutation -- --again FILE [--seed N --count M]
 *
 * A mutant is one change of src/: an operator, a boundary, a constant, a default, a condition, a removed
 * throw, return or statement, swapped arguments (scripts/mutation/mutants.ts). The tests run once, and each runs
 * again with every mutant that it comes by and that still lives, in the same process (scripts/mutation/runner.ts).
 * Two seeds are two samples, and two tables, of one run. Killed is what fails a test twice that passes without it.
 * A mutant that is come by in loading, or that a test cannot try twice, gets a process of its own. Tests of more than
 * 5 s are not repeated, but tried last with what still lives, for four minutes in all: the list at the end names those
 * that there was no time for. Not repeated either is what takes more than 2 s, or 20 s in the mutant's own
 * folder, for a mutant that needs a process of its own. Node 20 runs no kernels of fused multiply-adds: only later ones
 * come by these.
 *
 * `--only` takes the files whose path from src/ on matches, `--tests` the test files; `--list` prints the sample
 * alone; `--again` tries those that lived according to the `--json` of an earlier run, beside the seeds if there are
 * any. The number of places in a call of `inOrder` is no mutant: test/meta/kinds.test.ts compares it with the
 * signature. Mutants that change no result remain in the count of all. The last column leaves out those that are listed
 * in scripts/mutation/equivalents.ts with their reasons: one that a test kills, or that is not there, is an error.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandLine } from "./commandline.ts";
import type { Equivalent } from "./mutation/equivalents.ts";
import { EQUIVALENTS } from "./mutation/equivalents.ts";
import type { Mutant } from "./mutation/mutants.ts";
import type { Result } from "./mutation/report.ts";
import { described, isKilled, report } from "./mutation/report.ts";
import { nearFirst, runAll, testFiles } from "./mutation/runs.ts";
import { sample } from "./mutation/sample.ts";
import { configure } from "./mutation/vitest.ts";
import { allMutants, makeWorkspace, removeWorkspace } from "./mutation/workspace.ts";
import { ROOT } from "./run.ts";
import { buildWasm } from "./wasm.ts";

/** A mutant of a sample, with its line before and after. */
type Drawn = Pick<Result, "seed" | "mutant" | "before" | "after" | "equivalent">;

await main();

async function main(): Promise<void> {
  const options = {
    seed: { type: "string" },
    count: { type: "string", default: "100" },
    only: { type: "string", default: "" },
    tests: { type: "string", default: "" },
    again: { type: "string" },
    json: { type: "string" },
    list: { type: "boolean", default: false },
  } as const;
  const { values } = commandLine(import.meta.url, options, 0);
  buildWasm();
  const all = allMutants(new RegExp(values.only));
  refuseStale(all, new RegExp(values.only));
  const again = values.again === undefined ? [] : (JSON.parse(readFileSync(values.again, "utf8")) as Result[]);
  const seeds = values.seed ?? (values.again === undefined ? "1" : "");
  const drawn = drawAgain(all, again);
  for (const seed of seeds === "" ? [] : seeds.split(",").map(Number))
    drawn.push(...draw(all, seed, Number(values.count), drawn));
  process.stderr.write(`${drawn.length} of ${all.length} mutants\n`);
  if (values.list) {
    for (const { mutant, before, after } of drawn)
      process.stdout.write(`${mutant.file}:${mutant.line} ${before} => ${after}\n`);
    return;
  }
  const mutants = drawn.map(({ mutant }) => mutant);
  const folder = makeWorkspace(mutants);
  try {
    configure(folder);
    const files = nearFirst(testFiles(folder, new RegExp(values.tests)), mutants);
    const fates = await runAll(folder, files, mutants);
    const results = drawn.map((one, id): Result => ({ ...one, ...fates[id]! }));
    process.stdout.write(`${report(results)}\n`);
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
    const noticed = results.filter((result) => result.equivalent !== undefined && isKilled(result));
    if (noticed.length > 0)
      throw new Error(`mutation: equivalents.ts lists what a test kills: ${noticed.map(described).join("\n\n")}`);
  } finally {
    removeWorkspace(folder);
  }
}

/** A sample that overlaps none of `others`. */
function draw(all: readonly Mutant[], seed: number, count: number, others: readonly Drawn[]): Drawn[] {
  const mutants = sample(
    all,
    seed,
    count,
    others.map(({ mutant }) => mutant),
  );
  return mutants.map((mutant) => ({ seed, mutant, ...lines(mutant), ...equivalence(mutant) }));
}

/** Those that lived, wherever they stand now. */
function drawAgain(all: readonly Mutant[], results: readonly Result[]): Drawn[] {
  return results
    .filter((result) => !isKilled(result))
    .flatMap((result) => {
      const mutant = all
        .filter(({ file, kind }) => file === result.mutant.file && kind === result.mutant.kind)
        .sort((a, b) => Math.abs(a.line - result.mutant.line) - Math.abs(b.line - result.mutant.line))
        .find((other) => lines(other).after === result.after && lines(other).before === result.before);
      if (mutant === undefined) process.stderr.write(`no longer there: ${described(result)}\n`);
      return mutant === undefined ? [] : [{ seed: result.seed, mutant, ...lines(mutant), ...equivalence(mutant) }];
    });
}

/** Why a mutant changes no result, if it is listed. */
function equivalence(mutant: Mutant): { readonly equivalent?: string } {
  const own = EQUIVALENTS.filter(({ file }) => file === mutant.file);
  if (own.length === 0) return {};
  const { before, after } = lines(mutant);
  const entry = own.find((one) => one.before === before && one.after === after);
  return entry === undefined ? {} : { equivalent: entry.reason };
}

/** @throws Error if a listed mutant is no longer there */
function refuseStale(all: readonly Mutant[], wanted: RegExp): void {
  const files = new Set(EQUIVALENTS.map(({ file }) => file));
  const there = new Set(
    all.filter(({ file }) => files.has(file)).map((mutant) => keyOf({ ...mutant, ...lines(mutant) })),
  );
  const stale = EQUIVALENTS.filter((one) => wanted.test(one.file.slice("src/".length)) && !there.has(keyOf(one)));
  if (stale.length > 0)
    throw new Error(`mutation: equivalents.ts lists what is no longer there:\n${stale.map(keyOf).join("\n")}`);
}

function keyOf({ file, before, after }: Pick<Equivalent, "file" | "before" | "after">): string {
  return `${file}\n- ${before}\n+ ${after}`;
}

/** The line a mutant is on, before and after, for people. */
function lines({ file, start, end, text }: Mutant): { readonly before: string; readonly after: string } {
  const source = readFileSync(join(ROOT, file), "utf8");
  const from = source.lastIndexOf("\n", start - 1) + 1;
  const until = source.indexOf("\n", end);
  return {
    before: short(source.slice(from, until)),
    after: short(source.slice(from, start) + (text ?? "/* removed */") + source.slice(end, until)),
  };
}

function short(line: string): string {
  return line.trim().replace(/\s+/g, " ").slice(0, 200);
}
