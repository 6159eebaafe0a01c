/** Where the sources make and throw errors. */
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, Visitor } from "vite";

/**
 * Folders whose errors are reached elsewhere: those of wasm want a broken host (test/environment, test/contract), those
 * of the readers of files want broken files, and those of the program want its arguments (test/cli).
 */
const ELSEWHERE = new Set(["autodiff", "cli", "loading", "orbax", "wasm", "weights"]);

const SRC = fileURLToPath(new URL("../../src", import.meta.url));

/** A statement or expression of a source file, as stack traces name places: lines and columns from 1. */
export interface Site {
  readonly file: string;
  readonly from: Place;
  readonly to: Place;
  readonly text: string;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Every `throw` that makes its error or calls a function that does, and every `new ...Error(...)` outside of one. A
 * `throw error` that passes on what was caught makes no message, and is left out.
 */
export function errorSites(): Site[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !ELSEWHERE.has(name.split(sep)[0]!))
    .flatMap((name) => sitesOf(join(SRC, name)));
}

function sitesOf(file: string): Site[] {
  const text = readFileSync(file, "utf8");
  const found: Site[] = [];
  let thrownUntil = 0;
  const add = ({ start, end }: { start: number; end: number }): void => {
    found.push({ file, from: placeOf(text, start), to: placeOf(text, end), text: text.slice(start, end) });
  };
  new Visitor({
    ThrowStatement(node) {
      if (node.argument.type === "Identifier" || node.argument.type === "MemberExpression") return;
      thrownUntil = node.end;
      add(node);
    },
    NewExpression(node) {
      if (node.start >= thrownUntil && text.slice(node.callee.start, node.callee.end).endsWith("Error")) add(node);
    },
  }).visit(parseSync(file, text).program);
  return found;
}

function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** The sites at which an error was made and thrown: those with a frame of its stack inside. */
export function passedSites(error: Error, sites: readonly Site[]): Site[] {
  const frames = [...(error.stack ?? "").matchAll(/\(?((?:\/|[A-Z]:)[^\s()]*\.ts):(\d+):(\d+)\)?$/gm)].map(
    ([, file, line, column]) => ({ file: file!, place: { line: Number(line), column: Number(column) } }),
  );
  return sites.filter(({ file, from, to }) =>
    frames.some((frame) => frame.file === file && !isBefore(frame.place, from) && isBefore(frame.place, to)),
  );
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}
