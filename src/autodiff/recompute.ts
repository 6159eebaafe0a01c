import type { ArrayData } from "../array/index.ts";
import { DATA, NDArray } from "../array/index.ts";
import { currentTape, trace } from "./session.ts";
import type { Substitutes, Tape } from "./tape.ts";
import { Traced } from "./traced.ts";
import { settled } from "./walk.ts";

/** What a function of arrays gives: arrays that are differentiated, and anything else. */
export interface Outcome<T> {
  readonly arrays: readonly NDArray[];
  readonly rest: T;
}

/**
 * What `run` makes of float arrays while a tape is on. Nothing of its way is kept, and the backward pass runs it again.
 * `run` must do the same then; arrays from outside that it reads get their gradients too.
 */
export function recomputed<T>(inputs: readonly NDArray[], run: (inputs: readonly NDArray[]) => Outcome<T>): Outcome<T> {
  const tape = currentTape()!;
  const start = tape.nodes.length;
  const inherited = tape.substitutes;
  const { value } = trace(inputs, run);
  const captured = capturedSince(tape, start, start + inputs.length);
  const taken = [...inputs.map((x) => tape.see(x[DATA]) as ArrayData), ...captured];
  const places = value.arrays.flatMap((x, i) => (isNew(x[DATA], tape, start) ? [i] : []));
  tape.cut(start);

  const level = Math.max(0, ...taken.map((x) => (x instanceof Traced ? x.level : 0)));
  const arrays = [...value.arrays];
  const plain = places.map((i) => arrays[i]![DATA].plain!);
  if (level === 0) {
    places.forEach((place, i) => (arrays[place] = new NDArray(plain[i]!)));
    return { arrays, rest: value.rest };
  }
  const pull = (cts: readonly (NDArray | undefined)[]): readonly (NDArray | undefined)[] => {
    const again = trace(taken.map(settled), (traced) => {
      const own = new Map(captured.map((x, i) => [x as ArrayData, traced[inputs.length + i]![DATA] as Traced]));
      const outcome = withSubstitutes(compose(inherited, own), () => run(traced.slice(0, inputs.length)));
      return places.map((place) => outcome.arrays[place]!);
    });
    const given = places.flatMap((_, i) => (cts[i] === undefined ? [] : [i]));
    return again.pull(
      given.map((i) => again.value[i]!),
      given.map((i) => cts[i]!),
    );
  };
  const results = tape.addCall(
    taken,
    pull,
    plain.map((x) => ({ value: x, level })),
  );
  places.forEach((place, i) => (arrays[place] = new NDArray(results[i]!)));
  return { arrays, rest: value.rest };
}

/** The arrays from before `start` that the nodes from `from` on took. */
function capturedSince(tape: Tape, start: number, from: number): Traced[] {
  const found = new Set<Traced>();
  for (const { inputs } of tape.nodes.slice(from))
    for (const input of inputs)
      if (input instanceof Traced && input.tape === tape && input.id < start) found.add(input);
  return [...found];
}

/** Whether an array was computed by the nodes from `start` on. */
function isNew(x: ArrayData, tape: Tape, start: number): x is Traced {
  return x instanceof Traced && x.tape === tape && x.id >= start;
}

function compose(inherited: Substitutes | undefined, own: Substitutes): Substitutes {
  const all = new Map(own);
  for (const [x, stands] of inherited ?? []) all.set(x, own.get(stands) ?? stands);
  return all;
}

function withSubstitutes<R>(substitutes: Substitutes, f: () => R): R {
  const tape = currentTape()!;
  const before = tape.substitutes;
  tape.substitutes = substitutes;
  try {
    return f();
  } finally {
    tape.substitutes = before;
  }
}
