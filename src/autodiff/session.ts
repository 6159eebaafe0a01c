import { DATA, interpreter, NDArray } from "../array/index.ts";
import type { Trace } from "./rule.ts";
import { Tape } from "./tape.ts";
import type { TapeSpan } from "./walk.ts";
import { settled, walk } from "./walk.ts";

/** The tape that records, if a function is being differentiated. */
let current: Tape | undefined;
let lastLevel = 0;

/**
 * Runs `f` on arrays that stand for `inputs` and records what it does. Whatever happens in `f`, the library computes as
 * before afterwards, and arrays that left `f` are ordinary ones. Inside a function that is being differentiated itself,
 * they stay part of that.
 */
export function trace<T>(inputs: readonly NDArray[], f: (traced: readonly NDArray[]) => T): Trace<T> {
  const outer = current;
  const before = interpreter.current;
  const tape = (current ??= new Tape(before));
  if (outer === undefined) interpreter.current = tape.interpret;
  const level = ++lastLevel;
  const start = tape.nodes.length;
  tape.levels.push(level);
  try {
    const value = f(inputs.map((input) => new NDArray(tape.addLeaf(input[DATA], level))));
    // The outermost session owns its nodes; those of an inner one belong to the sessions around it too.
    const nodes = outer === undefined ? tape.nodes : tape.nodes.slice(start);
    const span: TapeSpan = { nodes, start, level };
    return {
      value,
      pull: (outputs, cts, { once = false } = {}) =>
        walk(
          span,
          outputs.map((output, i) => [output, cts[i]!]),
          inputs.length,
          once && outer === undefined,
          trace,
        ),
    };
  } finally {
    tape.levels.pop();
    if (outer === undefined) {
      interpreter.current = before;
      current = undefined;
      tape.open = false;
      tape.nodes = [];
    }
  }
}

/** The tape that records, if there is one. */
export function currentTape(): Tape | undefined {
  return current;
}

/** `x`, an ordinary array where its tape is closed. */
export function settle(x: NDArray): NDArray {
  const { plain } = x[DATA];
  return plain === undefined ? x : settled(x[DATA]);
}
