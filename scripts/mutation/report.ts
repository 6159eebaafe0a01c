import { table } from "../../bench/table.ts";
import type { Mutant } from "./mutants.ts";
import type { Outcome } from "./runs.ts";

/** A mutant with what became of it; "uncovered" if no test comes by. */
export interface Result {
  readonly id: number;
  readonly mutant: Mutant;
  readonly outcome: Outcome | "uncovered";
  /** How many test files come by. */
  readonly files: number;
  /** The mutated lines before and after. */
  readonly before: string;
  readonly after: string;
}

/** Tables of killed and all mutants by folder and by kind, then those that lived. */
export function report(results: readonly Result[]): string {
  const lived = results.filter((result) => !isKilled(result));
  return [
    counts("folder", results, ({ mutant }) => folderOf(mutant.file)),
    counts("kind", results, ({ mutant }) => mutant.kind),
    ...lived.map(
      ({ id, mutant, outcome, files, before, after }) =>
        `#${id} ${mutant.file}:${mutant.line} ${mutant.kind}, ${outcome}, ${files} test files\n- ${before}\n+ ${after}`,
    ),
    "",
  ].join("\n\n");
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
    return [name, String(killed), String(own.length), `${((100 * killed) / own.length).toFixed(0)} %`];
  };
  return table(
    [heading, "killed", "mutants", ""],
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
