/** Every lesson in Node: its solution passes, its starter fails, each mistake gets its sentence. */
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import * as flaxen from "flaxen";
import type { Lesson } from "../scripts/lessons.ts";
import { lessonData, readLessons } from "../scripts/lessons.ts";
import type { Verdict } from "../src/protocol.ts";
import type { Checks, Exercise } from "../src/runner/grade.ts";
import { grade } from "../src/runner/grade.ts";
import type { Suite } from "./suite.ts";

export async function lessonsInNode(suite: Suite): Promise<void> {
  const lessons = readLessons();
  suite.equal("there are fourteen lessons", lessons.length, 14);
  for (const backend of ["auto", "core"] as const) {
    flaxen.useBackend(backend);
    for (const lesson of lessons) await oneLesson(lesson, `in Node, ${backend}`, suite);
  }
  flaxen.useBackend("auto");
}

async function oneLesson(lesson: Lesson, where: string, suite: Suite): Promise<void> {
  const load = async (file: string): Promise<Exercise> =>
    (await import(pathToFileURL(join(lesson.folder, file)).href)) as Exercise;
  const [solution, checks] = [await load("solution.ts"), (await load("checks.ts")) as Checks];
  const judge = async (file: string): Promise<Verdict> =>
    grade({ flaxen, exercise: await load(file), solution, checks, lesson: lessonData(lesson) });
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
