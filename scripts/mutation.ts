/**
 * `npm run mutation -- --seed 1 --count 100`: how many of a sample of mutants the tests notice.
 *
 *     npm run mutation -- --seed N --count M [--only REGEX] [--jobs 2] [--json FILE] [--list]
 *
 * A mutant is one change of src/: an operator, a boundary, a constant, a default, a condition, a removed
 * throw, return or statement, swapped arguments (scripts/mutation/mutants.ts). Each runs the test files that
 * come by its place, nearest and fastest first, up to the first failure. `--only` takes the files whose path
 * from src/ on matches; `--list` prints the sample alone. Mutants that change no result remain in the count:
 * the list at the end is to be read.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Mutant } from "./mutation/mutants.ts";
import type { Result } from "./mutation/report.ts";
import { isKilled, report } from "./mutation/report.ts";
import type { TestFile } from "./mutation/runs.ts";
import { configure, coverage, runMutant } from "./mutation/runs.ts";
import { sample } from "./mutation/sample.ts";
import { allMutants, makeWorkspace, removeWorkspace } from "./mutation/workspace.ts";
import { ROOT } from "./run.ts";
import { buildWasm } from "./wasm.ts";

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      count: { type: "string", default: "100" },
      only: { type: "string", default: "" },
      jobs: { type: "string", default: "2" },
      json: { type: "string" },
      list: { type: "boolean", default: false },
    },
  });
  buildWasm();
  const all = allMutants(new RegExp(values.only));
  const mutants = sample(all, Number(values.seed), Number(values.count));
  process.stderr.write(`${mutants.length} of ${all.length} mutants, seed ${values.seed}\n`);
  if (values.list) {
    for (const mutant of mutants) process.stdout.write(`${mutant.file}:${mutant.line} ${lines(mutant).join(" => ")}\n`);
    return;
  }
  const folder = makeWorkspace(mutants);
  try {
    configure(folder);
    const files = await coverage(folder, Number(values.jobs));
    process.stderr.write(`${files.length} test files\n`);
    const results = await runAll(folder, mutants, files, Number(values.jobs));
    process.stdout.write(`${report(results)}\n`);
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
  } finally {
    removeWorkspace(folder);
  }
}

/** Every mutant's fate, `jobs` at a time. */
async function runAll(
  folder: string,
  mutants: readonly Mutant[],
  files: readonly TestFile[],
  jobs: number,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let id = next++; id < mutants.length; id = next++) {
      const mutant = mutants[id]!;
      const covering = ordered(files, mutant, id);
      const outcome: Result["outcome"] = covering.length === 0 ? "uncovered" : await runMutant(folder, id, covering);
      const [before, after] = lines(mutant);
      const result: Result = { id, mutant, outcome, files: covering.length, before, after };
      results[id] = result;
      if (!isKilled(result))
        process.stderr.write(`${outcome} #${id} ${mutant.file}:${mutant.line}\n- ${before}\n+ ${after}\n`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return results;
}

/** The files that come by a mutant: those of its own folder first, the fastest of each first. */
function ordered(files: readonly TestFile[], { file }: Mutant, id: number): TestFile[] {
  const near = (test: TestFile): number => (test.file.startsWith(file.replace(/^src\/([^/]*).*/, "test/$1/")) ? 0 : 1);
  return files.filter(({ mutants }) => mutants.includes(id)).sort((a, b) => near(a) - near(b) || a.ms - b.ms);
}

/** The line a mutant is on, before and after, for people. */
function lines({ file, start, end, text }: Mutant): [before: string, after: string] {
  const source = readFileSync(join(ROOT, file), "utf8");
  const from = source.lastIndexOf("\n", start - 1) + 1;
  const until = source.indexOf("\n", end);
  return [
    short(source.slice(from, until)),
    short(source.slice(from, start) + (text ?? "/* removed */") + source.slice(end, until)),
  ];
}

function short(line: string): string {
  return line.trim().replace(/\s+/g, " ").slice(0, 200);
}
