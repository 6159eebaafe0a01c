import { describe, ShapeError } from "../../base/index.ts";
import type { Shape } from "../shape.ts";
import { formatShape } from "../shape.ts";

/**
 * A parsed einsum string: the label of every axis. Axes under an ellipsis are labelled `...n`, n counted from the last.
 */
export interface Subscripts {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

/**
 * Takes `"ij,jk->ik"` apart for operands of the given shapes.
 *
 * Without `->` the output is the ellipsis, then every letter that occurs once, in alphabetical order (capitals first).
 * An ellipsis that the output leaves out is summed.
 *
 * @throws TypeError if it is not a string; RangeError for a malformed one; ShapeError if an operand does not have the
 * axes
 */
export function parseSubscripts(subscripts: unknown, shapes: readonly Shape[]): Subscripts {
  if (typeof subscripts !== "string")
    throw new TypeError(`einsum: "subscripts" expected a string such as "ij,jk->ik", got ${describe(subscripts)}`);
  const text = subscripts.replaceAll(" ", "");
  const sides = text.split("->");
  if (sides.length > 2) throw subscriptsError(subscripts, 'one "->" at most');
  const terms = sides[0]!.split(",");
  if (terms.length !== shapes.length)
    throw subscriptsError(subscripts, `${shapes.length} operands between commas, as many as there are arrays`);
  const inputs = terms.map((term, i) => expand(subscripts, term, shapes[i]!, i));
  const ellipsis = inputs.flat().filter((label) => label.startsWith("..."));
  const hidden = [...new Set(ellipsis)].sort((a, b) => Number(b.slice(3)) - Number(a.slice(3)));
  const output = sides.length === 2 ? explicit(subscripts, sides[1]!, inputs, hidden) : implicit(inputs, hidden);
  return { inputs, output };
}

/** The labels of one operand's axes. */
function expand(subscripts: string, term: string, shape: Shape, operand: number): string[] {
  const { before, behind, dots } = lettersOf(subscripts, term);
  const covered = shape.length - before.length - behind.length;
  if (covered < 0 || (!dots && covered > 0))
    throw termError(subscripts, term, shape, operand, before.length + behind.length);
  return [...before, ...Array.from({ length: covered }, (_, i) => `...${covered - i}`), ...behind];
}

function termError(subscripts: string, term: string, shape: Shape, operand: number, letters: number): ShapeError {
  const expected = `expected a term for shape ${formatShape(shape)} of operand ${operand}`;
  const got = `got "${term}" in ${describe(subscripts)}: ${letters} letters for ${shape.length} axes`;
  return new ShapeError(`einsum: "subscripts" ${expected}, ${got}`);
}

function explicit(
  subscripts: string,
  term: string,
  inputs: readonly (readonly string[])[],
  hidden: readonly string[],
): string[] {
  const { before, behind, dots } = lettersOf(subscripts, term);
  const known = new Set(inputs.flat());
  for (const letter of [...before, ...behind])
    if (!known.has(letter))
      throw subscriptsError(subscripts, `an output of letters that an operand has, and "${letter}" is in none`);
  if (new Set([...before, ...behind]).size < before.length + behind.length)
    throw subscriptsError(subscripts, "every letter once in the output");
  return dots ? [...before, ...hidden, ...behind] : [...before, ...behind];
}

function implicit(inputs: readonly (readonly string[])[], hidden: readonly string[]): string[] {
  const letters = inputs.flat().filter((label) => label.length === 1);
  const once = letters.filter((label) => letters.indexOf(label) === letters.lastIndexOf(label));
  return [...hidden, ...once.sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!)];
}

function lettersOf(subscripts: string, term: string): { before: string[]; behind: string[]; dots: boolean } {
  const match = /^([A-Za-z]*)(\.\.\.)?([A-Za-z]*)$/.exec(term);
  if (match === null)
    throw subscriptsError(subscripts, `letters and at most one "..." a term, and "${term}" is not that`);
  return { before: [...match[1]!], behind: [...match[3]!], dots: match[2] !== undefined };
}

function subscriptsError(subscripts: string, expected: string): RangeError {
  return new RangeError(`einsum: "subscripts" expected ${expected}, got ${describe(subscripts)}`);
}
