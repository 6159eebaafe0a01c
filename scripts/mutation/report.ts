import { table } from "../../bench/table.ts";
import type { Mutant } from "./mutants.ts";
import type { Fate } from "./runs.ts";

/** A mutant with what became of it. */
export interface Result extends Fate {
  /** Of the sample that it is in. */
  readonly seed: number;
  readonly mutant: Mutant;
  /** The mutated lines before and after. */
  readonly before: string;
  readonly after: string;
  /** Why it changes no result, if it is among those of equivalents.ts. */
  readonly equivalent?: string;
}

/**
 * Tables of killed and all mutants by folder, for each seed, and by kind, then those that lived. "Rest" is the share
 * of those that can change a result.
 */
export function report(results: readonly Result[]): string {
  const seeds = [...new Set(results.map(({ seed }) => seed))];
  return [
    ...seeds.map((seed) =>
      counts(
        `seed ${seed}`,
        results.filter((result) => result.seed === seed),
        ({ mutant }) => folderOf(mutant.file),
      ),
    ),
    counts("kind", results, ({ mutant }) => mutant.kind),
    ...results.filter((result) => !isKilled(result) || result.outcome === "timeout").map(described),
    "",
  ].join("\n\n");
}

/** What a mutant is, for people. */
export function described({ mutant, outcome, files, before, after, untried = [], equivalent }: Result): string {
  const slow = untried.length === 0 ? "" : `, but for the slow ${untried.join("; ")}`;
  const { file, line, kind } = mutant;
  const why = equivalent === undefined ? "" : `\n= ${equivalent}`;
  return `${file}:${line} ${kind}, ${outcome}, ${files} test files${slow}\n- ${before}\n+ ${after}${why}`;
}

export function isKilled({ outcome }: Result): boolean {
  return outcome === "killed" || outcome === "timeout";
}

function folderOf(file: string): string {
  const parts = file.split("/");
  return parts.length > 2 ? parts[1]! : "src";
}

function counts(heading: string, results: readonly Result[], of: (result: Result) => string): string {
  const names = [...new Set(results.map(of))].sort();
  const row = (name: string, own: readonly Result[]): string[] => {
    const killed = own.filter(isKilled).length;
    const same = own.filter((result) => result.equivalent !== undefined && !isKilled(result)).length;
    const share = (all: number): string => (all === 0 ? "" : `${((100 * killed) / all).toFixed(0)} %`);
    return [name, String(killed), String(own.length), share(own.length), String(same), share(own.length - same)];
  };
  return table(
    [heading, "killed", "mutants", "of all", "equivalent", "rest"],
    [
      ...names.map((name) =>
        row(
          name,
          results.filter((result) => of(result) === name),
        ),
      ),
      row("all", results),
    ],
  );
}
