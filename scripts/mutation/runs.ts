import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Event } from "./events.ts";
import { parseEvents } from "./events.ts";
import { ROOT } from "../run.ts";
import { isAlone } from "../testfiles.ts";
import type { Mutant } from "./mutants.ts";
import { vitest } from "./vitest.ts";

/** Tests of what is built, of the text of the sources and of other processes: no mutant reaches them. */
const LEFT_OUT = new RegExp(
  "^test/((kernels|platform|longrun|ecosystem)/|cli\\.|commandlines|environment/(node|console)|weights/large|" +
    "meta/(bundles|carries|columns|cycles|doors|kinds|layers|surface|opcodes|twins))",
);

const TIMES = join(ROOT, "build", "mutation-times.json");
const LAST_TEST = join(ROOT, "build", "vitest.json");

/** What takes long is left out where a mutant needs a process of its own. */
const takesLess = (file: string, ms: number): boolean => (timesSoFar()[file] ?? 0) < ms;

/** A test file of a mutant's own folder comes before one that takes a third of its time. */
const NEAR = 3;

/** For so many milliseconds in all are slow tests tried with what else lives. */
const SLOW_TESTS = 240_000;

/** How a mutant fared; "uncovered" if no test comes by. */
export type Outcome = "killed" | "timeout" | "survived" | "uncovered";

/** What became of a mutant. */
export interface Fate {
  readonly outcome: Outcome;
  /** The test, or the test file if the mutant needed a process of its own. */
  readonly by?: string;
  /** How many test files come by. */
  readonly files: number;
  /** Tests that come by a mutant that lived, and take too long to be repeated: those that there was no time for. */
  readonly untried?: readonly string[];
}

/** The test files that a mutant may be noticed by. */
export function testFiles(folder: string, wanted: RegExp): string[] {
  return readdirSync(join(folder, "test"), { recursive: true, encoding: "utf8" })
    .map((name) => `test/${name}`)
    .filter((name) => name.endsWith(".test.ts") && !LEFT_OUT.test(name) && wanted.test(name))
    .sort();
}

/** Folders of sources whose tests are in another one. */
const ELSEWHERE: Readonly<Record<string, string>> = { loading: "weights", orbax: "weights" };

/** The folder of the tests of a mutant's own folder. */
function testsOf({ file }: Mutant): string {
  const [, folder] = file.split("/") as [string, string];
  return `test/${ELSEWHERE[folder] ?? folder}/`;
}

/** Test files in the order to run them in: the fastest first, those of the mutants' own folders with an advantage. */
export function nearFirst(files: readonly string[], mutants: readonly Mutant[]): string[] {
  const times = timesSoFar();
  const folders = new Set(mutants.map(testsOf));
  const cost = (file: string): number =>
    (times[file] ?? 1000) * (folders.has(file.replace(/^(test\/[^/]*\/).*/, "$1")) ? 1 : NEAR);
  return files.toSorted((a, b) => cost(a) - cost(b));
}

/** How many milliseconds test files took, in the last `npm test` and in earlier runs of this program. */
function timesSoFar(): Record<string, number> {
  const times: Record<string, number> = {};
  if (existsSync(LAST_TEST)) {
    const { testResults } = JSON.parse(readFileSync(LAST_TEST, "utf8")) as {
      readonly testResults: readonly { readonly name: string; readonly startTime: number; readonly endTime: number }[];
    };
    for (const { name, startTime, endTime } of testResults) times[relative(ROOT, name)] = endTime - startTime;
  }
  return existsSync(TIMES) ? { ...times, ...(JSON.parse(readFileSync(TIMES, "utf8")) as typeof times) } : times;
}

function keepTimes(events: readonly Event[]): void {
  const times = existsSync(TIMES) ? (JSON.parse(readFileSync(TIMES, "utf8")) as Record<string, number>) : {};
  for (const event of events) if (event.event === "done") times[event.file] = event.ms;
  writeFileSync(TIMES, JSON.stringify(times));
}

/**
 * The fate of the mutants of a workspace. All are tried in one process, file by file; those that only loading comes by,
 * or that a process cannot be trusted with, get one of their own.
 */
export async function runAll(folder: string, files: readonly string[], mutants: readonly Mutant[]): Promise<Fate[]> {
  const count = mutants.length;
  const log = join(folder, "events.jsonl");
  writeFileSync(log, "");
  const env = { FLAXEN_MUTATION: log, FLAXEN_MUTANTS: String(count) };
  const together = files.filter((file) => !isAlone(file));
  const failed = await passOver(folder, together, ["--no-isolate"], env, log);
  const alone = [...files.filter(isAlone), ...failed];
  const leftOut = await passOver(folder, alone, [], env, log);
  if (leftOut.length > 0) process.stderr.write(`left out, they fail without a mutant: ${leftOut.join(", ")}\n`);

  const events = eventsOf(log);
  const passed = together.filter((file) => !failed.includes(file));
  const fates: Fate[] = [];
  for (const [id, mutant] of mutants.entries())
    fates.push(await fateOf(id, mutant, events, folder, nearFirst(passed, [mutant])));
  const until = Date.now() + SLOW_TESTS;
  const last: Fate[] = [];
  for (const [id, fate] of fates.entries()) last.push(await afterSlowTests(folder, id, fate, until));
  return last;
}

/** What becomes of a mutant that lived when the slow tests that come by it are tried, each in its own process. */
async function afterSlowTests(folder: string, id: number, fate: Fate, until: number): Promise<Fate> {
  const untried: string[] = [];
  const isLate = (): boolean => Date.now() > until;
  for (const test of fate.untried ?? []) {
    const [file, name] = test.split(" > ", 2) as [string, string];
    const args = ["--bail=1", "-t", name.replace(/[^\w ]/g, ".")];
    const statusOf = (mutant: number): Promise<number | null> =>
      isLate() ? Promise.resolve(null) : vitest(folder, [file], args, { FLAXEN_MUTANT: String(mutant) }, isLate);
    const status = await statusOf(id);
    if (status === 0) continue;
    // A test that also fails without the mutant kills nothing, nor does one that is not at its end in time.
    if (status !== null && (await statusOf(-1)) === 0) return { outcome: "killed", by: test, files: fate.files };
    untried.push(test);
  }
  return fate.untried === undefined ? fate : { ...fate, untried };
}

/**
 * Runs files with the mutants, in new processes until all are done. Gives the files that fail as the first of a
 * process, where no mutant is to blame.
 */
async function passOver(
  folder: string,
  files: readonly string[],
  args: readonly string[],
  env: Record<string, string>,
  log: string,
): Promise<string[]> {
  const failed: string[] = [];
  for (let rest = files; rest.length > 0;) {
    const before = eventsOf(log).length;
    let size = -1;
    let since = Date.now();
    const isLate = (): boolean => {
      const text = readFileSync(log, "utf8");
      if (text.length !== size) [size, since] = [text.length, Date.now()];
      const last = parseEvents(text).at(-1);
      return last?.event === "start" && Date.now() - since > last.patience + 10_000;
    };
    const status = await vitest(folder, rest, args, env, isLate);
    const events = eventsOf(log).slice(before);
    const last = events.at(-1);
    // The process ended in the middle of a mutant.
    if (last?.event === "start") noteKilled(log, last.id, status === null);
    keepTimes(events);
    const done = new Set(events.flatMap((event) => (event.event === "done" ? [event.file] : [])));
    const first = events.find((event) => event.event === "file");
    if (first === undefined) throw new Error(`mutation: vitest did not begin with ${rest[0]}`);
    if (done.size === 0 && last?.event !== "start" && !events.some(isNews)) failed.push(first.file);
    rest = rest.filter((file) => !done.has(file) && !failed.includes(file));
    process.stderr.write(`${rest.length} test files to go, ${killedIn(eventsOf(log)).size} mutants killed\n`);
  }
  return failed;
}

/** Whether a process that begins with the same file will not end in the same way. */
function isNews({ event }: Event): boolean {
  return event === "killed" || event === "unsure" || event === "unrepeatable";
}

async function fateOf(
  id: number,
  mutant: Mutant,
  events: readonly Event[],
  folder: string,
  passed: readonly string[],
): Promise<Fate> {
  const inside = events.flatMap((event) => (event.event === "done" && event.inside.includes(id) ? [event.file] : []));
  const outside = events.flatMap((event) => (event.event === "done" && event.outside.includes(id) ? [event.file] : []));
  const files = new Set([...inside, ...outside]).size;
  const by = killedIn(events).get(id);
  if (by !== undefined) return { outcome: by.late ? "timeout" : "killed", by: by.by, files };
  for (const again of runsOfTheirOwn(id, mutant, events, { inside, outside }, passed)) {
    const killer = await killerOf(folder, id, again.files, again.args);
    if (killer !== undefined) return { outcome: "killed", by: killer, files: Math.max(files, 1) };
  }
  if (files === 0) return { outcome: "uncovered", files };
  const slow = events.flatMap((event) => (event.event === "slow" && event.ids.includes(id) ? [event.test] : []));
  return { outcome: "survived", files, untried: [...new Set(slow)] };
}

/** The test files that came by a mutant: in a test, or before and between them. */
interface Met {
  readonly inside: readonly string[];
  readonly outside: readonly string[];
}

/** A process that runs test files with a mutant that is awake from its start. */
interface OwnRun {
  readonly files: readonly string[];
  readonly args: readonly string[];
}

/** What is still to be tried with a mutant that no test killed: some files together, and each that must be alone. */
function runsOfTheirOwn(
  id: number,
  mutant: Mutant,
  events: readonly Event[],
  { inside, outside }: Met,
  passed: readonly string[],
): OwnRun[] {
  // What is loaded or made once is so by the first file of a process, for all. What leaves something behind was tried
  // no more, from the test on that noticed it. In both cases any file may kill.
  const isAnyones = outside.length > 0 || events.some((event) => event.event === "unsure" && event.id === id);
  const own = testsOf(mutant);
  const together = passed.filter((file) => {
    if (isUnsure(events, id, file)) return true;
    if (!file.startsWith(own)) return isAnyones && takesLess(file, 2000);
    return (isAnyones || inside.includes(file)) && takesLess(file, 20_000);
  });
  const alone = [...new Set([...inside, ...outside])]
    .filter(isAlone)
    .filter((file) => outside.includes(file) || isUnsure(events, id, file));
  return [
    ...(together.length > 0 ? [{ files: together, args: ["--no-isolate"] }] : []),
    ...alone.map((file) => ({ files: [file], args: [] })),
  ];
}

/** Whether a test of the file could not say what becomes of a mutant. */
function isUnsure(events: readonly Event[], id: number, file: string): boolean {
  return events.some(
    (event) =>
      ((event.event === "unsure" && event.id === id) || (event.event === "unrepeatable" && event.ids.includes(id))) &&
      event.test.startsWith(`${file} > `),
  );
}

/** The first test file that fails with a mutant that is awake from the start of a process, also when it runs alone. */
async function killerOf(
  folder: string,
  id: number,
  files: readonly string[],
  more: readonly string[],
): Promise<string | undefined> {
  const report = join(folder, "report.json");
  rmSync(report, { force: true });
  const env = { FLAXEN_MUTANT: String(id) };
  const args = ["--bail=1", ...more];
  const until = Date.now() + 120_000 + 20_000 * files.length;
  await vitest(
    folder,
    files,
    [...args, "--reporter=json", `--outputFile.json=${report}`],
    env,
    () => Date.now() > until,
  );
  // Without a report the process was ended, by a loop without end or by what it asked for.
  if (!existsSync(report)) return "the end of the process";
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as {
    readonly testResults: readonly { readonly name: string; readonly status: string }[];
  };
  const failed = testResults.find(({ status }) => status === "failed");
  if (failed === undefined) return undefined;
  const file = relative(folder, failed.name);
  const late = Date.now() + 120_000;
  const status = await vitest(folder, [file], args, env, () => Date.now() > late);
  return status === 0 ? undefined : file;
}

function killedIn(events: readonly Event[]): Map<number, { readonly by: string; readonly late: boolean }> {
  return new Map(events.flatMap((event) => (event.event === "killed" ? [[event.id, event]] : [])));
}

function eventsOf(log: string): Event[] {
  return parseEvents(readFileSync(log, "utf8"));
}

function noteKilled(log: string, id: number, late: boolean): void {
  const event: Event = { event: "killed", id, by: "the end of the process", late };
  writeFileSync(log, `${JSON.stringify(event)}\n`, { flag: "a" });
}
