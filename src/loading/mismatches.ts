import type { StateErrorCode } from "../nnx/index.ts";
import { StateError } from "../nnx/index.ts";
import { nearest } from "./nearest.ts";

/** Lists in messages are cut after so many. */
const SHOWN = 20;

/** What does not fit between a file and a model, collected so that one error can say it all. */
export class Mismatches {
  readonly shapes: string[] = [];
  readonly dtypes: string[] = [];
  readonly #notes: string[] = [];
  readonly #twice: string[] = [];

  /** Names of the file whose rule leads to what the model does not have. */
  addUnknown(sources: readonly string[], targets: readonly string[]): void {
    this.#notes.push(`${quoted(sources)} would become ${targets.join(", ")}, which the model does not have`);
  }

  /** Names of the file that make a parameter only with others. */
  addIncomplete(sources: readonly string[], absent: readonly string[]): void {
    this.#notes.push(`${quoted(sources)} ${sources.length > 1 ? "need" : "needs"} ${quoted(absent)} too`);
  }

  addTwice(first: string, second: string, target: string): void {
    this.#twice.push(`${quoted([first, second])} both become ${target}`);
  }

  /**
   * @param missing - the names of parameters that nothing becomes; empty where that is allowed
   * @param unexpected - the names of the file that become nothing; empty where that is allowed
   * @param hint - a line for the end
   * @throws StateError if anything does not fit
   */
  throwIfAny(source: string, missing: readonly string[], unexpected: readonly string[], hint = ""): void {
    const sections: [StateErrorCode, string, readonly string[]][] = [
      ["MissingKeys", "missing in the file", missing],
      ["UnexpectedKeys", "unexpected in the file", unexpected.map((name) => withNearest(name, missing))],
      ["AliasConflict", "twice", this.#twice],
      ["ShapeMismatch", "shapes", this.shapes],
      ["DtypeMismatch", "dtypes", this.dtypes],
    ];
    const found = sections.filter(([, , items]) => items.length > 0);
    if (found.length === 0) return;
    const lines = found.map(([, what, items]) => `\n  ${what}: ${shown(items)}`);
    const notes = this.#notes.length > 0 && missing.length + unexpected.length > 0 ? `\n  ${shown(this.#notes)}` : "";
    const all = `${lines.join("")}${notes}${missing.length > 0 ? hint : ""}`;
    throw new StateError(found[0]![0], `loadInto: the file ${source} does not fit the model${all}`);
  }
}

function withNearest(name: string, missing: readonly string[]): string {
  const likely = nearest(name, missing);
  return likely === undefined ? name : `${name} (${likely}?)`;
}

function shown(items: readonly string[]): string {
  const separator = items.some((item) => item.includes(" ")) ? "; " : ", ";
  const rest = items.length > SHOWN ? ` and ${items.length - SHOWN} more` : "";
  return items.slice(0, SHOWN).join(separator) + rest;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}
