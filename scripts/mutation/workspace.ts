import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../run.ts";
import type { Mutant } from "./mutants.ts";
import { mutantsOf } from "./mutants.ts";

/** What is built or installed, and stays as it is. */
const LINKED = ["node_modules", "dist"];

/** What no test reads, or is linked. */
const LEFT_BEHIND = new Set([...LINKED, "build", ".git"]);

/** Made by a script, or types alone. */
const LEFT_OUT = /^wasm\/(\w+\/)?bytes\.ts$/;

/** All mutants of the sources whose path, from src/ on, matches. */
export function allMutants(wanted: RegExp): Mutant[] {
  return readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !LEFT_OUT.test(name) && wanted.test(name))
    .sort()
    .flatMap((name) => mutantsOf(`src/${name}`, readFileSync(join(ROOT, "src", name), "utf8")));
}

/**
 * A copy of the project in which every mutant of the sample is asleep: `globalThis.$mutant(id)` says whether it is to
 * be active. So no run has to compile anything anew.
 */
export function makeWorkspace(mutants: readonly Mutant[]): string {
  const folder = mkdtempSync(join(tmpdir(), "flaxen-mutation-"));
  for (const name of readdirSync(ROOT))
    if (!LEFT_BEHIND.has(name))
      cpSync(join(ROOT, name), join(folder, name), {
        recursive: true,
        filter: (path) => !path.includes("node_modules"),
      });
  for (const name of LINKED) if (existsSync(join(ROOT, name))) symlinkSync(join(ROOT, name), join(folder, name));
  for (const file of new Set(mutants.map((mutant) => mutant.file))) {
    const path = join(folder, file);
    writeFileSync(path, instrumented(readFileSync(path, "utf8"), file, mutants));
  }
  return folder;
}

export function removeWorkspace(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The text of a file with its mutants in it; from the end, so that places stay what they are. */
function instrumented(text: string, file: string, mutants: readonly Mutant[]): string {
  let out = text;
  const own = mutants.map((mutant, id) => ({ mutant, id })).filter(({ mutant }) => mutant.file === file);
  for (const { mutant, id } of own.sort((a, b) => b.mutant.start - a.mutant.start)) {
    const { start, end, text: changed } = mutant;
    const original = out.slice(start, end);
    const active = `globalThis.$mutant?.(${id})`;
    const both =
      changed === undefined ? `{ if (!${active}) ${original} }` : `(${active} ? (${changed}) : (${original}))`;
    out = out.slice(0, start) + both + out.slice(end);
  }
  return out;
}
