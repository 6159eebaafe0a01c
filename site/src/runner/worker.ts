/** The worker: runs a program as a module, tells what it exports, grades a lesson. */
import type { Engine, Libraries, Order, Pieces, Report, Thrown } from "../protocol.ts";
import type { Exercise } from "./grade.ts";
import { grade } from "./grade.ts";
import { describe } from "./describe.ts";
import { captureConsole } from "./console.ts";
import { messageOf, readThrown } from "./thrown.ts";
import type { Flaxen } from "./flaxen.ts";

let flaxen: Flaxen;
let address = "";
const entries = new Map<string, string>();
const say = (report: Report): void => self.postMessage(report);
const blob = (text: string): string => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));

/** A module that gives the members of a namespace of the package under their own names. */
function reexport(namespace: string): string {
  const names = Object.keys(flaxen[namespace as keyof Flaxen]);
  const lines = names.map((name, i) => `const v${i} = all[${JSON.stringify(name)}]; export { v${i} as ${name} };`);
  const exported = lines.join("\n").replaceAll("as default }", 'as "default" }');
  return blob(`import { ${namespace} as all } from ${JSON.stringify(address)};\n${exported}`);
}

function addressOf(entry: string, more: Libraries): string {
  let found = entries.get(entry);
  if (found === undefined) {
    const name = entry.slice("flaxen/".length);
    found = more[entry] === undefined ? reexport(name) : blob(more[entry]);
    entries.set(entry, found);
  }
  return found;
}

async function load(code: Pieces, more: Libraries, name: string): Promise<Record<string, unknown>> {
  const text = code.map((piece) => (typeof piece === "string" ? piece : addressOf(piece.entry, more))).join("");
  const url = blob(`${text}\n//# sourceURL=${name}`);
  try {
    return (await import(/* @vite-ignore */ url)) as Record<string, unknown>;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Exports in the order of the program, not of the alphabet. */
function inOrder(exports: Record<string, unknown>, code: Pieces): [string, unknown][] {
  const text = code.filter((piece) => typeof piece === "string").join("");
  const place = (name: string): number => {
    const found = new RegExp(`export[^;=(]*?(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).exec(text);
    return found ? found.index + found[0].length : text.length;
  };
  return Object.entries(exports)
    .map((entry) => [place(entry[0]), entry] as const)
    .sort(([a], [b]) => a - b)
    .map(([, entry]) => entry);
}

async function start(library: string, backend: "auto" | "core"): Promise<void> {
  address = library;
  entries.set("flaxen", library).set("flaxen/min", library);
  flaxen = (await import(/* @vite-ignore */ library)) as Flaxen;
  if (backend === "core") flaxen.useBackend("core");
  const { name, reason } = flaxen.backend();
  say({ type: "ready", engine: { name, reason: String(reason) } satisfies Engine });
}

async function run({ id, code, more }: Extract<Order, { type: "run" }>): Promise<void> {
  const console = captureConsole((report) => say({ ...report, id }));
  const begin = performance.now();
  try {
    const exports = await load(code, more, "main.ts");
    const ms = performance.now() - begin;
    const cards = inOrder(exports, code).map(([name, value]) => describe(name, value, exports, flaxen));
    console.end();
    say({ type: "done", id, ms, cards });
  } catch (error) {
    console.end();
    say({ type: "thrown", id, error: readThrown(error) });
  }
}

async function check({ id, code, more, lesson }: Extract<Order, { type: "check" }>): Promise<void> {
  const console = captureConsole((report) => say({ ...report, id }));
  const begin = performance.now();
  const end = (verdict: Extract<Report, { type: "verdict" }>["verdict"]): void => {
    console.end();
    say({ type: "verdict", id, verdict, ms: performance.now() - begin });
  };
  let exercise: Exercise;
  try {
    exercise = await load(code, more, "main.ts");
  } catch (error) {
    const thrown: Thrown = readThrown(error);
    const total = lesson.golden.cases.length;
    end({ rows: [], feedback: messageOf(thrown), thrown, passed: 0, total });
    return;
  }
  const solution = await load(lesson.solution, more, "solution.ts");
  const checks = await load(lesson.checks, more, "checks.ts");
  end(await grade({ flaxen, exercise, solution, checks, lesson, step: () => say({ type: "case", id }) }));
}

self.addEventListener("message", ({ data }: MessageEvent<Order>) => {
  if (data.type === "start")
    start(data.library, data.backend).catch((error: unknown) => say({ type: "broken", message: String(error) }));
  else if (data.type === "run") void run(data);
  else void check(data);
});
