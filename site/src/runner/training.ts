/** Which programs need the part of the library that trains. */
import type { Pieces } from "../protocol.ts";

/** The names by which a program gets at it: the build writes them here. */
declare const TRAINING_NAMES: readonly string[];

const names = new RegExp(`(?<![\\w$])(?:${TRAINING_NAMES.join("|")})(?![\\w$])`);

/** Whether one of the programs has a name of training in its text, or imports optax. A comment counts too. */
export function needsTraining(programs: readonly Pieces[]): boolean {
  return programs.flat().some((piece) => names.test(typeof piece === "string" ? piece : piece.entry));
}
