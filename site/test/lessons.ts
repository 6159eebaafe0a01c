/**
 * Every lesson in Node: its solution passes, its starter fails, each mistake gets its sentence, and gives what the same
 * mistake gives in Python.
 */
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import * as flaxen from "flaxen";
import type { Lesson } from "../scripts/lessons.ts";
import { lessonData, readLessons } from "../scripts/lessons.ts";
import type { Verdict } from "../src/protocol.ts";
import { compare } from "../src/runner/compare.ts";
import type { Checks, Exercise } from "../src/runner/grade.ts";
import { decode, grade } from "../src/runner/grade.ts";
import type { Suite } from "./suite.ts";

export async function lessonsInNode(suite: Suite): Promise<void> {
  const lessons = readLessons();
  suite.equal("there are fourteen lessons", lessons.length, 14);
  for (const lesson of lessons) form(lesson, suite);
  for (const backend of ["auto", "core"] as const) {
    flaxen.useBackend(backend);
    for (const lesson of lessons) await oneLesson(lesson, `in Node, ${backend}`, suite);
  }
  flaxen.useBackend("auto");
  for (const lesson of lessons) await recordedMistakes(lesson, suite);
}

const load = async ({ folder }: Lesson, file: string): Promise<Exercise> =>
  (await import(pathToFileURL(join(folder, file)).href)) as Exercise;

/** What every lesson has: an idea of at most 250 words, a program to run, Flax's version, two to four hints. */
function form({ slug, body, worked }: Lesson, suite: Suite): void {
  const parts = body.split(/^## Your turn$/m);
  suite.equal(`${slug}: one part is called Your turn`, parts.length, 2);
  const idea = parts[0]!.replaceAll(/^:::\w+\n[\s\S]*?\n:::$|^```[\s\S]*?^```$/gm, "");
  const words = idea.split(/\s+/).filter((word) => /\w/.test(word)).length;
  suite.ok(`${slug}: the idea has at most 250 words`, words <= 250, `${words} words`);
  suite.ok(`${slug}: a program runs on the spot`, worked !== "");
  const blocks = (kind: string): number => body.split(`\n:::${kind}\n`).length - 1;
  suite.equal(`${slug}: Flax's version is there`, blocks("python"), 1);
  suite.ok(`${slug}: two to four hints`, blocks("hint") >= 2 && blocks("hint") <= 4, `${blocks("hint")}`);
}

/** The file of a mistake gives what Python recorded for it, so it fails for the reason that its sentence says. */
async function recordedMistakes(lesson: Lesson, suite: Suite): Promise<void> {
  const { slug, golden, feedback, mistakes } = lesson;
  const { prepare = (args) => args } = (await load(lesson, "checks.ts")) as Checks;
  for (const [name, sentence] of Object.entries(feedback.values ?? {})) {
    const file = `${name.replaceAll(" ", "-")}.ts`;
    const recorded = golden.mistakes.filter(({ mistake }) => mistake === name);
    suite.ok(`${slug}: “${name}” is recorded`, recorded.length > 0);
    suite.equal(
      `${slug}: ${file} expects the sentence of its name`,
      mistakes.find((m) => m.file === file)?.expect,
      sentence,
    );
    const wrong = (await load(lesson, `mistakes/${file}`))[golden.entry] as (...args: unknown[]) => unknown;
    for (const { case: where, got } of recorded) {
      const { args } = golden.cases.find((one) => one.name === where)!;
      const gives = await wrong(...prepare(args.map((value) => decode(value, flaxen))));
      const difference = compare(gives, decode(got, flaxen), golden.tolerance, flaxen);
      suite.equal(`${slug}: ${file} gives what Python gives, ${where}`, difference, undefined);
    }
  }
}

async function oneLesson(lesson: Lesson, where: string, suite: Suite): Promise<void> {
  const [solution, checks] = [await load(lesson, "solution.ts"), (await load(lesson, "checks.ts")) as Checks];
  const judge = async (file: string): Promise<Verdict> =>
    grade({ flaxen, exercise: await load(lesson, file), solution, checks, lesson: lessonData(lesson) });
  suite.equal(`${lesson.slug}: two cases are fresh`, typeof checks.fresh, "function");
  const passes = await judge("solution.ts");
  suite.equal(`${lesson.slug}: the solution passes, ${where}`, passes.feedback, "");
  suite.equal(`${lesson.slug}: every check of the solution, ${where}`, passes.passed, passes.total);
  const fails = await judge("starter.ts");
  suite.ok(`${lesson.slug}: the starter fails, ${where}`, fails.feedback !== "" && fails.passed < fails.total);
  for (const { file, expect } of lesson.mistakes) {
    const { feedback } = await judge(`mistakes/${file}`);
    suite.equal(`${lesson.slug}: ${file} gets its sentence, ${where}`, feedback, expect);
  }
}
