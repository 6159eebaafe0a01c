/** The lessons as the build and the tests read them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "../src/compile.ts";
import type { Feedback, Golden, LessonData } from "../src/protocol.ts";
import { render } from "./markdown.ts";

export const LESSONS = fileURLToPath(new URL("../lessons", import.meta.url));

export interface Lesson {
  readonly slug: string;
  readonly folder: string;
  readonly number: number;
  readonly title: string;
  readonly minutes: string;
  /** One line for the track. */
  readonly about: string;
  /** What was learnt, in one line, after passing. */
  readonly learnt: string;
  /** The source of what it teaches, in flaxen. */
  readonly source: string;
  /** Where Flax's documentation tells of it. */
  readonly flax: string;
  /** The text in Markdown. */
  readonly body: string;
  readonly html: string;
  readonly worked: string;
  readonly starter: string;
  readonly solution: string;
  readonly golden: Golden;
  readonly feedback: Feedback;
  readonly checks: string;
  readonly mistakes: readonly { readonly file: string; readonly code: string; readonly expect: string }[];
}

export function readLessons(): Lesson[] {
  return readdirSync(LESSONS)
    .filter((name) => existsSync(join(LESSONS, name, "lesson.md")))
    .sort()
    .map(readLesson);
}

function readLesson(slug: string): Lesson {
  const folder = join(LESSONS, slug);
  const text = (file: string): string => readFileSync(join(folder, file), "utf8");
  const [, head = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text("lesson.md")) ?? [];
  const front = new Map(
    head.split("\n").map((line) => [line.split(":")[0]!, line.slice(line.indexOf(":") + 1).trim()]),
  );
  const field = (name: string): string => {
    const value = front.get(name);
    if (!value) throw new Error(`${slug}/lesson.md has no "${name}"`);
    return value;
  };
  const mistakes = existsSync(join(folder, "mistakes")) ? readdirSync(join(folder, "mistakes")).sort() : [];
  return {
    slug,
    folder,
    number: Number(slug.slice(0, 2)),
    title: field("title"),
    minutes: field("minutes"),
    about: field("about"),
    learnt: field("learnt"),
    source: field("source"),
    flax: field("flax"),
    body,
    html: lessonHtml(body),
    worked: /```ts run\n([\s\S]*?)```/.exec(body)?.[1] ?? "",
    starter: text("starter.ts"),
    solution: text("solution.ts"),
    golden: JSON.parse(text("golden.json")) as Golden,
    feedback: JSON.parse(text("feedback.json")) as Feedback,
    checks: text("checks.ts"),
    mistakes: mistakes.map((file) => {
      const code = text(`mistakes/${file}`);
      const expect = /^\/\/ expect: (.*)/.exec(code)?.[1];
      if (expect === undefined) throw new Error(`${slug}/mistakes/${file} does not begin with // expect:`);
      return { file, code, expect };
    }),
  };
}

/** Hints are numbered and folded; what Python does is folded. */
function lessonHtml(body: string): string {
  let hints = 0;
  const parts = body.split(/^:::(\w+)\n([\s\S]*?)\n:::$/m);
  let html = "";
  for (let i = 0; i < parts.length; i += 3) {
    html += render(parts[i]!).html;
    if (parts[i + 1] === undefined) continue;
    const title = parts[i + 1] === "hint" ? `Hint ${++hints}` : "The same in Python";
    html += `<details class="fold"><summary>${title}</summary>${render(parts[i + 2]!).html}</details>`;
  }
  return html;
}

/** What the page fetches to check a lesson. */
export function lessonData({ slug, golden, feedback, checks, solution }: Lesson): LessonData {
  const { entry, compare, tolerance, cases, mistakes } = golden;
  const asked = cases.map(({ name, args, want }) => ({ name, args, want }));
  return {
    slug,
    golden: { entry, compare, tolerance, cases: asked, mistakes },
    feedback,
    checks: compile(checks).code,
    solution: compile(solution).code,
  };
}
