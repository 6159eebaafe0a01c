import type { ArrayData, Input, NDArray, Operation } from "../array/index.ts";

/** An input as a rule sees it: raw data as an NDArray, numbers and what is left out as they are. */
export type Lifted<I> = I extends ArrayData ? NDArray : I;

/** One application of an operation, as a rule sees it. */
export interface Application<P = unknown, I extends readonly Input[] = readonly Input[]> {
  readonly out: NDArray;
  readonly inputs: { readonly [K in keyof I]: Lifted<I[K]> };
  readonly parameters: P;
}

/**
 * How a cotangent of an operation's result becomes cotangents of its inputs, in their order; undefined where `wanted`
 * is false or nothing flows back. A rule is linear in the cotangent and uses public operations only, so that it can be
 * differentiated again.
 */
export type Rule<P = unknown, I extends readonly Input[] = readonly Input[]> = (
  ct: NDArray,
  application: Application<P, I>,
  wanted: readonly boolean[],
  trace: Tracer,
) => readonly (NDArray | undefined)[];

/** A function that was run on traced arrays, and the way back from its results. */
export interface Trace<T> {
  /** What the function returned. */
  readonly value: T;
  /**
   * The cotangents of the inputs for cotangents of some outputs; undefined where nothing flows back.
   *
   * @param once whether it is called for the last time: arrays are freed on the way
   */
  pull(
    outputs: readonly NDArray[],
    cts: readonly NDArray[],
    options?: { readonly once?: boolean },
  ): (NDArray | undefined)[];
}

/** Runs a function on arrays that stand for `inputs`, and records what it does. */
export type Tracer = <T>(inputs: readonly NDArray[], f: (traced: readonly NDArray[]) => T) => Trace<T>;

/** The cotangent of one input. */
export type Pullback<P = unknown, I extends readonly Input[] = readonly Input[]> = (
  ct: NDArray,
  application: Application<P, I>,
) => NDArray;

/** An operation whatever its types. */
export type AnyOperation = Operation<never, never>;

/** A row of a table of rules; null: the operation has no derivative, and its result is a constant. */
export type RuleEntry = readonly [AnyOperation, Rule<never, never> | null];

/** The rule of an operation whose cotangents are computed together. */
export function rule<P, I extends readonly Input[]>(operation: Operation<P, I>, pull: Rule<P, I>): RuleEntry {
  return [operation as AnyOperation, pull as unknown as Rule<never, never>];
}

/** The rule of an operation with a function for each input; the last function serves all inputs after it too. */
export function pullbacks<P, I extends readonly Input[]>(
  operation: Operation<P, I>,
  ...each: readonly Pullback<P, I>[]
): RuleEntry {
  return rule(operation, (ct, application, wanted) =>
    wanted.map((yes, i) => (yes ? each[Math.min(i, each.length - 1)]!(ct, application) : undefined)),
  );
}

/**
 * The rule of an operation by a function that does the same with operations that have rules: the slow way, for
 * derivatives of derivatives.
 *
 * @param compute gets the inputs, those that are not arrays as they are
 */
export function expression<P, I extends readonly Input[]>(
  operation: Operation<P, I>,
  compute: (application: Application<P, I>, ...inputs: NDArray[]) => NDArray,
): RuleEntry {
  return rule(operation, (ct, application, wanted, trace) => {
    const inputs: readonly unknown[] = application.inputs;
    const places = wanted.flatMap((yes, i) => (yes ? [i] : []));
    const { value, pull } = trace(
      places.map((i) => inputs[i] as NDArray),
      (traced) => {
        const all = [...inputs];
        places.forEach((place, i) => (all[place] = traced[i]));
        return compute(application, ...(all as NDArray[]));
      },
    );
    const cts = pull([value], [ct]);
    return inputs.map((_, i) => (wanted[i] ? cts[places.indexOf(i)] : undefined));
  });
}
